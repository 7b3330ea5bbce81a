import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Said } from '../base/i18n/language.ts'
import type { DateTime, Day } from '../base/time.ts'

export type PaperKind = 'letter' | 'thanks'
/** Whom or what a paper is about. */
export type Subject = { of: 'talk' | 'speaker' | 'host'; id: string }

/** The paper that was issued about this; thanks are looked for in their year. */
export const findIssued = (db: Db | Trx, houseId: string, { of, id }: Subject, year?: number) =>
  db
    .selectFrom('papers')
    .select(['number', 'issued_on as on', 'issued_by as by'])
    .where('house_id', '=', houseId)
    .where(`${of}_id`, '=', id)
    .$if(year !== undefined, query => query.where('year', '=', year ?? 0))
    .executeTakeFirst()

/** Numbers of a House follow each other: who issues one waits for who issues another. */
export const lockHouse = (trx: Trx, houseId: string) =>
  trx.selectFrom('houses').select('id').where('id', '=', houseId).forNoKeyUpdate().executeTakeFirstOrThrow()

export async function insertPaper(
  trx: Trx,
  paper: { houseId: string; kind: PaperKind; subject: Subject; year: number; on: Day; at: DateTime; by: string },
): Promise<number> {
  const { houseId, kind, subject, year, on, at, by } = paper
  const row = await trx
    .insertInto('papers')
    .values({
      house_id: houseId,
      kind,
      year,
      number: sql<number>`(select coalesce(max(number), 0) + 1 from papers
        where house_id = ${houseId} and kind = ${kind} and year = ${year})`,
      [`${subject.of}_id`]: subject.id,
      issued_on: on,
      issued_at: at,
      issued_by: by,
    })
    .returning('number')
    .executeTakeFirstOrThrow()
  return row.number
}

/** How the House heads its papers. */
export const findHead = (db: Db, houseId: string) =>
  db
    .selectFrom('houses')
    .select(['name_kk', 'name_ru', 'letterhead_kk', 'letterhead_ru', 'phone', 'zone'])
    .where('id', '=', houseId)
    .executeTakeFirstOrThrow()
export type Head = Awaited<ReturnType<typeof findHead>>

/** A talk of the House with the others that its host expects on that day and later. */
export async function findTalksOfLetter(
  db: Db,
  houseId: string,
  talkId: string,
  most: number,
): Promise<{ state: string; ids: string[]; contact: string | null } | undefined> {
  const talk = await db
    .selectFrom('talks')
    .leftJoin('requests', 'requests.id', 'talks.request_id')
    .leftJoin('contacts', 'contacts.id', 'requests.contact_id')
    .select(['talks.state', 'talks.host_id', 'talks.held_on', 'contacts.name'])
    .where('talks.house_id', '=', houseId)
    .where('talks.id', '=', talkId)
    .executeTakeFirst()
  if (!talk) return
  const others = await db
    .selectFrom('talks')
    .select('id')
    .where('house_id', '=', houseId)
    .where('host_id', '=', talk.host_id)
    .where('held_on', '>=', talk.held_on)
    .where('state', 'in', ['booked', 'held'])
    .where('id', '<>', talkId)
    .orderBy('held_on')
    .orderBy('from_time')
    .limit(most - 1)
    .execute()
  return { state: talk.state, ids: [talkId, ...others.map(({ id }) => id)], contact: talk.name }
}

export type Thanked = { names: Said; held: number; heard: number }

const counts = {
  held: sql<number>`count(distinct talks.id)::int`.as('held'),
  heard: sql<number>`coalesce(sum(talks.heads_counted), 0)::int`.as('heard'),
}
const said = (row: { name_kk: string; name_ru: string; name_en: string; held: number; heard: number }): Thanked => ({
  names: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
  held: row.held,
  heard: row.heard,
})

/** A speaker of the House with what was held in a year. */
export async function findThankedSpeaker(db: Db, houseId: string, id: string, year: number) {
  const row = await db
    .selectFrom('speakers')
    .leftJoin('assignments', join =>
      join.onRef('assignments.speaker_id', '=', 'speakers.id').on('assignments.state', 'in', ['invited', 'accepted']),
    )
    .leftJoin('talks', join =>
      join
        .onRef('talks.id', '=', 'assignments.talk_id')
        .on('talks.state', '=', 'held')
        .on('talks.held_on', '>=', `${year}-01-01`)
        .on('talks.held_on', '<=', `${year}-12-31`),
    )
    .select(['speakers.name_kk', 'speakers.name_ru', 'speakers.name_en', counts.held, counts.heard])
    .where('speakers.house_id', '=', houseId)
    .where('speakers.id', '=', id)
    .groupBy('speakers.id')
    .executeTakeFirst()
  return row && said(row)
}

/** A host of the House with what was held at it in a year. */
export async function findThankedHost(db: Db, houseId: string, id: string, year: number) {
  const row = await db
    .selectFrom('hosts')
    .leftJoin('talks', join =>
      join
        .onRef('talks.host_id', '=', 'hosts.id')
        .on('talks.state', '=', 'held')
        .on('talks.held_on', '>=', `${year}-01-01`)
        .on('talks.held_on', '<=', `${year}-12-31`),
    )
    .select(['hosts.name_kk', 'hosts.name_ru', 'hosts.name_en', counts.held, counts.heard])
    .where('hosts.house_id', '=', houseId)
    .where('hosts.id', '=', id)
    .groupBy('hosts.id')
    .executeTakeFirst()
  return row && said(row)
}
