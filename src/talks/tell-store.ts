import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import type { NewMessage } from '../messages/rules.ts'
import { type Notice, news, teamOf } from './notice-rules.ts'
import { findAllRecipients } from './recipient-store.ts'
import type { Seat, TeamChange } from './rules.ts'

type About = {
  id: string
  contactId: string | null
  zone: string
  version: number
  startsAt: DateTime
  endsAt: DateTime
}
type Change = { event: Notice['event']; change: Pick<TeamChange, 'stay' | 'leave'>; joins?: string[] }

/** The letters that changes of a talk would write if they were made now, by the rule that writes them. */
export async function foretell(
  db: Db,
  houseId: string,
  about: About,
  seats: Seat[],
  changes: Change[],
  now: DateTime,
): Promise<NewMessage[][]> {
  const [letters = []] = await foretellAll(db, houseId, [{ about, seats, changes }], now)
  return letters
}

/** The same for several talks, in their order, by as many queries as for one. */
export async function foretellAll(
  db: Db,
  houseId: string,
  talks: { about: About; seats: Seat[]; changes: Change[] }[],
  now: DateTime,
): Promise<NewMessage[][][]> {
  const asked = talks.map(({ about, seats, changes }) => ({
    talkId: about.id,
    contactId: about.contactId,
    speakerIds: [...seats.map(({ speakerId }) => speakerId), ...new Set(changes.flatMap(({ joins = [] }) => joins))],
  }))
  const whole = [...Map.groupBy(asked, ({ talkId }) => talkId).values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, speakerIds: [first, ...others].flatMap(({ speakerIds }) => speakerIds) }] : [],
  )
  const found = await findAllRecipients(db, houseId, whole)
  return talks.map(({ about, changes }) => {
    const { id, zone, startsAt, endsAt } = about
    const talk = { id, houseId, requestId: undefined, version: about.version + 1, zone, startsAt, endsAt }
    const { speakers = new Map(), contact } = found.get(id) ?? {}
    return changes.map(({ event, change, joins = [] }) => {
      const joined = new Map(joins.map(speaker => [speaker, speaker]))
      const team = teamOf({ ...change, join: [] }, joined, speakers)
      return news({ talk, event, team, contact, dueAt: now, now })
    })
  })
}

/** Talks with the host's side of each and their teams: whom a change of them concerns. */
export async function findConcerned(db: Db, houseId: string, talkIds: string[], language: Language) {
  const talks = await db
    .selectFrom('talks')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .leftJoin('requests', 'requests.id', 'talks.request_id')
    .leftJoin('contacts', 'contacts.id', 'requests.contact_id')
    .select([
      'talks.id',
      'talks.zone',
      'talks.version',
      'talks.during',
      `hosts.name_${language} as host`,
      'contacts.id as contactId',
      'contacts.name as contact',
      'contacts.phone',
    ])
    .where('talks.house_id', '=', houseId)
    .where('talks.id', '=', sql<string>`any(${talkIds}::uuid[])`)
    .execute()
  const seats = await db
    .selectFrom('assignments')
    .select(['id as assignmentId', 'talk_id as talkId', 'speaker_id as speakerId', 'profession', 'state'])
    .where('talk_id', '=', sql<string>`any(${talkIds}::uuid[])`)
    .where('ended_at', 'is', null)
    .where('state', '<>', sql.lit('replaced'))
    .orderBy('invited_at')
    .orderBy('id')
    .execute()
  return talks.map(({ host, contact, phone, during, ...talk }) => ({
    host,
    contact,
    phone,
    about: { ...talk, startsAt: during.from, endsAt: during.to },
    seats: seats.filter(({ talkId }) => talkId === talk.id),
  }))
}
