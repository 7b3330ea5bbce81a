import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { byName } from '../base/i18n/fold.ts'
import { numberOf } from '../base/text.ts'
import { findZone } from '../houses/zone-store.ts'
import { findNames } from '../matching/names-store.ts'
import { quoted } from '../matching/pages.ts'
import { findReaders } from '../messages/person-store.ts'
import { words as tellWords } from '../messages/tell-words.ts'
import { words as classWords } from '../requests/class-words.ts'
import { words as changeWords } from './change-words.ts'
import { requestFlash } from './flash-routes.ts'
import { historyShown, ledgerShown, namesIn } from './ledger-pages.ts'
import { byField, type FieldError } from './pages.ts'
import { requestShown, toneOf } from './request-pages.ts'
import { countStates, findRequest, findRequests, findTalksOf, findWindows, pageSize } from './request-store.ts'
import { seriesLink } from './series-pages.ts'
import { findSeriesOf } from './series-store.ts'
import { words as seriesWords } from './series-words.ts'
import { findHistory, findLetters } from './show-store.ts'
import { instantSaid, knownAs } from './shown-pages.ts'
import { requestTells } from './tell-routes.ts'
import { shownAs } from './undo-rules.ts'
import { findPeople } from './week-store.ts'
import { terms, words } from './words.ts'

const one = Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())]))
const states = ['waiting', 'booked', 'held', 'declined', 'withdrawn', 'expired'] as const

/** All requests of the House, and one of them with everything that was said and done about it. */
export const requestRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(
    '/app/requests',
    { config: { access: 'coordinator' }, schema: { querystring: Type.Object({ state: one, before: one }) } },
    async (request, reply) => {
      const { houseId } = actorOf(request)
      const { language } = request
      const said = words[language]
      const term = terms[language]
      const state = states.find(each => each === [request.query.state].flat()[0])
      const before = numberOf([request.query.before].flat()[0] ?? '')
      const rows = await findRequests(app.db, houseId, language, { state, before })
      const counts = new Map((await countStates(app.db, houseId)).map(row => [row.state, row.count]))
      const zone = await findZone(app.db, houseId)
      const filter = state ? `state=${state}&` : ''
      return reply.page('talks/requests', {
        say: said,
        filters: [
          { text: said.anyState, href: '/app/requests', here: state === undefined },
          ...states.map(each => ({
            text: `${term.request[each]} · ${counts.get(each) ?? 0}`,
            href: `/app/requests?state=${each}`,
            here: each === state,
          })),
        ],
        rows: rows.slice(0, pageSize).map(row => ({
          number: row.number,
          host: row.host,
          topic: quoted(row.topic),
          people: term.people(row.heads),
          state: term.request[row.state],
          tone: toneOf(row.state),
          asked: instantSaid(language, row.confirmed_at ?? row.asked_at, zone, app.now()),
        })),
        more: rows.length > pageSize ? `/app/requests?${filter}before=${rows[pageSize - 1]?.number}` : undefined,
      })
    },
  )

  app.get(
    '/app/requests/:number',
    {
      config: { access: 'coordinator', sight: 'request' },
      schema: { params: Type.Object({ number: Type.String() }), querystring: Type.Object({ done: one }) },
    },
    async (request, reply) =>
      requestPage(app, request, reply, request.params.number, undefined, [request.query.done].flat()[0] === '1'),
  )
}

export type WrongBooking = {
  errors: FieldError[]
  typed: { startsAt: string; minutes: string; speakers: string[]; note: string; reason: string }
}

/** The page of a request, also as the answer to a form that has to be mended. */
export async function requestPage(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  text: string,
  wrong?: WrongBooking,
  done = false,
): Promise<unknown> {
  const { houseId } = actorOf(request)
  const { language } = request
  const now = app.now()
  const number = numberOf(text)
  const row = number === undefined ? undefined : await findRequest(app.db, houseId, number, language)
  if (!row) return reply.callNotFound()
  const names = await findNames(app.db, houseId, language)
  const shown = requestShown(language, row, await findWindows(app.db, row.id), await findTalksOf(app.db, row.id), now)
  const people = shown.open ? await findPeople(app.db, houseId, language, now.toISODate() ?? '', now) : []
  const letters = await findLetters(app.db, houseId, { requestId: row.id })
  const recipients = letters.map(({ recipient }) => recipient)
  const nameOf = namesIn(language, await findReaders(app.db, houseId, recipients))
  const tells = shown.open
    ? await requestTells({ db: app.db, houseId, language, speakers: names.speakers, now }, row)
    : undefined
  const history = await findHistory(app.db, houseId, language, { requestId: row.id })
  const flash = await requestFlash({ db: app.db, houseId, language, names, now }, row, history, done)
  if (wrong) reply.code(422)
  return reply.page('talks/request', {
    ...shown,
    series:
      row.series_id === null
        ? shown.open
          ? {
              href: `/app/requests/${row.number}/series`,
              text:
                row.class_count > 1 ? `${classWords[language].series}: ${row.class_count}` : seriesWords[language].make,
            }
          : undefined
        : seriesLink(language, await findSeriesOf(app.db, row.id)),
    say: words[language],
    people: people
      .filter(({ left_on }) => left_on === null)
      .map(person => ({
        id: person.id,
        name: knownAs(person.name),
        does: (names.professions.get(person.professions[0] ?? '') ?? '').toLocaleLowerCase('kk'),
        chosen: wrong?.typed.speakers.includes(person.id) ?? false,
      }))
      .sort((a, b) => byName(a.name, b.name)),
    typed: { startsAt: '', minutes: '', note: '', reason: '', ...wrong?.typed },
    tells,
    sayTells: tellWords[language],
    ledger: ledgerShown(language, letters, nameOf, row.zone, now),
    history: historyShown(language, history, row.zone, now, names.speakers),
    flash,
    shown: shownAs(row.version, undefined),
    sayChange: changeWords[language],
    errors: wrong?.errors ?? [],
    wrong: byField(wrong?.errors ?? []),
  })
}
