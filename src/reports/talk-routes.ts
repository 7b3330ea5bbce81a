import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { typed } from '../base/http/typed.ts'
import { isUuid } from '../base/text.ts'
import { isDay } from '../base/time.ts'
import { houseSaid } from '../houses/letter-store.ts'
import { cancelReasonOf } from '../talks/rules.ts'
import { type Asked, asking } from './asking.ts'
import { csvHead, csvOf, type Value } from './csv.ts'
import { fateOf } from './fate-rules.ts'
import { talkHeading, talkValues } from './file-pages.ts'
import { named, xlsxType } from './routes.ts'
import { talksPage } from './talk-pages.ts'
import { countTalks, findTalks, type Asked as Wanted } from './talk-store.ts'
import { words } from './words.ts'
import { streamedWorkbook } from './workbook.ts'

const coordinator = { access: 'coordinator', sight: 'report' } as const
const pageSize = 50
// each costs one look at the names: of 200,000 talks 10,000 at once take 470 MB as a workbook in 13.6 s, these 360 in 14.2
const batchSize = 2_000

/** The talks behind a figure: on pages, and as files that are written while they are read, however many there are. */
export const reportTalkRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/reports/talks', { config: coordinator }, async (request, reply) => {
    const asked = await asking(app, request)
    if (!asked) return reply.callNotFound()
    if (asked.mistake) reply.code(422)
    const { houseId, language } = asked
    const wanted = wantedOf(asked, request)
    const { names, city } = await houseSaid(app.db, houseId)
    const { after } = typed(request.query, ['after']).texts
    const [day = '', id = ''] = after.split('_')
    const from = isDay(day) && isUuid(id) ? { day, id } : undefined
    const rows = await findTalks(app.db, houseId, language, wanted, from, pageSize + 1)
    return reply.page(
      'reports/talks',
      talksPage(asked, wanted, await countTalks(app.db, houseId, wanted), rows, {
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
      yield csvHead
      for await (const batch of batches(from, request)) yield csvOf(batch)
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
  async function* batches(asked: Asked, request: FastifyRequest): AsyncGenerator<Value[][]> {
    const wanted = wantedOf(asked, request)
    const valuesOf = talkValues(asked)
    yield [talkHeading(asked)]
    let after: { day: string; id: string } | undefined
    for (;;) {
      const rows = await findTalks(app.db, asked.houseId, asked.language, wanted, after, batchSize)
      if (rows.length > 0) yield rows.map(valuesOf)
      const last = rows.at(-1)
      if (!last || rows.length < batchSize) return
      after = { day: last.day, id: last.id }
    }
  }
}

function wantedOf({ period, wish }: Asked, request: FastifyRequest): Wanted {
  const { texts } = typed(request.query, ['fate', 'reason'])
  return { period, wish, fate: fateOf(texts.fate), reason: cancelReasonOf(texts.reason) }
}
