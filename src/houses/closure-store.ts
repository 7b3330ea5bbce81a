import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { type DateTime, type Day, minuteOf } from '../base/time.ts'
import type { Closure, HostKind } from '../hosts/rules.ts'
import type { ClosureValue, Standing } from './closure-rules.ts'

const minute = (text: string) => minuteOf(text) ?? 0

const closures = (db: Db | Trx, houseId: string) =>
  db
    .selectFrom('closures')
    .select([
      'id',
      'districts',
      'host_kinds',
      'shifts',
      'grades',
      'from_on',
      'to_on',
      'outcome',
      'cause',
      'link',
      'name_kk',
      'name_ru',
      'name_en',
      'created_at',
      'lifted_at',
    ])
    .where('house_id', '=', houseId)

/** The newest closures of a House, those that stand and those that are over. */
export const findClosures = async (db: Db, houseId: string, most: number) =>
  (await closures(db, houseId).orderBy('from_on', 'desc').orderBy('created_at', 'desc').limit(most).execute()).map(
    closureOf,
  )

export async function findClosure(db: Db | Trx, houseId: string, id: string) {
  const row = await closures(db, houseId).where('id', '=', id).executeTakeFirst()
  return row && closureOf(row)
}

type Row = Awaited<ReturnType<ReturnType<typeof closures>['executeTakeFirstOrThrow']>>
const closureOf = (it: Row) => ({
  id: it.id,
  lifted: it.lifted_at !== null,
  districts: it.districts,
  hostKinds: it.host_kinds as HostKind[],
  shifts: it.shifts,
  grades: it.grades,
  from: it.from_on,
  to: it.to_on,
  outcome: it.outcome,
  cause: it.cause,
  link: it.link,
  names: { kk: it.name_kk, ru: it.name_ru, en: it.name_en },
})
export type ClosureRow = ReturnType<typeof closureOf>

/** The names of the shifts that hosts of the House have. */
export async function findShifts(db: Db, houseId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('host_shifts')
    .innerJoin('hosts', 'hosts.id', 'host_shifts.host_id')
    .select('shift')
    .distinct()
    .where('house_id', '=', houseId)
    .orderBy('shift')
    .execute()
  return rows.map(({ shift }) => shift)
}

/** The booked talks of some days that have not begun, with what a closure asks of them. */
export async function findStanding(db: Db | Trx, houseId: string, from: Day, to: Day, now: DateTime) {
  const talks = await db
    .selectFrom('talks')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .innerJoin('topics', 'topics.id', 'talks.topic_id')
    .leftJoin('requests', 'requests.id', 'talks.request_id')
    .select([
      'talks.id',
      'held_on',
      'from_time',
      'talks.minutes',
      'talks.mode',
      'talks.host_id',
      'requests.audience',
      'requests.grades',
      'hosts.kind',
      'hosts.district',
      'hosts.online',
      'hosts.name_kk as host_kk',
      'hosts.name_ru as host_ru',
      'hosts.name_en as host_en',
      'title_kk',
      'title_ru',
      'title_en',
    ])
    .where('talks.house_id', '=', houseId)
    .where('talks.state', '=', 'booked')
    .where('held_on', '>=', from)
    .where('held_on', '<=', to)
    .where(sql<boolean>`lower(talks.during) > ${now.toISO()}::timestamptz`)
    .orderBy('held_on')
    .orderBy('from_time')
    .orderBy('talks.id')
    .execute()
  const shifts = await findBells(db, [...new Set(talks.map(talk => talk.host_id))])
  return talks.map(it => {
    const start = minute(it.from_time)
    return {
      id: it.id,
      moment: { day: it.held_on, from: start, to: start + it.minutes },
      online: it.mode !== 'onsite',
      mayGoOnline: it.online,
      // a talk without a request was entered by hand for listeners nobody named: counted as pupils, it is rather shown than missed
      audience: it.audience ?? 'pupils',
      grades: it.grades ?? [],
      host: { kind: it.kind, district: it.district, shifts: shifts.get(it.host_id) ?? [] },
      hostNames: { kk: it.host_kk, ru: it.host_ru, en: it.host_en },
      titles: { kk: it.title_kk, ru: it.title_ru, en: it.title_en },
    }
  }) satisfies Standing[]
}
export type StandingRow = Awaited<ReturnType<typeof findStanding>>[number]

async function findBells(db: Db | Trx, hosts: string[]) {
  if (hosts.length === 0) return new Map<string, Standing['host']['shifts']>()
  const rows = await db
    .selectFrom('host_shifts')
    .innerJoin('host_lessons', join =>
      join
        .onRef('host_lessons.host_id', '=', 'host_shifts.host_id')
        .onRef('host_lessons.shift', '=', 'host_shifts.shift'),
    )
    .select(['host_shifts.host_id', 'host_shifts.shift', 'grades', 'languages', 'n', 'from_time', 'to_time'])
    .where('host_shifts.host_id', 'in', hosts)
    .orderBy('host_shifts.shift')
    .orderBy('n')
    .execute()
  return new Map(
    [...Map.groupBy(rows, row => row.host_id)].map(([host, its]) => [
      host,
      [...Map.groupBy(its, row => row.shift)].map(([name, lessons]) => ({
        name,
        grades: lessons[0]?.grades ?? [],
        languages: lessons[0]?.languages ?? [],
        lessons: lessons.map(it => ({ n: it.n, from: minute(it.from_time), to: minute(it.to_time) })),
      })),
    ]),
  )
}

export async function insertClosure(
  trx: Trx,
  houseId: string,
  accountId: string,
  it: ClosureValue,
  now: DateTime,
): Promise<string> {
  const { id } = await trx
    .insertInto('closures')
    .values({
      house_id: houseId,
      districts: it.districts,
      host_kinds: it.hostKinds,
      shifts: it.shifts,
      grades: it.grades,
      from_on: it.from,
      to_on: it.to,
      outcome: it.outcome,
      cause: it.cause,
      link: it.link,
      name_kk: it.names.kk,
      name_ru: it.names.ru,
      name_en: it.names.en,
      created_by: accountId,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** From now on nothing is closed by it. */
export async function liftClosure(trx: Trx, id: string, now: DateTime): Promise<void> {
  await trx.updateTable('closures').set({ lifted_at: now }).where('id', '=', id).execute()
}

/** What stands closed in a House besides these closures, as the engine reads it. */
export async function findOtherClosures(db: Db | Trx, houseId: string, exceptIds: string[]): Promise<Closure[]> {
  const rows = await closures(db, houseId).where('lifted_at', 'is', null).where('id', 'not in', exceptIds).execute()
  return rows.map(closureOf)
}
