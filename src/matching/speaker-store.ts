import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import {
  type DateTime,
  type Day,
  dayNumber,
  type Minute,
  type Moment,
  plusDays,
  type Span,
  type Weekday,
  wallAt,
  wallOf,
} from '../base/time.ts'
import type { Leave } from '../speakers/fairness-rules.ts'
import type { Speaker } from '../speakers/rules.ts'
import type { Twins } from './elsewhere-store.ts'
import { list, minute, point } from './read-store.ts'

/** A speaker without the talks, which change all day. */
export type Known = Omit<Speaker, 'engagements' | 'hoursServed' | 'unreadSince'>

/** Everybody of the House, with what they give and what takes their time. */
export async function findSpeakers(
  db: Db | Trx,
  { houseId, zone, now, twins }: { houseId: string; zone: string; now: DateTime; twins: Twins },
): Promise<Known[]> {
  const rows = await db
    .selectFrom('speakers')
    .select([
      'id',
      'home_district',
      'lat',
      'lon',
      'transport',
      'limit_day',
      'limit_week',
      'limit_month',
      'hours_offered_a_quarter',
      'paused_from',
      'paused_to',
      'left_on',
      sql<
        string[]
      >`array(select profession from speaker_professions p where p.speaker_id = speakers.id order by position)`.as(
        'professions',
      ),
      list('speaker_languages', 'language', 'speaker_id', 'speakers').as('languages'),
      list('speaker_topics', 'topic_id', 'speaker_id', 'speakers').as('topics'),
      list('speaker_audiences', 'audience', 'speaker_id', 'speakers').as('audiences'),
      sql<
        string[]
      >`array(with theirs as (select distinct district from group_members m join group_districts d using (group_id) where m.speaker_id = speakers.id),
          own as (select district from speaker_districts o where o.speaker_id = speakers.id)
        select district from theirs where district in (select district from own) or not exists (select from own join theirs using (district))
        union select district from own where not exists (select from theirs))`.as('districts'),
    ])
    .where('house_id', '=', houseId)
    .orderBy('id')
    .execute()
  const ofHouse = db.selectFrom('speakers').select('id').where('house_id', '=', houseId)
  // what a person enters in one House holds in all of theirs
  const ofPeople = db
    .selectFrom('speakers')
    .select('id')
    .where(sql<boolean>`(house_id = ${houseId} or id = any(${[...twins.keys()]}::uuid[]))`)
  const own = ({ speaker_id }: { speaker_id: string }) => twins.get(speaker_id) ?? speaker_id
  const weekly = await db
    .selectFrom('weekly_hours')
    .select(['speaker_id', 'given', 'weekday', 'from_time', 'to_time'])
    .where('speaker_id', 'in', ofPeople)
    .execute()
  const absences = await db
    .selectFrom('absences')
    .select(['speaker_id', 'during'])
    .where('speaker_id', 'in', ofPeople)
    .where(sql<boolean>`upper(during) > ${now.minus({ days: 100 }).toISO()}::timestamptz`)
    .execute()
  const credentials = await db
    .selectFrom('credentials')
    .select(['speaker_id', 'kind', 'valid_from', 'valid_until'])
    .where('speaker_id', 'in', ofHouse)
    .execute()
  const overrides = await db
    .selectFrom('fairness_overrides')
    .select(['speaker_id', 'weight', 'until_on'])
    .where('house_id', '=', houseId)
    .where('ended_at', 'is', null)
    .execute()
  // one row a person and numbers instead of ranges: a House has tens of thousands of these
  const { rows: imported } = await sql<{ speaker_id: string; starts: number[]; ends: number[] }>`
    select speaker_id, array_agg(extract(epoch from lower(during))::int order by during) as starts,
      array_agg(extract(epoch from upper(during))::int order by during) as ends
    from busy_intervals where (speaker_id in (select id from speakers where house_id = ${houseId}) or speaker_id = any(${[...twins.keys()]}::uuid[]))
      and upper(during) > ${now.minus({ days: 2 }).toISO()}::timestamptz
    group by speaker_id`.execute(db)
  // the hours that are given are each House's own
  const weeklyOf = Map.groupBy(
    weekly.filter(row => !row.given || !twins.has(row.speaker_id)),
    own,
  )
  const overridesOf = new Map(overrides.map(row => [row.speaker_id, row]))
  const absencesOf = Map.groupBy(absences, own)
  const importedOf = Map.groupBy(imported, own)
  const credentialsOf = Map.groupBy(credentials, row => row.speaker_id)
  return rows.map(row => {
    const its = (weeklyOf.get(row.id) ?? []).map(it => ({
      given: it.given,
      weekday: it.weekday as Weekday,
      from: minute(it.from_time),
      to: minute(it.to_time),
    }))
    const override = overridesOf.get(row.id)
    return {
      id: row.id,
      professions: row.professions,
      languages: row.languages,
      topics: row.topics,
      audiences: row.audiences,
      districts: row.districts,
      homeDistrict: row.home_district,
      home: point(row),
      transport: row.transport,
      hours: its.filter(it => it.given),
      busy: its.filter(it => !it.given),
      absences: [
        ...(absencesOf.get(row.id) ?? []).flatMap(absence => momentsOf(absence.during, zone)),
        ...(importedOf.get(row.id) ?? []).flatMap(its => importedMoments(its, zone)),
      ],
      pausedFrom: row.paused_from ?? undefined,
      pausedTo: row.paused_to ?? undefined,
      limits: { day: row.limit_day, week: row.limit_week, month: row.limit_month },
      credentials: (credentialsOf.get(row.id) ?? []).map(it => ({
        kind: it.kind,
        from: it.valid_from,
        until: it.valid_until ?? undefined,
      })),
      hoursOffered: Number(row.hours_offered_a_quarter),
      leftOn: row.left_on ?? undefined,
      leave: (absencesOf.get(row.id) ?? []).flatMap(absence => leaveOf(absence.during, zone)),
      override: override && { weight: Number(override.weight), until: override.until_on },
    }
  })
}

type Wall = { day: Day; minute: Minute }

/** The whole days of an absence. */
function leaveOf(during: Span, zone: string): Leave[] {
  const [start, end] = [wallOf(during.from, zone), wallOf(during.to, zone)]
  const [from, to] = [start.minute === 0 ? start.day : plusDays(start.day, 1), plusDays(end.day, -1)]
  return from <= to ? [{ from, to }] : []
}

/** A stretch of the time line as parts of days on the wall clock of the zone. */
const momentsOf = (during: Span, zone: string): Moment[] => partsOf(wallOf(during.from, zone), wallOf(during.to, zone))

const importedMoments = (row: { starts: number[]; ends: number[] }, zone: string): Moment[] =>
  row.starts.flatMap((start, at) => partsOf(wallAt(start * 1000, zone), wallAt((row.ends[at] ?? start) * 1000, zone)))

function partsOf(start: Wall, end: Wall): Moment[] {
  const moments: Moment[] = []
  for (let day = start.day; dayNumber(day) <= dayNumber(end.day) && moments.length < 400; day = plusDays(day, 1)) {
    const from = day === start.day ? start.minute : 0
    const to = day === end.day ? end.minute : 1440
    if (to > from) moments.push({ day, from, to })
  }
  return moments
}
