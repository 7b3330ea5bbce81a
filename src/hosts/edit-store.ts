import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import { findHallsOfTalks, hallsFor, moveTalks } from './hall-merge-store.ts'
import { findHalls } from './hall-store.ts'

/** One host with everything a coordinator may look up or edit. */
export async function findHostPage(db: Db, houseId: string, id: string) {
  const host = await db
    .selectFrom('hosts')
    .innerJoin('districts', 'districts.kato', 'hosts.district')
    .select([
      'hosts.id',
      'kind',
      'hosts.name_kk',
      'hosts.name_ru',
      'hosts.name_en',
      'folded',
      'district',
      'address_kk',
      'address_ru',
      'week_type',
      'class_hour_weekday',
      'class_hour_lesson',
      'lunch_from',
      'lunch_to',
      'hall_seats',
      'online',
      'visitor_list',
      'hosts.lat',
      'hosts.lon',
      'languages',
      'checked_at',
      'districts.name_kk as district_kk',
      'districts.name_ru as district_ru',
      'districts.name_en as district_en',
    ])
    .where('hosts.id', '=', id)
    .where('house_id', '=', houseId)
    .where('merged_into', 'is', null)
    .executeTakeFirst()
  if (!host) return
  const shifts = await db
    .selectFrom('host_shifts')
    .select(['shift', 'grades', 'languages'])
    .where('host_id', '=', id)
    .orderBy('shift')
    .execute()
  const lessons = await db
    .selectFrom('host_lessons')
    .select(['shift', 'n', 'from_time', 'to_time'])
    .where('host_id', '=', id)
    .orderBy('shift')
    .orderBy('n')
    .execute()
  const hours = await db
    .selectFrom('host_hours')
    .select(['weekday', 'from_time', 'to_time', 'talk_window'])
    .where('host_id', '=', id)
    .orderBy('weekday')
    .orderBy('from_time')
    .execute()
  const halls = await findHalls(db, [id])
  const contacts = await db
    .selectFrom('contacts')
    .select([
      'id',
      'name',
      'position',
      'email',
      'phone',
      'language',
      'channel',
      'reminder_days',
      'reminder_day_before_at',
      'reminder_hours',
      sql<boolean>`exists (select from requests where requests.contact_id = contacts.id)`.as('used'),
    ])
    .where('host_id', '=', id)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(10)
    .execute()
  const talks = await db
    .selectFrom('talks')
    .innerJoin('topics', 'topics.id', 'talks.topic_id')
    .leftJoin('requests', 'requests.id', 'talks.request_id')
    .select([
      'talks.id',
      'held_on',
      'from_time',
      'talks.state',
      'title_kk',
      'title_ru',
      'title_en',
      'requests.number',
      'heads_counted',
    ])
    .where('talks.host_id', '=', id)
    .where('talks.house_id', '=', houseId)
    .orderBy('held_on', 'desc')
    .orderBy('from_time', 'desc')
    .limit(20)
    .execute()
  return {
    ...host,
    shifts: shifts.map(shift => ({ ...shift, lessons: lessons.filter(lesson => lesson.shift === shift.shift) })),
    hours,
    halls: halls.map(({ host_id: _, ...hall }) => hall),
    contacts,
    talks,
  }
}
export type HostPage = NonNullable<Awaited<ReturnType<typeof findHostPage>>>
/** A host as its form knows it. */
export type HostWhole = Omit<HostPage, 'talks' | 'checked_at' | 'district_kk' | 'district_ru' | 'district_en'>

export async function markHostChecked(trx: Trx, houseId: string, id: string, now: DateTime): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('hosts')
    .set({ checked_at: now })
    .where('id', '=', id)
    .where('house_id', '=', houseId)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Locks both entries in order of id; undefined unless both are this House's and stand. */
export async function lockPair(
  trx: Trx,
  houseId: string,
  a: string,
  b: string,
): Promise<Map<string, string> | undefined> {
  const rows = await trx
    .selectFrom('hosts')
    .select(['id', 'folded'])
    .where('id', 'in', [a, b])
    .where('house_id', '=', houseId)
    .where('merged_into', 'is', null)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  return rows.length === 2 ? new Map(rows.map(({ id, folded }) => [id, folded])) : undefined
}

const hanging = ['contacts', 'requests', 'talks', 'feeds', 'bans'] as const
/** The ids of what a merge moved, by table. */
export type Moved = Record<(typeof hanging)[number], string[]> & {
  /** What hung on the entry that stays: anything else that hangs there later is new. */
  own: string[]
  /** In which halls the talks stood. */
  halls?: Record<string, string>
}

/** Moves all that hangs on a duplicate to the entry that stays, whichever feature it belongs to; what it was, for an undo. Undefined: a talk finds no hall. */
export async function moveAll(trx: Trx, duplicate: string, into: string, folded: string): Promise<Moved | undefined> {
  const halls = await hallsFor(trx, into, { hostId: duplicate })
  if (!halls) return
  const { rows: own } = await sql<{ id: string }>`select id from contacts where host_id = ${into}
    union all select id from requests where host_id = ${into} union all select id from talks where host_id = ${into}`.execute(
    trx,
  )
  const moved: Moved = { contacts: [], requests: [], talks: [], feeds: [], bans: [], own: own.map(({ id }) => id) }
  moved.halls = await findHallsOfTalks(trx, duplicate)
  await moveTalks(trx, duplicate, into, halls)
  for (const table of hanging) {
    const { rows } =
      table === 'talks'
        ? { rows: [...halls.keys()].map(id => ({ id })) }
        : await sql<{ id: string }>`
      update ${sql.table(table)} set host_id = ${into} where host_id = ${duplicate} returning id`.execute(trx)
    moved[table] = rows.map(({ id }) => id)
  }
  await trx.updateTable('hosts').set({ merged_into: into }).where('id', '=', duplicate).execute()
  await trx.updateTable('hosts').set({ folded }).where('id', '=', into).execute()
  return moved
}

/** Gives back what a merge moved and what still hangs there. False: a talk finds no hall. */
export async function moveBack(trx: Trx, kept: string, duplicate: string, moved: Moved): Promise<boolean> {
  const halls = await hallsFor(trx, duplicate, { hostId: kept, ids: moved.talks }, moved.halls)
  if (!halls) return false
  await moveTalks(trx, kept, duplicate, halls)
  for (const table of hanging.filter(each => each !== 'talks'))
    await sql`update ${sql.table(table)} set host_id = ${duplicate}
      where host_id = ${kept} and id = any(${moved[table]}::uuid[])`.execute(trx)
  await trx.updateTable('hosts').set({ merged_into: null }).where('id', '=', duplicate).execute()
  return true
}
