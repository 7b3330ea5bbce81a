import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { actorOf } from '../base/auth.ts'
import { isUuid } from '../base/text.ts'
import { plusDays } from '../base/time.ts'
import { findNames } from '../matching/names-store.ts'
import { substitutes } from '../matching/offer-rules.ts'
import { refusalsShown, sayOf } from '../matching/pages.ts'
import { withoutTalk } from '../matching/rules.ts'
import { findAsked, findWorld } from '../matching/store.ts'
import { reasonSaid } from '../matching/words.ts'
import { findReaders } from '../messages/person-store.ts'
import { words as tellWords } from '../messages/tell-words.ts'
import { historyShown, ledgerShown, namesIn } from './ledger-pages.ts'
import { byField, choiceOf, type FieldError, type Substitution, type Typed, talkShown } from './pages.ts'
import { nearestFor, reach } from './possible-rules.ts'
import { judgeProposals } from './proposal-store.ts'
import { repliesShown } from './reply-pages.ts'
import { findReplies } from './reply-store.ts'
import { words as replyWords } from './reply-words.ts'
import { findHistory, findLetters, findSeatsShown, findTalk, type SeatRow, type TalkRow } from './show-store.ts'
import { capital, knownAs } from './shown-pages.ts'
import { momentOf } from './store.ts'
import { counts, talkTells } from './tell-routes.ts'
import { words } from './words.ts'

/** One talk: who comes, who was told what, what may be changed. */
export const talkRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(
    '/app/talks/:id',
    {
      config: { access: 'coordinator' },
      schema: {
        params: Type.Object({ id: Type.String() }),
        querystring: Type.Object({ out: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])) }),
      },
    },
    async (request, reply) => talkPage(app, request, reply, request.params.id, { out: [request.query.out].flat()[0] }),
  )
}

export type Wrong = {
  out?: string | undefined
  errors?: FieldError[]
  opened?: 'move' | 'team' | 'cancellation' | 'outcome'
  typed?: Partial<Typed>
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
  const { proposals, ...changes } =
    open && !begun
      ? await changesFor(app, row, seats, houseId, wrong.out)
      : { moves: [], substitution: undefined, proposals: [] }
  const tells = open
    ? await talkTells(
        { db: app.db, houseId, language, speakers: names.speakers, now },
        row,
        seats,
        changes.substitution?.out,
        (changes.substitution?.people ?? []).map(each => each.in),
      )
    : undefined
  if (wrong.errors && wrong.errors.length > 0) reply.code(422)
  return reply.page('talks/show', {
    ...shown,
    ...changes,
    say: words[language],
    id: row.id,
    open,
    begun,
    tells,
    sayTells: tellWords[language],
    typed: { startsAt: '', heads: '', leaflets: '', in: '', reason: '', note: '', ...wrong.typed },
    replies: repliesShown(language, replies, { zone: row.zone, open: open && !begun }, proposals, now),
    sayReplies: replyWords[language],
    ledger: ledgerShown(language, letters, nameOf, row.zone, now),
    history: historyShown(
      language,
      await findHistory(app.db, houseId, language, { requestId: row.request_id, talkId: row.id }),
      row.zone,
      now,
    ),
    errors: wrong.errors ?? [],
    wrong: byField(wrong.errors ?? []),
    opened: wrong.opened ?? (wrong.out !== undefined ? 'team' : undefined),
  })

  async function changesFor(
    instance: FastifyInstance,
    talk: TalkRow,
    people: SeatRow[],
    house: string,
    out: string | undefined,
  ) {
    const none = { moves: [], substitution: undefined, proposals: [] }
    const asked = talk.request_id === null ? undefined : await findAsked(instance.db, house, { id: talk.request_id })
    const { day } = momentOf(talk)
    const whole =
      asked && (await findWorld(instance.db, asked, { from: plusDays(day, -reach), to: plusDays(day, reach) }, now))
    if (!whole) return none
    const world = withoutTalk(whole, talk.id)
    const counted = people.filter(counts)
    const team = counted.map(({ speakerId, profession }) => ({ speakerId, profession }))
    const leaving =
      counted.find(({ speakerId }) => speakerId === out) ?? counted.find(({ state }) => state === 'declined')
    const moves = nearestFor(world, asked.request, team, momentOf(talk), { windows: true, latest: true }, 4)
    return {
      moves: moves.map(moment => choiceOf(language, moment)),
      substitution: leaving && substitutionFor(leaving),
      proposals: (await judgeProposals(instance.db, asked, talk, team, replies, now)).map(judged => ({
        ...judged,
        hindrances: refusalsShown(language, judged.refusals.slice(0, 3), sayOf(language, names)),
      })),
    }

    function substitutionFor(seat: SeatRow): Substitution {
      const say = sayOf(language, names)
      const found = asked ? substitutes(world, asked.request, momentOf(talk), team, seat.speakerId).slice(0, 6) : []
      return {
        out: seat.speakerId,
        who: knownAs(seat.name),
        people: found.map(other => ({
          in: other.speakerId,
          name: knownAs(names.speakers.get(other.speakerId) ?? ''),
          why: capital(
            other.reasons
              .filter(reason => 'speakerId' in reason && reason.speakerId === other.speakerId)
              .map(reason => reasonSaid(language, reason, say).replace(/^[^:]+: /, ''))
              .join(', '),
          ),
        })),
      }
    }
  }
}
