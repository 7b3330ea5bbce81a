import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { plusDays, wallOf } from '../base/time.ts'
import { findZone } from '../houses/zone-store.ts'
import { findNames } from '../matching/names-store.ts'
import { nearest, substitutes } from '../matching/offer-rules.ts'
import { offerCard, refusalsShown, sayOf, whenSaid } from '../matching/pages.ts'
import { type Waived, withoutTalk } from '../matching/rules.ts'
import { momentFrom } from '../matching/seat-rules.ts'
import { withTells } from '../matching/side-pages.ts'
import { findSide } from '../matching/side-store.ts'
import { findAsked, findWorld, rangeOf } from '../matching/store.ts'
import { reasonSaid } from '../matching/words.ts'
import { words as tellWords } from '../messages/tell-words.ts'
import { words as cancelWords } from '../requests/cancel-words.ts'
import { words as changeWords } from './change-words.ts'
import { choiceOf, obstructionSaid } from './pages.ts'
import { nearestFor } from './possible-rules.ts'
import type { CancelReason, Obstruction, Start } from './rules.ts'
import { findSeatsShown, findTalk } from './show-store.ts'
import { capital, knownAs } from './shown-pages.ts'
import { type Again, staleTalk } from './stale-routes.ts'
import { momentOf } from './store.ts'
import { talkTells } from './tell-routes.ts'
import { words } from './words.ts'

type Shown = { app: FastifyInstance; request: FastifyRequest; reply: FastifyReply; refused: Obstruction }
const proposals = 3

/** 409 for a booking: what is in the way, in words, and the three nearest offers as forms. */
export async function bookingConflict(
  { app, request, reply, refused }: Shown,
  booking: { number: number; start: Start | undefined; waived: Waived; note?: string },
): Promise<unknown> {
  if (refused.code === 'missing' || refused.code === 'stale') return reply.callNotFound()
  const { houseId } = actorOf(request)
  const { language } = request
  const said = words[language]
  const now = app.now()
  const names = await findNames(app.db, houseId, language)
  const say = sayOf(language, names)
  const asked = await findAsked(app.db, houseId, { number: booking.number })
  const { start } = booking
  const open =
    start !== undefined && refused.code !== 'request-ended' && !(refused.code === 'taken' && refused.what === 'request')
  const world =
    asked && open
      ? await findWorld(app.db, asked, rangeOf(asked.request, wallOf(now, await findZone(app.db, houseId)).day), now)
      : undefined
  const found =
    asked && world && start
      ? nearest(world, asked.request, momentFrom(world, asked.request, start), proposals, booking.waived)
      : []
  const cards = found.map((offer, at) => ({
    ...offerCard(language, `/app/requests/${booking.number}/booking`, offer, at + 1, say, booking.waived),
    note: booking.note ?? '',
  }))
  const side = asked && cards.length > 0 ? await findSide(app.db, houseId, asked.request.id, language) : undefined
  return reply.code(409).page('talks/conflict', {
    say: said,
    title: open ? said.conflict.title : said.request(booking.number),
    chosen: start ? whenSaid(language, { day: start.day, from: start.minute }) : '',
    lines:
      refused.code === 'impossible'
        ? refusalsShown(language, refused.refusals, say)
        : [obstructionSaid(language, refused)],
    offers: side ? withTells(language, cards, side, names.speakers, now) : cards,
    forms: [],
    talk: refused.code === 'request-ended' ? refused.talkId : undefined,
    back: `/app/requests/${booking.number}`,
  })
}

