import { migrate } from '../base/db/migrate.ts'
import { openDatabase } from '../base/db/open.ts'
import { openJobs } from '../base/jobs.ts'
import { placeOf, readConfig } from '../config.ts'
import { complain, complete } from '../run.ts'

/** Brings the configured database to the schema of this version. */
if (import.meta.main)
  await complete(async () => {
    const database = await openDatabase(placeOf(readConfig()))
    try {
      const done = await migrate(database.db)
      // the queue's own tables, too: the processes may work as a role that makes none
      if (!database.embedded) await (await openJobs(database, complain('migrate'))).stop()
      console.log(done.length > 0 ? done.join('\n') : 'the schema is up to date')
    } finally {
      await database.close()
    }
  })
