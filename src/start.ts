import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { firstAdministratorLink } from './accounts/first-actions.ts'
import { backup } from './backups/backup.ts'
import { openDoor } from './backups/door.ts'
import { migrate } from './base/db/migrate.ts'
import { databaseNow } from './base/db/moment.ts'
import { type Db, openDatabase } from './base/db/open.ts'
import { tidy } from './base/db/tidy.ts'
import { openJobs, type Queue } from './base/jobs.ts'
import { type Clock, clockFrom } from './base/time.ts'
import { refuseWrongZones } from './checks.ts'
import { type Config, readConfig, withSecret } from './config.ts'
import { complain, keepLogElsewhere, type Running, run } from './run.ts'
import { seedReference } from './tools/seed/reference.ts'

export type Started = Running & { app: FastifyInstance; db: Db; now: Clock }
export type Options = {
  /** Caught letters can be read and anybody of the cast signed in: the demonstration and development only. */
  development?: boolean
  /** Fills the migrated database before the first clock is read; may set the shift of the clock. */
  furnish?: (world: { db: Db; jobs: Queue; config: Config }) => Promise<void>
}

// a start answers its first pages before it looks for what became due meanwhile
const quiet = 2_000
const tidyEvery = 6 * 3_600_000

/** Everything in one process: schema, reference data, web and worker. */
export async function start(given: Config, { development = false, furnish }: Options = {}): Promise<Started> {
  refuseWrongZones()
  const keyed = given.databaseUrl ? given : withSecret(given)
  // a demonstration holds nothing worth keeping
  const config = development ? { ...keyed, backup: { ...keyed.backup, folder: undefined } } : keyed
  const log = keepLogElsewhere(config, 'start')
  const onFault = complain('start')
  const opening = openDatabase(
    config.databaseUrl ? { url: config.databaseUrl } : { folder: path.join(config.dataDir, 'database') },
    onFault,
  )
  // the embedded database is compiled on another core while the application is read
  const loading = Promise.all([import('./web.ts'), import('./worker.ts')])
  const database = await opening
  const [{ endWeb, startWeb }, { mailerOf, startWorker }] = await loading
  const { db } = database
  await migrate(db)
  await seedReference(db)
  const jobs = await openJobs(database, onFault)
  await furnish?.({ db, jobs, config })
  const now = clockFrom(await databaseNow(db))
  const mailer = mailerOf(config)
  const { logTo } = log
  const app = await startWeb({ db, jobs, now, config, development, letterSuffices: development, logTo }, config)
  const worker = await startWorker({ db, jobs, mailer, config, development }, onFault, furnish ? 0 : quiet)
  const door = database.embedded
    ? await openDoor(config.dataDir, asked => backup(database, { ...asked, secret: config.secret }), onFault)
    : undefined
  const tidying = database.embedded ? setInterval(() => tidy(db).catch(onFault), tidyEvery) : undefined
  return {
    app,
    db,
    now,
    stop: async () => {
      clearInterval(tidying)
      // nobody takes over from an embedded database
      await endWeb(app, database.embedded ? 0 : config.drainSeconds)
      await door?.close()
      await worker.stop()
      await jobs.stop()
      mailer.close()
      await database.close()
      await log.stop()
    },
  }
}

if (import.meta.main)
  await run(async () => {
    const config = readConfig()
    const started = await start(config)
    console.log(`Kezdesu: ${config.publicUrl}`)
    const link = await firstAdministratorLink(started.db, config.publicUrl, started.now())
    if (link) console.log(`The first administrator signs in here, once: ${link}`)
    return started
  })
