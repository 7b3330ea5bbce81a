import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import type { Body } from '../reports/body-rules.ts'

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

/** Those that may be ticked for a talk: what is on the list, and what was ticked before it went. */
export async function findReporters(db: Db, houseId: string, talkId: string): Promise<(Body & { ticked: boolean })[]> {
  const bodies = await findBodies(db, houseId)
  if (bodies.length === 0) return []
  const reported = await findReportersOf(db, talkId)
  return bodies
    .map(body => ({ ...body, ticked: reported.includes(body.id) }))
    .filter(({ gone, ticked }) => !gone || ticked)
}

export async function findReportersOf(db: Db | Trx, talkId: string): Promise<string[]> {
  const rows = await db.selectFrom('talk_reporters').select('body_id').where('talk_id', '=', talkId).execute()
  return rows.map(({ body_id }) => body_id)
}

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
