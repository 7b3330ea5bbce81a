import { pending } from '../base/db/migrate.ts'
import { databaseNow } from '../base/db/moment.ts'
import { openDatabase } from '../base/db/open.ts'
import { Mistake, placeOf, readConfig, withSecret } from '../config.ts'
import { eraseAddress } from '../privacy/erase.ts'
import { complete } from '../run.ts'

if (import.meta.main)
  await complete(async () => {
    const [address] = process.argv.slice(2)
    if (!address?.includes('@')) throw new Mistake('name the address of the person: npm run forget -- ADDRESS')
    const config = withSecret(readConfig())
    const database = await openDatabase(placeOf(config), () => {}, false)
    try {
      if ((await pending(database.db)).length > 0)
        throw new Mistake('the database lacks migrations: run npm run migrate')
      const done = await eraseAddress(database.db, config, address, await databaseNow(database.db))
      if ('erased' in done) {
        console.log(done.erased === 0 ? 'nobody has this address' : `${done.erased} people were erased`)
        return
      }
      throw new Mistake(
        done.refused === 'ahead'
          ? `first settle what is ahead: ${done.ahead.map(it => (it.number ? `request ${it.number}` : it.talkId)).join(', ')}`
          : 'this is an account of staff: close it first at /admin/accounts',
      )
    } finally {
      await database.close()
    }
  })
