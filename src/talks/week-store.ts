import { sql } from 'kysely'
import { keptWithDiary } from '../base/db/diary.ts'
import { kept } from '../base/db/kept.ts'
import type { Db } from '../base/db/open.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime, Day } from '../base/time.ts'
import { findElsewhere } from '../matching/elsewhere-store.ts'
import { findRoster, type Roster } from '../matching/roster-store.ts'
import type { Known } from '../matching/speaker-store.ts'
import { countTalks } from '../speakers/directory-store.ts'

/** Every seat of the talks of these days. */
export const findSeatsOfDays = keptWithDiary('seats of days', (db, houseId, language: Language, from: Day, to: Day) =>
  db
    .selectFrom('talks')
    .innerJoin('assignments', 'assignments.talk_id', 'talks.id')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .select([
      'talks.id as talkId',
      'talks.held_on as day',
      'talks.from_time',
      'talks.minutes',
      'talks.state',
      `hosts.name_${language} as host`,
      'assignments.speaker_id as speakerId',
      'assignments.state as seat',
    ])
    .where('talks.house_id', '=', houseId)
    .where('talks.held_on', '>=', from)
    .where('talks.held_on', '<=', to)
    .where('talks.state', 'in', ['booked', 'held'])
    .where('assignments.state', 'in', ['invited', 'accepted'])
    .orderBy('talks.held_on')
    .orderBy('talks.from_time')
    .orderBy('talks.id')
    .execute(),
)
export type SeatOfDay = Awaited<ReturnType<typeof findSeatsOfDays>>[number]

/** The House's people with their groups, and how many talks each has in the month. */
export async function findPeople(db: Db, houseId: string, language: Language, month: Day, now: DateTime) {
  const inMonth = await countTalks(db, houseId, month)
  const people = await findFaces(db, houseId, language, now)
  return people.map(person => ({ ...person, inMonth: inMonth.get(person.id) ?? 0 }))
}

type Face = Awaited<ReturnType<typeof readFaces>>
const faces = new WeakMap<Roster, Map<Language, Face>>()

/** Names, professions, languages and groups: read once as long as nobody changes them. */
async function findFaces(db: Db, houseId: string, language: Language, now: DateTime): Promise<Face> {
  const roster = await findRoster(db, houseId, now)
  const known = roster && faces.get(roster)?.get(language)
  if (known) return known
  const read = await readFaces(db, houseId, language)
  if (roster) faces.set(roster, (faces.get(roster) ?? new Map()).set(language, read))
  return read
}

const readFaces = (db: Db, houseId: string, language: Language) =>
  db
    .selectFrom('speakers')
    .select([
      'speakers.id',
      `speakers.name_${language} as name`,
      'speakers.limit_month',
      'speakers.left_on',
      sql<
        string | null
      >`(select min(g.slug) from group_members m join groups g on g.id = m.group_id where m.speaker_id = speakers.id)`.as(
        'group',
      ),
      sql<
        string[]
      >`array(select profession from speaker_professions p where p.speaker_id = speakers.id order by position)`.as(
        'professions',
      ),
      sql<
        string[]
      >`array(select language from speaker_languages l where l.speaker_id = speakers.id order by language)`.as(
        'languages',
      ),
    ])
    .where('speakers.house_id', '=', houseId)
    .execute()
export type PersonRow = Awaited<ReturnType<typeof findPeople>>[number]

export const findGroups = kept((db, houseId: string, language: Language) =>
  db
    .selectFrom('groups')
    .select([
      'slug',
      `name_${language} as name`,
      sql<
        string[]
      >`array(select d.${sql.ref(`name_${language}`)} from group_districts g join districts d on d.kato = g.district where g.group_id = groups.id order by 1)`.as(
        'districts',
      ),
    ])
    .where('house_id', '=', houseId)
    .orderBy('slug')
    .execute(),
)
export type GroupRow = Awaited<ReturnType<typeof findGroups>>[number]

/**
 * When each speaker is taken by other things: every week, or on a day. From what the process keeps of the House; talks for
 * other Houses are asked for these days, as times without a word on them, and not at all where nobody serves two Houses.
 */
export async function findBusy(db: Db, houseId: string, now: DateTime, from: Day, to: Day) {
  const roster = await findRoster(db, houseId, now)
  if (!roster) return new Map<string, Pick<Known, 'busy' | 'absences'>>()
  const elsewhere = await findElsewhere(db, roster, { from, to })
  return new Map(
    roster.speakers.map(({ id, busy, absences }) => [
      id,
      { busy, absences: [...absences, ...(elsewhere.get(id) ?? []).map(({ day, from, to }) => ({ day, from, to }))] },
    ]),
  )
}
export type Busy = Awaited<ReturnType<typeof findBusy>>
