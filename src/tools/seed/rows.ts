import type { Insertable } from 'kysely'
import type { Tables } from '../../base/db/tables.ts'
import { hashOf, newNonce, tokenOf } from '../../base/secrets.ts'
import { clock, type DateTime } from '../../base/time.ts'
import { approaches } from '../../talks/busy-rules.ts'
import { answerBy } from '../../talks/rules.ts'
import type { Contact } from './contacts.ts'
import { answerHours, type Fate } from './fate.ts'
import { seedId } from './random.ts'
import type { Stage } from './stage.ts'
import type { Booked } from './term.ts'
import type { Wish } from './wishes.ts'

export type Rows = { [Table in keyof Tables]?: Insertable<Tables[Table]>[] }
export type Fated = { talk: Booked; fate: Fate; number: number; contact: Contact }
export type Numbered = { wish: Wish; number: number; contact: Contact }
type House = { id: string; zone: string; secret: string; coordinator: string | null }

const link = (secret: string, purpose: string) => {
  const nonce = newNonce()
  return { nonce, token_hash: hashOf(tokenOf(secret, purpose, nonce)) }
}

type Asked = {
  request: Wish['request']
  hostId: string
  topicId: string
  number: number
  contact: Contact
  askedAt: DateTime
  note: string
}

function requestRow(
  house: House,
  asked: Asked,
  state: Insertable<Tables['requests']>['state'],
  dates: { confirmed_at: DateTime | null; first_at: DateTime | null; ended_at: DateTime | null },
): Insertable<Tables['requests']> {
  const { request, number, contact } = asked
  return {
    id: request.id,
    house_id: house.id,
    number,
    host_id: asked.hostId,
    contact_id: contact.id,
    topic_id: asked.topicId,
    audience: request.audience,
    grades: request.grades,
    heads: request.heads,
    mode: request.mode,
    note: asked.note,
    latest_on: request.latest ?? null,
    state,
    source: number % 5 === 0 ? 'call' : 'form',
    language: contact.language,
    ...link(house.secret, 'request'),
    asked_at: asked.askedAt,
    ...dates,
    entered_by: number % 5 === 0 ? house.coordinator : null,
    public: number % 4 === 0,
  }
}

const details = ({ request }: { request: Wish['request'] }): Rows => ({
  request_languages: request.languages.map(language => ({ request_id: request.id, language })),
  request_windows: request.windows.map((it, place) => ({
    request_id: request.id,
    position: place + 1,
    from_on: it.from,
    to_on: it.to,
    from_time: clock(it.fromMinute),
    to_time: clock(it.toMinute),
    shift: it.shift ?? null,
  })),
})

/** A request without a talk, as rows. */
export function rowsOfWish(house: House, { wish, number, contact }: Numbered): Rows {
  const { state, askedAt } = wish
  const ended_at = state === 'declined' || state === 'withdrawn' ? askedAt.plus({ hours: 5 }) : null
  const row = requestRow(house, { ...wish, hostId: wish.host.id, topicId: wish.topic.id, number, contact }, state, {
    confirmed_at: state === 'unconfirmed' ? null : askedAt.plus({ minutes: 12 }),
    first_at: null,
    ended_at,
  })
  return {
    requests: [
      {
        ...row,
        source: state === 'unconfirmed' ? 'form' : row.source,
        entered_by: state === 'unconfirmed' ? null : (row.entered_by ?? null),
        decline_reason: wish.declined ?? null,
      },
    ],
    ...details(wish),
  }
}

