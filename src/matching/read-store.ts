import { sql } from 'kysely'
import { type Day, type Minute, type Moment, minuteOf } from '../base/time.ts'

export const minute = (text: string): Minute => minuteOf(text) ?? 0
export const moment = (row: { held_on: Day; from_time: string; minutes: number }): Moment => {
  const from = minute(row.from_time)
  return { day: row.held_on, from, to: from + row.minutes }
}
export const point = (row: { lat: number | null; lon: number | null }) =>
  row.lat === null || row.lon === null ? undefined : { lat: row.lat, lon: row.lon }

/** The values of a child table as one list of texts. */
export const list = (table: string, column: string, key: string, parent: string) =>
  sql<
    string[]
  >`array(select ${sql.ref(`${table}.${column}`)}::text from ${sql.table(table)} where ${sql.ref(`${table}.${key}`)} = ${sql.ref(`${parent}.id`)} order by 1)`
