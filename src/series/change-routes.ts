import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { typed } from '../base/http/typed.ts'
import { byName } from '../base/i18n/fold.ts'
import { isUuid } from '../base/text.ts'
import { findNames } from '../matching/names-store.ts'
import { sayOf } from '../matching/pages.ts'
import { words as tellWords } from '../messages/tell-words.ts'
import { noteFrom, startOf } from '../talks/form-rules.ts'
import { shownOf } from '../talks/undo-rules.ts'
import { type Changing, changeSeries } from './change-actions.ts'
import { type AskedChange, changeFields, readChange } from './change-form-rules.ts'
import { changePage } from './change-pages.ts'
import { concerned, moved, replaced, type Verdict } from './change-rules.ts'
import { mostDates, type SeriesDate } from './rules.ts'
import { type DateRow, findDates, findSeries } from './store.ts'
import { findSeriesDates } from './world-store.ts'

const ofSeries = { config: { access: 'coordinator' }, schema: { params: Type.Object({ id: Type.String() }) } } as const

/** One date, the following or all are changed: first what it would do to each of them, then the change itself. */
export const seriesChangeRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/series/:id/change', ofSeries, async (request, reply) => {
    const found = await seriesOf(request, request.params.id)
    if (!found) return reply.callNotFound()
    return show(request, reply, found, request.query)
  })

  app.post('/app/series/:id/change', ofSeries, async (request, reply) => {
    const found = await seriesOf(request, request.params.id)
    if (!found) return reply.callNotFound()
    const { texts, lists } = typed(request.body, [...changeFields, '_key'], ['date'], mostDates)
    const asked = readChange(texts)
    const said = noteFrom(typed(request.body, ['note']).texts)
    const dates = lists.date.flatMap(value => changingOf(value, found.rows))
    if ('mistake' in said || !('change' in asked) || dates.length === 0)
      return show(request, reply.code(422), found, request.body, {
        note: said.typed,
        ...('mistake' in said ? { noteError: tellWords[request.language].mistakes[said.mistake] } : {}),
      })
    const { db, jobs, config } = app
    const outcomes = await changeSeries(
      { db, jobs, secret: config.secret },
      {
        actor: actorOf(request),
        seriesId: found.series.id,
        change: asked.change,
        dates,
        note: said.note,
        sent: { key: texts._key || undefined, url: request.url },
      },
      app.now(),
    )
    if (outcomes.every(({ refused }) => !refused)) return reply.redirect(`/app/series/${found.series.id}`, 303)
    const after = { ...found, rows: await findDates(db, found.series.id, request.language) }
    return show(request, reply.code(409), after, request.body, { outcomes, note: said.typed })
  })

  type Found = NonNullable<Awaited<ReturnType<typeof seriesOf>>>

  async function seriesOf(request: FastifyRequest, id: string) {
    const { houseId } = actorOf(request)
    const series = isUuid(id) ? await findSeries(app.db, houseId, id) : undefined
    return series && { series, rows: await findDates(app.db, series.id, request.language) }
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { series, rows }: Found,
    sent: unknown,
    again?: Parameters<typeof changePage>[6],
  ) {
    const { houseId } = actorOf(request)
    const { language } = request
    const { texts } = typed(sent, changeFields)
    const asked = readChange(texts)
    const names = await findNames(app.db, houseId, language)
    const say = sayOf(language, names)
    const further = asked.startsAt ? [asked.startsAt.day] : []
    const dates = 'change' in asked ? await findSeriesDates(app.db, houseId, rows, app.now(), further) : []
    const booked = dates.filter(({ position }) =>
      rows.some(row => row.position === position && row.talkState === 'booked'),
    )
    return reply.page(
      'series/change',
      changePage(
        language,
        series,
        rows,
        texts,
        'change' in asked ? { verdicts: verdictsOf(asked, booked) } : { missing: asked.missing },
        {
          say,
          sayTells: tellWords[language],
          people: [...names.speakers].map(([id, name]) => ({ id, name })).sort((a, b) => byName(a.name, b.name)),
        },
        again,
      ),
    )
  }
}

function verdictsOf(asked: Extract<AskedChange, { change: unknown }>, dates: SeriesDate[]): Verdict[] {
  const { change, from, scope, startsAt } = asked
  if (change.what === 'move') return startsAt ? moved(dates, from, scope, startsAt) : []
  if (change.what === 'replace') return replaced(dates, from, scope, change.out, change.in)
  return concerned(dates, from, scope).map(({ position, standing }) => ({
    position,
    talkId: standing.talkId,
    before: standing,
    after: standing,
    team: standing.team,
    refusals: [],
  }))
}

/** A date of the confirmed form; nothing for what is no talk of this series. */
function changingOf(value: string, rows: DateRow[]): Changing[] {
  const [position = '', talkId = '', time = '', version = ''] = value.split(' ')
  const row = rows.find(each => each.talkId === talkId && each.position === Number(position))
  return row ? [{ position: row.position, talkId, startsAt: startOf(time), shown: shownOf(version) }] : []
}