/** A talk with its request, its people and its history, as rows. Journeys are laid by `journeys` when all talks are known. */
export function rowsOfTalk(
  house: House,
  { talk, fate, number, contact }: Fated,
  lead: (speakerId: string) => { leadMinutes: number; travelMinutes: number },
): Rows {
  const { id, request, moment, bookedAt, startsAt, endsAt } = talk
  const ended = fate.requestState === 'withdrawn' || fate.requestState === 'expired'
  const revised = fate.outcome?.at ?? fate.cancel?.at ?? bookedAt
  const row = requestRow(
    house,
    { ...talk, hostId: talk.host.id, topicId: talk.topic.id, number, contact, note: '' },
    fate.requestState,
    {
      confirmed_at: talk.askedAt.plus({ minutes: 9 }),
      first_at: bookedAt,
      ended_at: ended ? revised : null,
    },
  )
  const history = (kind: string, at: DateTime, by: 'account' | 'speaker', detail: object, speakerId?: string) => ({
    house_id: house.id,
    request_id: request.id,
    talk_id: id,
    speaker_id: speakerId ?? null,
    kind,
    at,
    by_whom: by,
    account_id: by === 'account' ? house.coordinator : null,
    detail: JSON.stringify(detail),
  })
  return {
    requests: [row],
    ...details(talk),
    talks: [
      {
        id,
        house_id: house.id,
        request_id: request.id,
        host_id: talk.host.id,
        topic_id: talk.topic.id,
        zone: house.zone,
        held_on: moment.day,
        from_time: clock(moment.from),
        minutes: moment.to - moment.from,
        during: { from: startsAt, to: endsAt },
        mode: request.mode,
        link: request.mode === 'online' ? 'https://meet.example/kezdesu' : null,
        state: fate.state,
        version: fate.cancel ? 2 : 1,
        sequence: fate.cancel ? 1 : 0,
        public: number % 4 === 0,
        heads_planned: request.heads,
        heads_counted: fate.outcome?.heads ?? null,
        heads_confirmed: fate.outcome?.confirmed ?? null,
        leaflets: fate.outcome?.leaflets ?? null,
        held_in: fate.state === 'held' ? (request.languages[0] ?? null) : null,
        cancel_reason: fate.cancel?.reason ?? null,
        cancelled_at: fate.cancel?.at ?? null,
        outcome_at: fate.outcome?.at ?? null,
        outcome_by: fate.outcome ? house.coordinator : null,
        created_at: bookedAt,
        revised_at: revised,
      },
    ],
    assignments: fate.seats.map(seat => {
      const { leadMinutes, travelMinutes } = lead(seat.speakerId)
      return {
        id: seedId('assignment', id, seat.speakerId),
        talk_id: id,
        speaker_id: seat.speakerId,
        profession: seat.profession,
        state: seat.state,
        busy: { from: startsAt.minus({ minutes: leadMinutes }), to: endsAt },
        travel_minutes: travelMinutes,
        ...link(house.secret, 'invitation'),
        invited_at: bookedAt,
        answer_by: answerBy(startsAt, bookedAt, answerHours),
        answered_at: seat.answeredAt ?? null,
        ended_at: seat.endedAt ?? null,
        reason: seat.state === 'declined' ? ('another-time' as const) : null,
      }
    }),
    changes: [
      history('booked', bookedAt, 'account', { day: moment.day, from: moment.from, people: talk.team.length }),
      ...fate.seats.flatMap(seat =>
        seat.answeredAt ? [history(seat.state, seat.answeredAt, 'speaker', { reason: null }, seat.speakerId)] : [],
      ),
      ...(fate.cancel ? [history('cancelled', fate.cancel.at, 'account', { reason: fate.cancel.reason })] : []),
      ...(fate.outcome
        ? [
            history(fate.state, fate.outcome.at, 'account', {
              heads: fate.outcome.heads ?? null,
              planned: request.heads,
            }),
          ]
        : []),
    ],
  }
}

/**
 * For each seat of a talk how long before it the speaker is on the way: what the product itself would store. A talk that was
 * not held keeps its people, so their next journey began there; the constraint asks for the seat, not for what came of the talk.
 */
export function journeys(
  stage: Stage,
  all: Fated[],
): (talkId: string, speakerId: string) => { leadMinutes: number; travelMinutes: number } {
  const days = Map.groupBy(
    all.flatMap(({ talk, fate }) =>
      fate.seats.flatMap(seat =>
        seat.state === 'invited' || seat.state === 'accepted' ? [{ talk, speakerId: seat.speakerId }] : [],
      ),
    ),
    ({ talk, speakerId }) => `${speakerId} ${talk.moment.day}`,
  )
  const found = new Map<string, { leadMinutes: number; travelMinutes: number }>()
  for (const its of days.values()) {
    const traveller = stage.speakers[stage.placeOf.get(its[0]?.speakerId ?? '') ?? -1]
    if (!traveller) continue
    const talks = its.map(({ talk }) => ({
      ...talk.moment,
      talkId: talk.id,
      district: talk.host.district,
      point: talk.host.point,
      online: talk.request.mode !== 'onsite',
    }))
    for (const way of approaches(talks, traveller, stage.roster.travel, stage.roster.policy.bufferMinutes))
      found.set(`${way.talkId} ${traveller.id}`, way)
  }
  return (talkId, speakerId) => found.get(`${talkId} ${speakerId}`) ?? { leadMinutes: 0, travelMinutes: 0 }
}
