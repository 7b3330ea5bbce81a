import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Said } from '../base/i18n/language.ts'
import type { Day } from '../base/time.ts'

export type Visits = {
  held: number
  last: Day | null
  next: Day | null
  heads: number
  topics: { title: Said; times: number; last: Day }[]
}

/** The talks that a host has had, by topic, and the next one. */
export async function findVisits(db: Db, houseId: string, hostId: string, today: Day): Promise<Visits> {
  const rows = await db
    .selectFrom('talks')
    .innerJoin('topics', 'topics.id', 'talks.topic_id')
    .select([
      'title_kk',
      'title_ru',
      'title_en',
      sql<number>`count(*) filter (where talks.state = 'held')::int`.as('times'),
      sql<Day | null>`max(held_on) filter (where talks.state = 'held')`.as('last'),
      sql<Day | null>`min(held_on) filter (where talks.state = 'booked' and held_on >= ${today}::date)`.as('next'),
      sql<number>`coalesce(sum(heads_counted) filter (where talks.state = 'held'), 0)::int`.as('heads'),
    ])
    .where('talks.host_id', '=', hostId)
    .where('talks.house_id', '=', houseId)
    .where('talks.state', 'in', ['held', 'booked'])
    .groupBy('topics.id')
    .execute()
  const days = (of: 'last' | 'next') => rows.flatMap(row => row[of] ?? []).sort()
  return {
    held: rows.reduce((sum, { times }) => sum + times, 0),
    last: days('last').at(-1) ?? null,
    next: days('next')[0] ?? null,
    heads: rows.reduce((sum, { heads }) => sum + heads, 0),
    topics: rows
      .flatMap(row =>
        row.last === null
          ? []
          : [{ title: { kk: row.title_kk, ru: row.title_ru, en: row.title_en }, times: row.times, last: row.last }],
      )
      .sort((a, b) => (a.last < b.last ? 1 : -1)),
  }
}
