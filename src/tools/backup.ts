import path from 'node:path'
import { backup } from '../backups/backup.ts'
import { askForBackup } from '../backups/door.ts'
import { pending } from '../base/db/migrate.ts'
import { type Database, openDatabase } from '../base/db/open.ts'
import { InUse } from '../base/db/place.ts'
import { Mistake, placeOf, readConfig, withSecret } from '../config.ts'
import { complete } from '../run.ts'

await complete(async () => {
  const plain = process.argv.includes('--plain')
  const [name] = process.argv.slice(2).filter(word => word !== '--plain')
  if (!name) throw new Mistake('name the file: npm run backup -- FILE')
  const config = withSecret(readConfig())
  if (!plain && !config.backup.passphrase)
    throw new Mistake('set BACKUP_PASSPHRASE, or say --plain for a file that whoever has it can read')
  const asked = { file: path.resolve(name), passphrase: plain ? undefined : config.backup.passphrase }
  const how = plain ? 'not sealed: it holds the key of the application and everybody in clear' : 'sealed'
  const database = await openDatabase(placeOf(config), undefined, false).catch((error: unknown) => {
    if (error instanceof InUse) return
    throw error
  })
  const { rows } = await (database ? ours(database, config.secret, asked) : askForBackup(config.dataDir, asked))
  console.log(`${rows} rows in ${name}, read back and compared; ${how}${database ? '' : ' (by the running process)'}`)
})

async function ours(database: Database, secret: string, asked: { file: string; passphrase: string | undefined }) {
  try {
    if ((await pending(database.db)).length > 0) throw new Mistake('the database lacks migrations: run npm run migrate')
    return await backup(database, { ...asked, secret })
  } finally {
    await database.close()
  }
}
