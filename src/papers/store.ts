import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Said } from '../base/i18n/language.ts'
import type { DateTime, Day } from '../base/time.ts'

export type PaperKind = 'letter' | 'thanks'
/** Whom or what a paper is about. */
export type Subject = { of: 'talk' | 'speaker' | 'host'; id: string }

/** `paper`: the sheet as it was issued; nothing where it was issued before sheets were kept. */
export type Issued = { id: string; number: number; on: Day; by: string | null; paper: unknown }

/** The paper that was issued last about this, as it was then; thanks are looked for in the year they are for. */
export function findIssued(
  db: Db | Trx,
  houseId: string,
  { of, id }: Subject,
  aboutYear?: number,
): Promise<Issued | undefined> {
  return db
    .selectFrom('papers')
    .select(['id', 'number', 'issued_on as on', 'issued_by as by', 'paper'])
    .where('house_id', '=', houseId)
    .where(`${of}_id`, '=', id)
    .$if(aboutYear !== undefined, query => query.where('about_year', '=', aboutYear ?? 0))
    .orderBy('year', 'desc')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The House's next number of a kind in a year. */
export async function nextNumber(trx: Trx, houseId: string, kind: PaperKind, year: number): Promise<number> {
  const { last } = await trx
    .selectFrom('papers')
    .select(it => it.fn.max('number').as('last'))
    .where('house_id', '=', houseId)
    .where('kind', '=', kind)
    .where('year', '=', year)
    .executeTakeFirstOrThrow()
  return (last ?? 0) + 1
}

/** Numbers of a House follow each other: who issues one waits for who issues another. */
export const lockHouse = (trx: Trx, houseId: string) =>
  trx.selectFrom('houses').select('id').where('id', '=', houseId).forNoKeyUpdate().executeTakeFirstOrThrow()

export type Contact = { id: string; name: string }
export type NewPaper = {
  houseId: string
  kind: PaperKind
  subject: Subject
  year: number
  number: number
  /** The year that is thanked for. */
  aboutYear: number | undefined
  /** Who is named in it, and has a right to be forgotten. */
  contact: Contact | undefined
  paper: object
  on: Day
  at: DateTime
  by: string
}

export const insertPaper = (trx: Trx, it: NewPaper) =>
  trx
    .insertInto('papers')
    .values({
      ...{ house_id: it.houseId, kind: it.kind, year: it.year, number: it.number, about_year: it.aboutYear ?? null },
      [`${it.subject.of}_id`]: it.subject.id,
      ...{ contact_id: it.contact?.id ?? null, attention: it.contact?.name ?? null, paper: JSON.stringify(it.paper) },
      ...{ issued_on: it.on, issued_at: it.at, issued_by: it.by },
    })
    .execute()

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
): Promise<{ state: string; from: DateTime; ids: string[]; contact: Contact | undefined } | undefined> {
  const talk = await db
    .selectFrom('talks')
    .leftJoin('requests', 'requests.id', 'talks.request_id')
    .leftJoin('contacts', 'contacts.id', 'requests.contact_id')
    .select(['talks.state', 'talks.host_id', 'talks.held_on', 'talks.during', 'contacts.id', 'contacts.name'])
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
  const { state, during, id, name } = talk
  return {
    ...{ state, from: during.from, ids: [talkId, ...others.map(each => each.id)] },
    contact: id !== null && name !== null ? { id, name } : undefined,
  }
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
