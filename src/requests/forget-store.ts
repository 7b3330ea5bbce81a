import { sql } from 'kysely'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'

/** Contacts for whom nothing has happened since then and who wait for nothing; the oldest first. */
export async function findForgotten(trx: Trx, since: DateTime, most: number): Promise<string[]> {
  const rows = await trx
    .selectFrom('contacts as c')
    .select('c.id')
    .where('c.created_at', '<', since)
    .where(it =>
      it.not(
        it.exists(
          it
            .selectFrom('requests as r')
            .leftJoin('talks as t', 't.request_id', 'r.id')
            .select('r.id')
            .whereRef('r.contact_id', '=', 'c.id')
            .where(or =>
              or.or([
                or('r.state', 'in', ['unconfirmed', 'waiting']),
                or('r.asked_at', '>=', since),
                or('r.ended_at', '>=', since),
                sql<boolean>`(upper(t.during) >= ${since})`,
              ]),
            ),
        ),
      ),
    )
    .orderBy('c.created_at')
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute()
  return rows.map(({ id }) => id)
}

/** The people go, with what they wrote and where they were written to; requests, talks and all counts stay. */
export async function deleteContacts(trx: Trx, ids: string[]): Promise<void> {
  const those = sql<string>`any(${ids}::uuid[])`
  const recipients = sql<string>`any(${ids.map(id => `contact:${id}`)}::text[])`
  await trx
    .updateTable('messages')
    .set({ address: '' })
    .where('request_id', 'in', it => it.selectFrom('requests').select('id').where('contact_id', '=', those))
    .where('recipient', '=', recipients)
    .execute()
  await trx.updateTable('requests').set({ contact_id: null, note: '' }).where('contact_id', '=', those).execute()
  await trx.deleteFrom('unsubscriptions').where('recipient', '=', recipients).execute()
  // an issued letter keeps its text, but for whom it named
  await trx
    .updateTable('papers')
    .set({ paper: sql`replace(paper::text, to_jsonb(attention)::text, '"—"')::jsonb`, attention: null })
    .where('contact_id', '=', those)
    .where('attention', 'is not', null)
    .execute()
  await trx.deleteFrom('contacts').where('id', '=', those).execute()
}

/** What hosts wrote to the House before then, where its request has ended: the line of the history stays, its words go. How many lines. */
export async function dropWritten(trx: Trx, before: DateTime): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('changes')
    .set({ detail: sql`changes.detail - 'text'` })
    .from('requests as r')
    .whereRef('r.id', '=', 'changes.request_id')
    .where('changes.kind', '=', sql.lit('written'))
    .where(sql<boolean>`jsonb_exists(changes.detail, 'text')`)
    .where('changes.at', '<', before)
    .where('r.state', 'not in', ['unconfirmed', 'waiting', 'booked'])
    .where(it => it.or([it('r.ended_at', 'is', null), it('r.ended_at', '<', before)]))
    .where(it =>
      it.not(
        it.exists(
          it
            .selectFrom('talks as t')
            .select('t.id')
            .whereRef('t.request_id', '=', 'r.id')
            .where(sql<boolean>`upper(t.during) >= ${before}`),
        ),
      ),
    )
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
