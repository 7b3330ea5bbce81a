import { revisionOf } from '../base/db/kept.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import type { Point } from '../hosts/rules.ts'
import { type CalendarRows, findCalendar, findTravel } from './calendar-store.ts'
import { findTwins, type Twins } from './elsewhere-store.ts'
import { findHost, findSpots, findTopic } from './place-store.ts'
import type { Policy, World } from './rules.ts'
import { findSpeakers, type Known } from './speaker-store.ts'
import type { Travel } from './travel-rules.ts'

/** Of a House, what changes by hand and not by talks: read once a revision and kept by each process. */
export type Roster = CalendarRows & {
  revision: string
  zone: string
  policy: Policy
  travel: Travel
  speakers: Known[]
  /** Whom of the House other Houses know as well: its speaker's id by the id of the other row. */
  twins: Twins
  /** Where each host is. */
  spots: Map<string, { district: string; point: Point | undefined }>
  hosts: Map<string, World['host'] | undefined>
  topics: Map<string, World['topic'] | undefined>
}

// 20 queries and 20 ms of reading became 1 query
const kept = new Map<string, Roster>()
const most = 64

/** The roster as this transaction sees it; undefined for no such House. The revision is read first, so that a change between is read again. */
export async function findRoster(db: Db | Trx, houseId: string, now: DateTime): Promise<Roster | undefined> {
  const revision = await revisionOf(db)
  const known = kept.get(houseId)
  if (known?.revision === revision) return known
  const house = await db
    .selectFrom('houses')
    .select([
      'zone',
      'region',
      'minimum_notice_minutes',
      'mentor_only_in_pair',
      'lessons',
      'legal_check',
      'travel_buffer_minutes',
      'credentials_for_minors',
    ])
    .where('id', '=', houseId)
    .executeTakeFirst()
  if (!house) return
  const twins = await findTwins(db, houseId)
  const roster: Roster = {
    revision,
    zone: house.zone,
    policy: {
      minimumNoticeMinutes: house.minimum_notice_minutes,
      pairRule: house.mentor_only_in_pair,
      lessons: house.lessons,
      legalCheck: house.legal_check,
      bufferMinutes: house.travel_buffer_minutes,
      credentialsForMinors: house.credentials_for_minors,
    },
    ...(await findCalendar(db, houseId)),
    travel: await findTravel(db, houseId, house.region),
    speakers: await findSpeakers(db, { houseId, zone: house.zone, now, twins }),
    twins,
    spots: await findSpots(db, houseId),
    hosts: new Map(),
    topics: new Map(),
  }
  if (kept.size >= most) kept.clear()
  kept.set(houseId, roster)
  return roster
}

export async function hostOf(
  db: Db | Trx,
  roster: Roster,
  houseId: string,
  id: string,
): Promise<World['host'] | undefined> {
  const known = roster.hosts.get(id)
  if (known) return known
  const host = await findHost(db, houseId, id)
  roster.hosts.set(id, host)
  return host
}

export async function topicOf(
  db: Db | Trx,
  roster: Roster,
  houseId: string,
  id: string,
): Promise<World['topic'] | undefined> {
  const known = roster.topics.get(id)
  if (known) return known
  const topic = await findTopic(db, houseId, id)
  roster.topics.set(id, topic)
  return topic
}
