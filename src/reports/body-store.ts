import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Said } from '../base/i18n/language.ts'

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
