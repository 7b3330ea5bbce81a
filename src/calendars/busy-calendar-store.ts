import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { BusyCalendarKind } from '../base/db/tables.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import type { BusySpan, Fault } from './busy-calendar-rules.ts'

export type BusyCalendar = NonNullable<Awaited<ReturnType<typeof findBusyCalendar>>>

/** A speaker's own calendar, as it was last read. */
export const findBusyCalendar = (db: Db | Trx, speakerId: string) =>
  db
    .selectFrom('busy_calendars')
    .select([
      'speaker_id as speakerId',
      'kind',
      'sealed_address as sealedAddress',
      'etag',
      'last_modified as lastModified',
      'read_at as readAt',
      'whole_at as wholeAt',
      'fault',
      'doubtful',
      'events',
      'unreadable',
    ])
    .where('speaker_id', '=', speakerId)
    .executeTakeFirst()

/** What a calendar is read for: the person's addresses, and the zone and setting of the House. */
export const findReader = (db: Db, speakerId: string) =>
  db
    .selectFrom('speakers')
    .innerJoin('houses', 'houses.id', 'speakers.house_id')
    .leftJoin('accounts', 'accounts.id', 'speakers.account_id')
    .select([
      'speakers.email',
      'accounts.email as accountEmail',
      'houses.zone',
      'houses.reads_calendars as readsCalendars',
    ])
    .where('speakers.id', '=', speakerId)
    .executeTakeFirstOrThrow()

/** How many busy times lie ahead until a day. */
export async function countAhead(db: Db, speakerId: string, from: DateTime, to: DateTime): Promise<number> {
  const { count } = await db
    .selectFrom('busy_intervals')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('speaker_id', '=', speakerId)
    .where('during', '&&', { from, to })
    .executeTakeFirstOrThrow()
  return count
}

/** Takes the calendar that waits longest to be read, for this worker alone; undefined when none is due. */
export async function claimDue(db: Db, tried: DateTime, now: DateTime): Promise<string | undefined> {
  const { rows } = await sql<{ speaker_id: string }>`
    update busy_calendars set tried_at = ${now.toISO()}::timestamptz where speaker_id = (
      select c.speaker_id from busy_calendars c join speakers s on s.id = c.speaker_id join houses h on h.id = s.house_id
      where c.kind = 'address' and c.tried_at < ${tried.toISO()}::timestamptz and h.reads_calendars
        and (s.left_on is null or s.left_on > ${now.toISO()}::timestamptz::date)
      order by c.tried_at limit 1 for update of c skip locked)
    returning speaker_id`.execute(db)
  return rows[0]?.speaker_id
}

export type CalendarRow = {
  kind: BusyCalendarKind
  sealedAddress: string | null
  etag: string | null
  lastModified: string | null
  doubtful: boolean
  events: number
  unreadable: number
  digest: string
}

/** Puts a calendar in the place of what the speaker had, if anything; its times follow by `writeIntervals`. */
export async function putCalendar(trx: Trx, speakerId: string, row: CalendarRow, now: DateTime): Promise<void> {
  await deleteCalendar(trx, speakerId)
  await trx
    .insertInto('busy_calendars')
    .values({
      speaker_id: speakerId,
      kind: row.kind,
      sealed_address: row.sealedAddress,
      ...readingOf(row),
      added_at: now,
      read_at: now,
      whole_at: now,
      tried_at: now,
    })
    .execute()
}

/** Keeps a reading of the same calendar; false when its times are those that stand already. */
export async function keepReading(trx: Trx, speakerId: string, row: CalendarRow, now: DateTime): Promise<boolean> {
  const before = await trx
    .selectFrom('busy_calendars')
    .select('digest')
    .where('speaker_id', '=', speakerId)
    .executeTakeFirst()
  await trx
    .updateTable('busy_calendars')
    .set({ ...readingOf(row), read_at: now, whole_at: now, tried_at: now, fault: null })
    .where('speaker_id', '=', speakerId)
    .execute()
  return before?.digest !== row.digest
}

const readingOf = ({ etag, lastModified, doubtful, events, unreadable, digest }: CalendarRow) => ({
  etag,
  last_modified: lastModified,
  doubtful,
  events,
  unreadable,
  digest,
})

/** The server said that nothing changed. */
export const keepUnchanged = (trx: Trx, speakerId: string, now: DateTime) =>
  trx
    .updateTable('busy_calendars')
    .set({ read_at: now, tried_at: now, fault: null })
    .where('speaker_id', '=', speakerId)
    .execute()

/** Notes why a calendar could not be read; what was read before stands. */
export const keepFault = (trx: Trx, speakerId: string, fault: Fault, now: DateTime) =>
  trx.updateTable('busy_calendars').set({ fault, tried_at: now }).where('speaker_id', '=', speakerId).execute()

/** All busy times anew, in two statements however many there are. */
export async function writeIntervals(trx: Trx, speakerId: string, spans: BusySpan[]): Promise<void> {
  await trx.deleteFrom('busy_intervals').where('speaker_id', '=', speakerId).execute()
  if (spans.length === 0) return
  const [from, to] = [spans.map(span => span[0]), spans.map(span => span[1])]
  await sql`
    insert into busy_intervals (speaker_id, during)
    select ${speakerId}::uuid, tstzrange(to_timestamp(f), to_timestamp(t), '[)') from unnest(${from}::int[], ${to}::int[]) as s (f, t)`.execute(
    trx,
  )
}

export async function deleteCalendar(trx: Trx, speakerId: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('busy_calendars')
    .where('speaker_id', '=', speakerId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
