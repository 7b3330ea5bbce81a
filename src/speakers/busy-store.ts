import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language } from '../base/i18n/language.ts'
import { clock, type DateTime } from '../base/time.ts'
import type { Busy } from './busy-rules.ts'
import { lockPeople, rowsOfPerson } from './person-store.ts'

/** The speaker, locked as bookings lock it: a busy time and a booking of the same hour wait for each other. */
export async function lockSpeaker(trx: Trx, id: string) {
  await lockPeople(trx, [id])
  return trx.selectFrom('speakers').select(['id', 'house_id as houseId']).where('id', '=', id).executeTakeFirst()
}

export const weeklyOf = (db: Db, speakerId: string) =>
  db
    .selectFrom('weekly_hours')
    .select(['id', 'given', 'weekday', 'from_time as from', 'to_time as to'])
    .where('speaker_id', '=', speakerId)
    .orderBy('weekday')
    .orderBy('from_time')
    .orderBy('id')
    .execute()

/** The same with the busy hours that the person has in other Houses: they hold in all of them. */
export const weeklyOfPerson = (db: Db, speakerId: string) =>
  db
    .selectFrom('weekly_hours')
    .select(['id', 'given', 'weekday', 'from_time as from', 'to_time as to'])
    .where('speaker_id', 'in', rowsOfPerson(speakerId))
    .where(it => it.or([it('given', '=', false), it('speaker_id', '=', speakerId)]))
    .orderBy('weekday')
    .orderBy('from_time')
    .orderBy('id')
    .execute()

/** One of a person's days off or busy hours. */
export const findAbsence = (db: Db, speakerId: string, id: string) =>
  db
    .selectFrom('absences')
    .select(['id', 'during'])
    .where('id', '=', id)
    .where('speaker_id', 'in', rowsOfPerson(speakerId))
    .executeTakeFirst()

/** Days off and busy hours that are not over yet, in whichever House they were entered. */
export const absencesOf = (db: Db, speakerId: string, now: DateTime) =>
  db
    .selectFrom('absences')
    .select(['id', 'during'])
    .where('speaker_id', 'in', rowsOfPerson(speakerId))
    .where(eb => eb.fn<DateTime>('upper', ['during']), '>', now)
    .orderBy('during')
    .execute()

/** Standing talks that lie in a busy time or outside the hours that are given: nothing moves by itself, but the speaker is told. */
export const talksInBusyTimes = (db: Db, speakerId: string, language: Language, now: DateTime) =>
  db
    .selectFrom('assignments')
    .innerJoin('talks', 'talks.id', 'assignments.talk_id')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .select(['talks.id', 'talks.held_on as day', 'talks.from_time as from', `hosts.name_${language} as host`])
    .where('assignments.speaker_id', 'in', rowsOfPerson(speakerId))
    .where('assignments.state', 'in', ['invited', 'accepted'])
    .where('talks.state', '=', 'booked')
    .where(eb => eb.fn<DateTime>('lower', ['talks.during']), '>', now)
    .where(eb =>
      eb.or([
        eb.exists(
          eb
            .selectFrom('absences')
            .select('absences.id')
            .where('absences.speaker_id', 'in', rowsOfPerson(speakerId))
            .where(sql<boolean>`absences.during && talks.during`),
        ),
        eb.exists(
          eb
            .selectFrom('busy_intervals')
            .select('busy_intervals.speaker_id')
            .where('busy_intervals.speaker_id', 'in', rowsOfPerson(speakerId))
            .where(sql<boolean>`busy_intervals.during && talks.during`),
        ),
        sql<boolean>`exists (select from weekly_hours w where w.speaker_id = assignments.speaker_id and given)
          and not exists (select from weekly_hours w where w.speaker_id = assignments.speaker_id and given
            and weekday = extract(isodow from talks.held_on) and w.from_time <= talks.from_time
            and w.to_time >= talks.from_time + make_interval(mins => talks.minutes))`,
        eb.exists(
          eb
            .selectFrom('weekly_hours')
            .select('weekly_hours.id')
            .where('weekly_hours.speaker_id', 'in', rowsOfPerson(speakerId))
            .where('given', '=', false)
            .where(
              sql<boolean>`weekday = extract(isodow from talks.held_on) and from_time < talks.from_time + make_interval(mins => talks.minutes) and to_time > talks.from_time`,
            ),
        ),
      ]),
    )
    .orderBy('talks.held_on')
    .orderBy('talks.from_time')
    .limit(20)
    .execute()

/** How many rows a speaker has: enough for anybody, and a limit for a machine. */
export async function countBusy(trx: Trx, speakerId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from weekly_hours where speaker_id = ${speakerId}) + (select count(*) from absences where speaker_id = ${speakerId}) as count`.execute(
    trx,
  )
  return rows[0]?.count ?? 0
}

/** Writes busy times; one that stands there already is not written again. Gives the id of one of one date. */
export async function insertBusy(trx: Trx, speakerId: string, busy: Busy): Promise<string | undefined> {
  if ('absence' in busy) {
    const same = await trx
      .selectFrom('absences')
      .select('id')
      .where('speaker_id', '=', speakerId)
      .where('during', '=', busy.absence)
      .executeTakeFirst()
    if (same) return same.id
    const { id } = await trx
      .insertInto('absences')
      .values({ speaker_id: speakerId, during: busy.absence })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  }
  const known = await trx
    .selectFrom('weekly_hours')
    .select(['weekday', 'from_time', 'to_time'])
    .where('speaker_id', '=', speakerId)
    .where('given', '=', false)
    .execute()
  const rows = busy.weekly
    .map(({ weekday, from, to }) => ({
      speaker_id: speakerId,
      given: false,
      weekday,
      from_time: clock(from),
      to_time: clock(to),
    }))
    .filter(
      row =>
        !known.some(
          each => each.weekday === row.weekday && each.from_time === row.from_time && each.to_time === row.to_time,
        ),
    )
  if (rows.length > 0) await trx.insertInto('weekly_hours').values(rows).execute()
  return
}

/** Takes one busy time of this person away; false when there is none of that id. */
export async function deleteBusy(
  trx: Trx,
  speakerId: string,
  { table, id }: { table: 'weekly_hours' | 'absences'; id: string },
): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom(table)
    .where('id', '=', id)
    .where('speaker_id', 'in', rowsOfPerson(speakerId))
    .executeTakeFirst()
  return numDeletedRows > 0n
}
