import { createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { applied, pending } from '../base/db/migrate.ts'
import { databaseNow } from '../base/db/moment.ts'
import { type Db, openDatabase } from '../base/db/open.ts'
import { Mistake, placeOf, readConfig, withSecret } from '../config.ts'
import { complete } from '../run.ts'
import { rowsOf, tablesInOrder } from './dump/contents.ts'

/**
 * Writes everything of all Houses into one file, as it is at one moment: gzip of JSON lines, first a head with the
 * application's key (links in letters hang on it), then rows by table, parents first. Only the owner may read it.
 */
export async function backup(db: Db, file: string, secret: string): Promise<number> {
  const tables = await tablesInOrder(db)
  const head = { kezdesu: 1, at: (await databaseNow(db)).toISO(), migrations: await applied(db), secret }
  let count = 0
  await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async trx => {
      async function* lines() {
        yield `${JSON.stringify(head)}\n`
        for (const table of tables)
          for await (const rows of rowsOf(trx, table)) {
            count += rows.length
            yield `${JSON.stringify({ table, rows })}\n`
          }
      }
      await pipeline(Readable.from(lines()), createGzip(), createWriteStream(`${file}.part`, { mode: 0o600 }))
    })
  await rename(`${file}.part`, file)
  return count
}

if (import.meta.main)
  await complete(async () => {
    const [file] = process.argv.slice(2)
    if (!file) throw new Mistake('name the file: npm run backup -- FILE')
    const config = withSecret(readConfig())
    const database = await openDatabase(placeOf(config))
    try {
      if ((await pending(database.db)).length > 0)
        throw new Mistake('the database lacks migrations: run npm run migrate')
      console.log(`${await backup(database.db, file, config.secret)} rows in ${file}`)
    } finally {
      await database.close()
    }
  })
