import type { Trx } from '../base/db/transact.ts'
import { clock, minuteOf, type Weekday } from '../base/time.ts'
import type { weeklyOf } from './busy-store.ts'
import type { Hours } from './grid-rules.ts'

/** Rows of weekly hours as the rules read them. */
export const hoursFrom = (rows: Awaited<ReturnType<typeof weeklyOf>>): Hours =>
  rows.map(({ weekday, from, to, given }) => ({
    weekday: weekday as Weekday,
    from: minuteOf(from) ?? 0,
    to: minuteOf(to) ?? 0,
    given,
  }))

/** Writes the weekly hours of a speaker anew; the caller has locked the person. */
export async function replaceHours(trx: Trx, speakerId: string, hours: Hours): Promise<void> {
  await trx.deleteFrom('weekly_hours').where('speaker_id', '=', speakerId).execute()
  if (hours.length === 0) return
  await trx
    .insertInto('weekly_hours')
    .values(
      hours.map(({ weekday, from, to, given }) => ({
        ...{ speaker_id: speakerId, weekday, given },
        from_time: clock(from),
        to_time: clock(to),
      })),
    )
    .execute()
}
