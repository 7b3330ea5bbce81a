import { sql } from 'kysely'
import { add, entryOf } from '../base/db/journal.ts'
import { applied } from '../base/db/migrate.ts'
import { databaseNow } from '../base/db/moment.ts'
import type { Db } from '../base/db/open.ts'
import { dropSetting, keepSetting } from '../base/db/settings.ts'
import { type Trx, transact } from '../base/db/transact.ts'
import { Mistake } from '../config.ts'
import { continueNumbering, insertRows, sumOf, tablesInOrder } from './contents.ts'
import { headOf, linesOf, type Proved, prove } from './file.ts'

/**
 * Fills a migrated database without Houses from a backup, all of it or nothing: the file is read to its end before the
 * database is touched, and the rows that then stand in it are summed again. Letters that were due stay on hold, and so
 * does all mail until an administrator lets it go: a restored House tells nobody anything twice. `noted`: whether the journal
 * is to tell of it, which that of a restore for a try is not.
 */
export async function restore(
  db: Db,
  file: string,
  passphrase: string | undefined,
  { known, noted = false }: { known?: Proved; noted?: boolean } = {},
): Promise<Proved> {
  if (await db.selectFrom('houses').select('id').limit(1).executeTakeFirst())
    throw new Mistake('this database has Houses already: restore into an empty one')
  const ours = await applied(db)
  if ((await headOf(file)).head.migrations.some(name => !ours.includes(name)))
    throw new Mistake('the backup comes from a newer version of Kezdesu: update first')
  const proved = known ?? (await prove(file, passphrase))
  const tables = await tablesInOrder(db)
  const unknown = Object.keys(proved.sums).filter(table => !tables.includes(table))
  if (unknown.length > 0) throw new Mistake(`the backup has tables that this version lacks: ${unknown.join(', ')}`)
  await transact(db, async trx => {
    await sql`set local statement_timeout = 0`.execute(trx)
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(trx)
    await sql`select set_config('kezdesu.restoring', 'on', true)`.execute(trx)
    for (const table of tables.toReversed()) await sql`delete from ${sql.table(table)}`.execute(trx)
    for await (const line of linesOf(file, proved.key))
      if (line.kind === 'rows') await insertRows(trx, line.table, line.rows)
    await continueNumbering(trx)
    await refuseOthers(trx, proved)
    // a backup of before the journal has none: each House begins one
    await sql`insert into journal_heads select id, 0, repeat('0', 64) from houses on conflict do nothing`.execute(trx)
    await trx
      .updateTable('messages')
      .set({ state: 'held', reason: 'restored' })
      .where('state', 'in', ['waiting', 'sending'])
      .where('due_at', '<=', await databaseNow(trx))
      .execute()
    await keepSetting(trx, 'mail_hold', 'restored')
    // whatever the demonstration let through, a restored House does not
    await dropSetting(trx, 'letter_suffices')
    if (noted) await note(trx, proved)
  })
  return proved
}

/** In each journal: how many rows came back, of which the last is the one that this row is chained to. */
async function note(trx: Trx, { head }: Proved): Promise<void> {
  const at = await databaseNow(trx)
  const heads = await trx.selectFrom('journal_heads').select(['house_id', 'n']).execute()
  for (const { house_id: houseId, n } of heads)
    add(entryOf({ houseId, kind: 'restored', at, byWhom: 'system', detail: { backup: head.at, rows: n } }, ''))
}

/** Rows of an older schema have fewer columns than those that now stand here: then only their number is compared. */
async function refuseOthers(trx: Parameters<typeof sumOf>[0], { head, sums }: Proved): Promise<void> {
  const same = (await applied(trx as Db)).every(name => head.migrations.includes(name))
  for (const [table, said] of Object.entries(sums)) {
    const found = await sumOf(trx, table)
    if (found.rows !== said.rows || (same && found.sum !== said.sum))
      throw new Error(`${table} is not what was written: ${found.rows} rows of ${said.rows}`)
  }
}
