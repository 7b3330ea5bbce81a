import { grantsFor } from '../base/db/grants.ts'
import { pending } from '../base/db/migrate.ts'
import { openDatabase } from '../base/db/open.ts'
import { Mistake, placeOf, readConfig } from '../config.ts'
import { complete } from '../run.ts'

/** Prints what a role needs so that the web and worker processes can work as it: `npm run -s grants ROLE | psql`. */
if (import.meta.main)
  await complete(async () => {
    const [role] = process.argv.slice(2)
    if (!role || !/^[\w-]{1,63}$/.test(role)) throw new Mistake('name the role: npm run -s grants ROLE')
    const config = readConfig()
    if (!config.databaseUrl)
      throw new Mistake('DATABASE_URL is required: the embedded database has one role, that of whoever has its folder')
    const database = await openDatabase(placeOf(config))
    try {
      if ((await pending(database.db)).length > 0)
        throw new Mistake('the database lacks migrations: run npm run migrate')
      process.stdout.write(await grantsFor(database.db, role))
    } finally {
      await database.close()
    }
  })
