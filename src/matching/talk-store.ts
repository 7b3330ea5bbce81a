import { sql } from 'kysely'
import { keptWithDiary } from '../base/db/diary.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { type DateTime, type Day, minuteOf, plusDays, wallOf } from '../base/time.ts'
import { fairAhead } from '../speakers/burden-rules.ts'
import { offeredOf } from '../speakers/fairness-rules.ts'
import type { Engagement, Speaker } from '../speakers/rules.ts'
import { findElsewhere, withElsewhere } from './elsewhere-store.ts'
import type { Roster } from './roster-store.ts'
import { findServed, type Served } from './served-store.ts'
import type { Known } from './speaker-store.ts'

type Days = { from: Day; to: Day }

/** The same people with their talks of these days, and the hours of the last quarter. Three queries at most, however many people. */
export async function withTalks(
  db: Db | Trx,
  houseId: string,
  roster: Pick<Roster, 'speakers' | 'spots' | 'zone' | 'twins'>,
  days: Days,
  today: Day,
  now: DateTime,
): Promise<Speaker[]> {
  const counted = plusDays(today, fairAhead)
  const engagements = await findEngagements(db, houseId, roster.spots, {
    from: days.from,
    to: days.to < counted ? counted : days.to,
  })
  const elsewhere = await findElsewhere(db, roster, days)
  const { hours, unread } = await background(db, houseId, roster.zone, today, now)
  return roster.speakers.flatMap(person => {
    if (person.leftOn !== undefined && person.leftOn <= today) return []
    const its = withElsewhere(engagements.get(person.id) ?? none, elsewhere.get(person.id))
    return [speakerOf(person, its, hoursServed(hours.get(person.id), its, today), today, unread.get(person.id))]
  })
}

const none: Engagement[] = []

/** Hours with travel of the quarter before today, and of the talks booked for the next weeks, so that one booking after another spreads. */
export function hoursServed(before: Served | undefined, engagements: Engagement[], today: Day): number {
  return ((before?.talkMinutes ?? 0) + (before?.travelMinutes ?? 0)) / 60 + hoursAhead(engagements, today)
}
export function hoursAhead(engagements: Engagement[], today: Day): number {
  const last = plusDays(today, fairAhead)
  return (
    engagements.reduce(
      (sum, { day, from, to, elsewhere }) => (!elsewhere && day >= today && day <= last ? sum + to - from : sum),
      0,
    ) / 60
  )
}

const speakers = new WeakMap<Known, Speaker>()

/** The same object as long as nothing about the person changed: the engine keeps what it worked out by object. */
function speakerOf(
  person: Known,
  engagements: Engagement[],
  hoursServed: number,
  today: Day,
  unreadSince: Day | undefined,
): Speaker {
  const hoursOffered = offeredToday(person, today)
  const override = person.override && person.override.until >= today ? person.override : undefined
  const before = speakers.get(person)
  if (
    before &&
    before.engagements === engagements &&
    before.hoursServed === hoursServed &&
    before.hoursOffered === hoursOffered &&
    before.override === override &&
    before.unreadSince === unreadSince
  )
    return before
  const speaker = { ...person, engagements, hoursServed, hoursOffered, override, unreadSince }
  speakers.set(person, speaker)
  return speaker
}

const offers = new WeakMap<Known, { today: Day; hours: number }>()

function offeredToday(person: Known, today: Day): number {
  const known = offers.get(person)
  if (known?.today === today) return known.hours
  const hours = offeredOf(person, today)
  offers.set(person, { today, hours })
  return hours
}

/**
 * One row a person, the talks as one text: read once and known again by the text itself. A world of city size
 * (1,800 seats in ten weeks) took 27 ms with a row each, 14 ms with a text, 7 ms with texts known again.
 */
async function findEngagements(
  db: Db | Trx,
  houseId: string,
  spots: Roster['spots'],
  days: Days,
): Promise<Map<string, Engagement[]>> {
  const rows = await readTexts(db, houseId, days.from, days.to)
  return new Map(rows.map(row => [row.speaker_id, engagementsOf(row.talks, spots)]))
}

const readTexts = keptWithDiary('engagements', async (db, houseId, from: Day, to: Day) => {
  const { rows } = await sql<{ speaker_id: string; talks: string }>`
    select a.speaker_id, string_agg(concat_ws(' ', t.id, t.held_on, t.from_time, t.minutes, t.mode, t.host_id), '|') as talks
    from talks t join assignments a on a.talk_id = t.id
    where t.house_id = ${houseId} and t.held_on between ${from} and ${to}
      and t.state in ('booked', 'held') and a.state in ('invited', 'accepted')
    group by a.speaker_id`.execute(db)
  return rows
})

const read = new WeakMap<Roster['spots'], Map<string, Engagement[]>>()
const mostTexts = 4000

function engagementsOf(text: string, spots: Roster['spots']): Engagement[] {
  const texts = read.get(spots) ?? new Map<string, Engagement[]>()
  read.set(spots, texts)
  const known = texts.get(text)
  if (known) return known
  if (texts.size >= mostTexts) texts.clear()
  const engagements = text
    .split('|')
    .map(talk => engagement(talk, spots))
    .sort((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : one.from - other.from))
  texts.set(text, engagements)
  return engagements
}

function engagement(text: string, spots: Roster['spots']): Engagement {
  const [talkId = '', day = '', time = '', minutes, mode, hostId = ''] = text.split(' ')
  const from = minuteOf(time) ?? 0
  const { district, point } = spots.get(hostId) ?? { district: '', point: undefined }
  return { talkId, day, from, to: from + Number(minutes), hostId, district, point, online: mode !== 'onsite' }
}

const keptMinutes = 10
const unreadHours = 48
type Background = { hours: Map<string, Served>; unread: Map<string, Day> }
// what only weighs or is remarked and never decides: ten minutes old is good enough
const kept = new WeakMap<object, Map<string, Background & { today: Day; at: DateTime }>>()

/** Hours with travel that each person gave in the quarter before today, and whose own calendar was not read for two days. */
async function background(db: Db | Trx, houseId: string, zone: string, today: Day, now: DateTime): Promise<Background> {
  // one object for a database and all its transactions
  const { adapter } = db.getExecutor()
  const houses = kept.get(adapter) ?? new Map()
  kept.set(adapter, houses)
  const known = houses.get(houseId)
  if (known?.today === today && Math.abs(now.diff(known.at, 'minutes').minutes) < keptMinutes) return known
  const hours = await findServed(db, houseId, today)
  const calendars = await db
    .selectFrom('busy_calendars')
    .innerJoin('speakers', 'speakers.id', 'busy_calendars.speaker_id')
    .select(['busy_calendars.speaker_id', 'read_at'])
    .where('house_id', '=', houseId)
    .where('kind', '=', 'address')
    .where('read_at', '<', now.minus({ hours: unreadHours }))
    .execute()
  const unread = new Map(calendars.map(row => [row.speaker_id, wallOf(row.read_at, zone).day]))
  houses.set(houseId, { today, at: now, hours, unread })
  return { hours, unread }
}
