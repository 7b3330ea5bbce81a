import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Said } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'

export type Body = { id: string; name: Said; gone: boolean }

/** Bodies that report events of the House as well; one that is gone stays with what it has reported. */
export async function findBodies(db: Db | Trx, houseId: string): Promise<Body[]> {
  const rows = await db
    .selectFrom('reporting_bodies')
    .select(['id', 'name_kk', 'name_ru', 'name_en', 'gone'])
    .where('house_id', '=', houseId)
    .orderBy('name_ru')
    .orderBy('id')
    .execute()
  return rows.map(row => ({ id: row.id, gone: row.gone, name: { kk: row.name_kk, ru: row.name_ru, en: row.name_en } }))
}

export const insertBody = (trx: Trx, houseId: string, name: Said) =>
  trx
    .insertInto('reporting_bodies')
    .values({ house_id: houseId, name_kk: name.kk, name_ru: name.ru, name_en: name.en })
    .execute()

/** False: it is not there, or not this House's. */
export async function setGone(trx: Trx, houseId: string, id: string, gone: boolean): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('reporting_bodies')
    .set({ gone })
    .where('house_id', '=', houseId)
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** A talk of the House as the page about its reporters names it. */
export const findReported = (db: Db | Trx, houseId: string, talkId: string) =>
  db
    .selectFrom('talks')
    .innerJoin('topics', 'topics.id', 'talks.topic_id')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .select([
      'talks.id',
      'talks.held_on as day',
      'talks.request_id as requestId',
      'topics.title_kk',
      'topics.title_ru',
      'topics.title_en',
      'hosts.name_kk',
      'hosts.name_ru',
      'hosts.name_en',
      sql<string[]>`array(select body_id from talk_reporters b where b.talk_id = talks.id)`.as('bodies'),
    ])
    .where('talks.id', '=', talkId)
    .where('talks.house_id', '=', houseId)
    .executeTakeFirst()

/** These bodies report the talk, and no others. */
export async function setReporters(
  trx: Trx,
  talkId: string,
  bodies: string[],
  { accountId, now }: { accountId: string; now: DateTime },
): Promise<void> {
  await trx
    .deleteFrom('talk_reporters')
    .where('talk_id', '=', talkId)
    .where('body_id', '<>', sql<string>`all(${bodies}::uuid[])`)
    .execute()
  if (bodies.length === 0) return
  await trx
    .insertInto('talk_reporters')
    .values(bodies.map(body_id => ({ talk_id: talkId, body_id, said_at: now, said_by: accountId })))
    .onConflict(it => it.constraint('a_body_reports_an_event_once').doNothing())
    .execute()
}
