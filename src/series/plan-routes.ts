import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { typed } from '../base/http/typed.ts'
import { isUuid } from '../base/text.ts'
import { turns } from '../base/turns.ts'
import { findNames } from '../matching/names-store.ts'
import { sayOf } from '../matching/pages.ts'
import { words as tellWords } from '../messages/tell-words.ts'
import { noteFrom } from '../talks/form-rules.ts'
import { bookSeries } from './booking-actions.ts'
import { chosenOf } from './choice-rules.ts'
import { planPage } from './plan-pages.ts'
import { proposals } from './plan-rules.ts'
import { mostDates } from './rules.ts'
import { findDates, findSeries } from './store.ts'
import { findSeriesDates } from './world-store.ts'

const ofSeries = { config: { access: 'coordinator' }, schema: { params: Type.Object({ id: Type.String() }) } } as const
const fields = Array.from({ length: mostDates }, (_, at) => `date-${at + 1}`)

/** The plan of a series: a proposal for every date, and all that is picked booked by one form. */
export const seriesPlanRoutes: FastifyPluginAsyncTypebox = async app => {
  // a plan is long work, and a booking holds a connection: everybody else comes in between
  const inTurn = turns(2)

  app.get('/app/series/:id/plan', ofSeries, async (request, reply) => {
    const found = await seriesOf(request, request.params.id)
    return found ? inTurn(() => plan(request, reply, found)) : reply.callNotFound()
  })

  app.post('/app/series/:id/plan', ofSeries, async (request, reply) => {
    const found = await seriesOf(request, request.params.id)
    if (!found) return reply.callNotFound()
    const { series, rows } = found
    const { texts } = typed(request.body, [...fields, '_key'])
    const said = noteFrom(typed(request.body, ['note']).texts)
    const picked = new Map(rows.map(({ position }) => [position, texts[`date-${position}`] ?? '']))
    const again = { picked, note: said.typed }
    if ('mistake' in said)
      return plan(request, reply.code(422), found, {
        ...again,
        noteError: tellWords[request.language].mistakes[said.mistake],
      })
    const chosen = rows.flatMap(({ position, number }) => {
      const choice = chosenOf(position, picked.get(position) ?? '')
      return choice ? [{ ...choice, number }] : []
    })
    if (chosen.length === 0) return plan(request, reply.code(422), found, { ...again, nothing: true })
    return inTurn(async () => {
      const { db, jobs, config } = app
      const outcomes = await bookSeries(
        { db, jobs, secret: config.secret },
        {
          actor: actorOf(request),
          seriesId: series.id,
          chosen,
          note: said.note,
          sent: { key: texts['_key'] || undefined, url: request.url },
        },
        app.now(),
      )
      if (outcomes.every(({ refused }) => !refused)) return reply.redirect(`/app/series/${series.id}`, 303)
      const after = { series, rows: await findDates(db, series.id, request.language) }
      return plan(request, reply.code(409), after, { ...again, outcomes })
    })
  })

  type Found = NonNullable<Awaited<ReturnType<typeof seriesOf>>>

  async function seriesOf(request: FastifyRequest, id: string) {
    const { houseId } = actorOf(request)
    const series = isUuid(id) ? await findSeries(app.db, houseId, id) : undefined
    return series && { series, rows: await findDates(app.db, series.id, request.language) }
  }

  async function plan(
    request: FastifyRequest,
    reply: FastifyReply,
    { series, rows }: Found,
    again?: Parameters<typeof planPage>[6],
  ) {
    const { houseId } = actorOf(request)
    const { language } = request
    const dates = await findSeriesDates(app.db, houseId, rows, app.now())
    const say = sayOf(language, await findNames(app.db, houseId, language))
    const open = dates.filter(({ position }) =>
      rows.some(
        row => row.position === position && (row.state === 'waiting' || row.state === 'booked' || row.state === 'held'),
      ),
    )
    const found = proposals(series.kind, open).proposals
    return reply.page('series/plan', planPage(language, series, rows, found, say, tellWords[language], again))
  }
}
