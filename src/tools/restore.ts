import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { prove } from '../backups/file.ts'
import { restore } from '../backups/restore.ts'
import { migrate } from '../base/db/migrate.ts'
import { databaseNow } from '../base/db/moment.ts'
import { openDatabase } from '../base/db/open.ts'
import { tidy } from '../base/db/tidy.ts'
import { type Config, Mistake, placeOf, readConfig } from '../config.ts'
import { eraseAgain } from '../privacy/erase.ts'
import { complete } from '../run.ts'

/** Links in letters and addresses of feeds hang on the application's key: the restored House must have the same. */
function refuseOtherKey({ databaseUrl, secret }: Config, own: string): void {
  if ((databaseUrl || secret) && secret !== own)
    throw new Mistake(
      'APP_SECRET is not that of the backup, and links in letters would stop working: set it to what npm run -s restore -- FILE --key says',
    )
}

/** An embedded database keeps the key beside it; the database was empty, so nothing hangs on the one that was there. */
function keepKey(config: Config, own: string): void {
  if (config.databaseUrl || config.secret) return
  const file = path.join(config.dataDir, 'secret')
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  if (!existsSync(file) || readFileSync(file, 'utf8').trim() !== own) writeFileSync(file, own, { mode: 0o600 })
}

await complete(async () => {
  const [file, ...words] = process.argv.slice(2)
  if (!file || !existsSync(file)) throw new Mistake('name a file that exists: npm run restore -- FILE')
  if (words.includes('--key')) {
    console.log((await prove(file, process.env['BACKUP_PASSPHRASE'])).secret)
    return
  }
  const config = readConfig()
  // the whole file first: the database is not touched for one that could not be restored
  const proved = await prove(file, config.backup.passphrase)
  refuseOtherKey(config, proved.secret)
  const database = await openDatabase(placeOf(config))
  try {
    await migrate(database.db)
    await restore(database.db, file, config.backup.passphrase, { known: proved, noted: true })
    keepKey(config, proved.secret)
    const key = { secret: proved.secret, dataDir: config.dataDir }
    const again = await eraseAgain(database.db, key, await databaseNow(database.db))
    if (again > 0) console.log(`${again} people who had been erased are erased again`)
    await tidy(database.db)
    console.log(
      `${proved.rows} rows restored and compared, as they were at ${proved.head.at}; all mail is on hold until an administrator lets it go at /app/messages`,
    )
  } finally {
    await database.close()
  }
})