/** 409 for a change of a talk: the nearest times for the same team, or who else could step in. */
export async function talkConflict(
  { app, request, reply, refused }: Shown,
  wanted: {
    talkId: string
    start?: Start
    speakers?: string[]
    out?: string
    into?: string
    reason?: CancelReason
    undoing?: true
    note?: string
  },
): Promise<unknown> {
  if (refused.code === 'missing') return reply.callNotFound()
  if (refused.code === 'stale')
    return staleTalk({ app, request, reply }, wanted.talkId, refused.seen, await againOf(app, request, wanted))
  const { houseId } = actorOf(request)
  const { language } = request
  const said = words[language]
  const now = app.now()
  const row = await findTalk(app.db, houseId, wanted.talkId, language)
  if (!row) return reply.callNotFound()
  const names = await findNames(app.db, houseId, language)
  const say = sayOf(language, names)
  const asked =
    row.request_id !== null && row.state === 'booked'
      ? await findAsked(app.db, houseId, { id: row.request_id })
      : undefined
  const before = momentOf(row)
  const around = wanted.start
    ? { day: wanted.start.day, from: wanted.start.minute, to: wanted.start.minute + row.minutes }
    : before
  const world =
    asked && (await findWorld(app.db, asked, { from: plusDays(around.day, -15), to: plusDays(around.day, 15) }, now))
  const seats = (await findSeatsShown(app.db, row.id, language)).filter(
    ({ state, ended_at }) => state === 'invited' || state === 'accepted' || (state === 'declined' && ended_at === null),
  )
  const team = seats.map(({ speakerId, profession }) => ({ speakerId, profession }))
  const free = world && withoutTalk(world, row.id)
  const action = `/app/talks/${row.id}`
  const { out } = wanted
  const moves =
    free && asked && wanted.start
      ? nearestFor(free, asked.request, team, around, { windows: true, latest: true }, proposals).map(moment =>
          choiceOf(language, moment),
        )
      : []
  const others =
    free && asked && out !== undefined && team.some(({ speakerId }) => speakerId === out)
      ? substitutes(free, asked.request, before, team, out).slice(0, proposals)
      : []
  const tells = await talkTells(
    { db: app.db, houseId, language, speakers: names.speakers, now },
    row,
    seats,
    out,
    others.map(({ speakerId }) => speakerId),
  )
  const typed = { note: wanted.note ?? '', sayTells: tellWords[language] }
  return reply.code(409).page('talks/conflict', {
    say: said,
    title: said.conflict.title,
    chosen: whenSaid(language, around),
    offers: [],
    talk: row.id,
    back: action,
    lines:
      refused.code === 'impossible'
        ? refusalsShown(language, refused.refusals, say)
        : [obstructionSaid(language, refused)],
    forms: [
      ...moves.map(({ value, text }) => ({
        action: `${action}/move`,
        fields: [{ value, text: 'startsAt' }],
        text,
        why: '',
        tells: tells.move,
        ...typed,
        button: said.move,
      })),
      ...others.map((other, at) => ({
        action: `${action}/team`,
        fields: [
          { value: out ?? '', text: 'out' },
          { value: other.speakerId, text: 'in' },
        ],
        tells: tells.swaps[at] ?? '',
        ...typed,
        text: knownAs(say.speaker(other.speakerId)),
        why: capital(
          other.reasons
            .filter(reason => 'speakerId' in reason && reason.speakerId === other.speakerId)
            .map(reason => reasonSaid(language, reason, say))
            .join(', '),
        ),
        button: said.replace,
      })),
    ],
  })
}

/** What a refused form wanted, in words, with the fields to send it again. */
async function againOf(
  app: FastifyInstance,
  request: FastifyRequest,
  wanted: Parameters<typeof talkConflict>[1],
): Promise<Again> {
  const { language } = request
  const said = words[language]
  const action = `/app/talks/${wanted.talkId}`
  const note = wanted.note ? [{ text: 'note', value: wanted.note }] : []
  if (wanted.start) {
    const { value, text } = choiceOf(language, { day: wanted.start.day, from: wanted.start.minute })
    const fields = [{ text: 'startsAt', value: [value, ...(wanted.speakers ?? [])].join(' ') }, ...note]
    return { text: `${said.move}: ${text}`, action: `${action}/move`, fields }
  }
  if (wanted.out !== undefined && wanted.into !== undefined) {
    const { speakers } = await findNames(app.db, actorOf(request).houseId, language)
    const [out, into] = [wanted.out, wanted.into].map(id => knownAs(speakers.get(id) ?? '–'))
    const fields = [{ text: 'out', value: wanted.out }, { text: 'in', value: wanted.into }, ...note]
    return { text: `${said.replace}: ${out} – ${into}`, action: `${action}/team`, fields }
  }
  if (wanted.reason) {
    const fields = [{ text: 'reason', value: wanted.reason }, ...note]
    return {
      text: `${said.cancel}: ${cancelWords[language][wanted.reason]}`,
      action: `${action}/cancellation`,
      fields,
    }
  }
  return { text: capital(changeWords[language].stale.undoing) }
}
