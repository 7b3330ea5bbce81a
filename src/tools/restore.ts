import { createReadStream, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { sql } from 'kysely'
import { applied, migrate } from '../base/db/migrate.ts'
import { databaseNow } from '../base/db/moment.ts'
import { type Db, openDatabase } from '../base/db/open.ts'
import { dropSetting, keepSetting } from '../base/db/settings.ts'
import { tidy } from '../base/db/tidy.ts'
import { transact } from '../base/db/transact.ts'
import { type Config, Mistake, placeOf, readConfig } from '../config.ts'
import { eraseAgain } from '../privacy/erase.ts'
import { complete } from '../run.ts'
import { continueNumbering, insertRows, type Row, tablesInOrder } from './dump/contents.ts'

export type Head = { kezdesu: 1; at: string; migrations: string[]; secret: string }

/**
 * Fills a migrated database without Houses from a backup, all of it or nothing. Letters that were due stay on hold, and
 * so does all mail until an administrator lets it go: a restored House tells nobody anything twice.
 */
export async function restore(db: Db, file: string): Promise<number> {
  const tables = await tablesInOrder(db)
  if (await db.selectFrom('houses').select('id').limit(1).executeTakeFirst())
    throw new Mistake('this database has Houses already: restore into an empty one')
  const known = await applied(db)
  const unknown = (await headOf(file)).migrations.filter(name => !known.includes(name))
  if (unknown.length > 0) throw new Mistake('the backup comes from a newer version of Kezdesu: update first')
  const now = await databaseNow(db)
  return transact(db, async trx => {
    await sql`select set_config('kezdesu.restoring', 'on', true)`.execute(trx)
    for (const table of tables.toReversed()) await sql`delete from ${sql.table(table)}`.execute(trx)
    let count = 0
    for await (const line of linesOf(file)) {
      if ('kezdesu' in line) continue
      if (!tables.includes(line.table))
        throw new Mistake(`the backup has a table that this version lacks: ${line.table}`)
      await insertRows(trx, line.table, line.rows)
      count += line.rows.length
    }
    await continueNumbering(trx)
    // a backup of before the journal has none: each House begins one
    await sql`insert into journal_heads select id, 0, repeat('0', 64) from houses on conflict do nothing`.execute(trx)
    await trx
      .updateTable('messages')
      .set({ state: 'held', reason: 'restored' })
      .where('state', 'in', ['waiting', 'sending'])
      .where('due_at', '<=', now)
      .execute()
    await keepSetting(trx, 'mail_hold', 'restored')
    // whatever the demonstration let through, a restored House does not
    await dropSetting(trx, 'letter_suffices')
    return count
  })
}

/** The first line of a backup. */
export async function headOf(file: string): Promise<Head> {
  for await (const line of linesOf(file)) if ('kezdesu' in line) return line
  throw new Mistake(`${file} is no backup`)
}

async function* linesOf(file: string): AsyncGenerator<Head | { table: string; rows: Row[] }> {
  try {
    for await (const line of createInterface({
      input: createReadStream(file).pipe(createGunzip()),
      crlfDelay: Number.POSITIVE_INFINITY,
    }))
      yield JSON.parse(line)
  } catch (cause) {
    throw new Mistake(`${file} is no backup or is damaged`, { cause })
  }
}

/** Links in letters hang on the application's key: the restored House must have the same. */
function keepSecret(config: Config, { secret }: Head): void {
  const file = path.join(config.dataDir, 'secret')
  if (!config.databaseUrl && !config.secret && !existsSync(file)) {
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
    writeFileSync(file, secret, { mode: 0o600 })
    return
  }
  if (config.secret && config.secret !== secret)
    throw new Mistake(
      'APP_SECRET is not that of the backup: set it to the "secret" of its first line, or links in letters stop working',
    )
}

if (import.meta.main)
  await complete(async () => {
    const [file] = process.argv.slice(2)
    if (!file || !existsSync(file)) throw new Mistake('name a file that exists: npm run restore -- FILE')
    const config = readConfig()
    keepSecret(config, await headOf(file))
    const database = await openDatabase(placeOf(config))
    try {
      await migrate(database.db)
      const count = await restore(database.db, file)
      const key = config.secret || (await headOf(file)).secret
      const again = await eraseAgain(
        database.db,
        { secret: key, dataDir: config.dataDir },
        await databaseNow(database.db),
      )
      if (again > 0) console.log(`${again} people who had been erased are erased again`)
      await tidy(database.db)
      console.log(`${count} rows restored; all mail is on hold until an administrator lets it go at /app/messages`)
    } finally {
      await database.close()
    }
  })
