import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { typed } from '../base/http/typed.ts'
import { makeRoom } from '../base/room.ts'
import { isUuid } from '../base/text.ts'
import { isDay } from '../base/time.ts'
import { houseSaid } from '../houses/letter-store.ts'
import { cancelReasonOf } from '../talks/rules.ts'
import { type Asked, asking } from './asking.ts'
import { csvHead, csvLines, type Value } from './csv.ts'
import { fateOf } from './fate-rules.ts'
import { talkHeading, talkValues } from './file-pages.ts'
import { streamedWorkbook } from './list-workbook.ts'
import { named, xlsxType } from './routes.ts'
import { talksPage } from './talk-pages.ts'
import { findKept, findTalks } from './talk-store.ts'
import { type Chosen, chosen, countOf, type Listed } from './wish-rules.ts'
import { words } from './words.ts'

const coordinator = { access: 'coordinator', sight: 'report' } as const
const pageSize = 50
// of 1,000 more outlives the young generation: 275 MB instead of 246 for 200,000 talks, in the same time
const batchSize = 250
// a nation's list in a process that has just shown the home page: 200 MB instead of 270, for 0.5 s of its 4
const talksToRoom = 50_000

/** The talks behind a figure: on pages, and as files that are written while they are read, however many there are. */
export const reportTalkRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/reports/talks', { config: coordinator }, async (request, reply) => {
    const asked = await asking(app, request)
    if (!asked) return reply.callNotFound()
    if (asked.mistake) reply.code(422)
    const { houseId, language } = asked
    const listed = listedIn(asked, request)
    const { names, city } = await houseSaid(app.db, houseId)
    const { after } = typed(request.query, ['after']).texts
    const [day = '', id = ''] = after.split('_')
    const from = isDay(day) && isUuid(id) ? { day, id } : undefined
    const kept = await findKept(app.db, houseId, asked.period)
    const rows = [...(await findTalks(app.db, houseId, kept, [...chosen(kept, listed, from).take(pageSize + 1)]))]
    return reply.page(
      'reports/talks',
      talksPage(asked, listed, countOf(chosen(kept, listed)), rows, {
        size: pageSize,
        later: from !== undefined,
        house: `${names[language]}, ${city[language]}`,
      }),
    )
  })

  app.get('/app/reports/talks.csv', { config: coordinator }, async (request, reply) => {
    const asked = await asking(app, request)
    if (!asked || asked.mistake) return reply.callNotFound()
    async function* lines(from: Asked) {
      const written = csvLines()
      let head = csvHead
      for await (const batch of batches(from, request)) {
        yield head + written(batch)
        head = ''
      }
    }
    named(reply, asked, 'csv', true).type('text/csv; charset=utf-8')
    return reply.send(Readable.from(lines(asked), { objectMode: false, highWaterMark: 65_536 }))
  })

  app.get('/app/reports/talks.xlsx', { config: coordinator }, async (request, reply) => {
    const asked = await asking(app, request)
    if (!asked || asked.mistake) return reply.callNotFound()
    named(reply, asked, 'xlsx', true).type(xlsxType)
    const file = streamedWorkbook(words[asked.language].talks, batches(asked, request))
    return reply.send(Readable.from(file, { objectMode: false, highWaterMark: 65_536 }))
  })

  /** One batch is in memory at a time; the next is read when the reader has taken it. */
  async function* batches(asked: Asked, request: FastifyRequest): AsyncGenerator<Iterable<Value[]>> {
    const kept = await findKept(app.db, asked.houseId, asked.period)
    const valuesOf = talkValues(asked, kept.places)
    const many = kept.days.reduce((sum, [, { count }]) => sum + count, 0) > talksToRoom
    if (many) await makeRoom()
    yield [talkHeading(asked)]
    let written = 0
    for (const batch of batched(chosen(kept, listedIn(asked, request)))) {
      written += batch.length
      if (written % talksToRoom < batch.length) await makeRoom()
      const talks = await findTalks(app.db, asked.houseId, kept, batch)
      yield talks.map(valuesOf)
    }
  }
}

function* batched(talks: Iterable<Chosen>): Generator<Chosen[]> {
  let batch: Chosen[] = []
  for (const talk of talks) {
    batch.push(talk)
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

function listedIn({ wish }: Asked, request: FastifyRequest): Listed {
  const { texts } = typed(request.query, ['fate', 'reason'])
  return { wish, fate: fateOf(texts.fate), reason: cancelReasonOf(texts.reason) }
}
