import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { isUuid } from '../base/text.ts'
import { opinionsShown } from '../feedback/pages.ts'
import { findOpinions, findRemarks } from '../feedback/store.ts'
import { findNames } from '../matching/names-store.ts'
import { findReaders } from '../messages/person-store.ts'
import { words as tellWords } from '../messages/tell-words.ts'
import { words as changeWords } from './change-words.ts'
import { choicesFor, noChoices } from './choice-routes.ts'
import { talkFlash } from './flash-routes.ts'
import { historyShown, ledgerShown, namesIn } from './ledger-pages.ts'
import { byField, type FieldError, type Typed, talkShown } from './pages.ts'
import { repliesShown } from './reply-pages.ts'
import { findReplies } from './reply-store.ts'
import { words as replyWords } from './reply-words.ts'
import { reportersShown } from './reporter-pages.ts'
import { findReporters } from './reporter-store.ts'
import { seriesLink } from './series-pages.ts'
import { findSeriesOf } from './series-store.ts'
import { findHistory, findLetters, findSeatsShown, findTalk } from './show-store.ts'
import { searchesOf } from './substitution-talk-routes.ts'
import { words as searchWords } from './substitution-words.ts'
import { talkTells } from './tell-routes.ts'
import { shownAs } from './undo-rules.ts'
import { words } from './words.ts'

const one = Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())]))

/** One talk: who comes, who was told what, what may be changed. */
export const talkRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(
    '/app/talks/:id',
    {
      config: { access: 'coordinator', sight: 'talk' },
      schema: {
        params: Type.Object({ id: Type.String() }),
        querystring: Type.Object({ out: one, done: one }),
      },
    },
    async (request, reply) =>
      talkPage(app, request, reply, request.params.id, {
        out: [request.query.out].flat()[0],
        done: [request.query.done].flat()[0] === '1',
      }),
  )
}

export type Wrong = {
  /** A change was just made: the page says so, and how to take it back. */
  done?: boolean
  code?: 409
  /** What was typed for the coordinators' own note. */
  own?: string
  out?: string | undefined
  errors?: FieldError[]
  opened?: 'move' | 'team' | 'cancellation' | 'outcome' | 'own'
  typed?: Partial<Typed>
  /** Who else reports it, as the form of the outcome had it ticked. */
  reporters?: string[] | undefined
}

/** The talk's page, also as the answer to a form that has to be mended. */
export async function talkPage(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  wrong: Wrong = {},
): Promise<unknown> {
  const { houseId } = actorOf(request)
  const { language } = request
  const now = app.now()
  const row = isUuid(id) ? await findTalk(app.db, houseId, id, language) : undefined
  if (!row) return reply.callNotFound()
  const seats = await findSeatsShown(app.db, row.id, language)
  const names = await findNames(app.db, houseId, language)
  const letters = await findLetters(app.db, houseId, { talkId: row.id })
  const recipients = letters.map(({ recipient }) => recipient)
  const nameOf = namesIn(language, await findReaders(app.db, houseId, recipients))
  const replies = await findReplies(app.db, row.id, language)
  const shown = talkShown(language, row, seats, now)
  const begun = row.during.from <= now
  const open = row.state === 'booked'
  const asking = { db: app.db, houseId, language, names, now }
  const { proposals, ...changes } =
    open && !begun ? await choicesFor(asking, row, seats, replies, wrong.out) : noChoices
  const tells = open
    ? await talkTells(
        { db: app.db, houseId, language, speakers: names.speakers, now },
        row,
        seats,
        changes.substitution?.out,
        (changes.substitution?.people ?? []).map(each => each.in),
      )
    : undefined
  const history = await findHistory(app.db, houseId, language, { requestId: row.request_id, talkId: row.id })
  const flash = await talkFlash(asking, row, seats, history, wrong.done ?? false)
  if (wrong.errors && wrong.errors.length > 0) reply.code(wrong.code ?? 422)
  return reply.page('talks/show', {
    ...shown,
    ...changes,
    searches: await searchesOf(app, language, row, seats, names),
    saySearch: searchWords[language],
    say: words[language],
    id: row.id,
    series: row.request_id === null ? undefined : seriesLink(language, await findSeriesOf(app.db, row.request_id)),
    open,
    begun,
    tells,
    sayTells: tellWords[language],
    typed: { startsAt: '', heads: '', leaflets: '', in: '', reason: '', note: '', ...wrong.typed },
    reporters:
      open && begun ? reportersShown(language, await findReporters(app.db, houseId, row.id), wrong.reporters) : [],
    replies: repliesShown(language, replies, { zone: row.zone, open: open && !begun }, proposals, now),
    sayReplies: replyWords[language],
    ledger: ledgerShown(language, letters, nameOf, row.zone, now),
    history: historyShown(language, history, row.zone, now, names.speakers),
    shown: shownAs(row.version, history[0]?.id),
    flash,
    opinions: begun
      ? opinionsShown(
          language,
          await findOpinions(app.db, row.id),
          await findRemarks(app.db, row.id),
          row.heads_confirmed,
          `/app/talks/${row.id}/listeners`,
        )
      : undefined,
    own: { text: row.note, typed: wrong.own ?? row.note, error: byField(wrong.errors ?? [])['own'] },
    sayChange: changeWords[language],
    errors: wrong.errors ?? [],
    wrong: byField(wrong.errors ?? []),
    opened: wrong.opened ?? (wrong.out !== undefined ? 'team' : undefined),
  })
}
