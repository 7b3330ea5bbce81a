import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { buildApp, type World } from './app.ts'
import { openAlarm } from './base/alarm.ts'
import { codeOf } from './base/db/errors.ts'
import { databaseNow } from './base/db/moment.ts'
import { openDatabase } from './base/db/open.ts'
import { settingOf } from './base/db/settings.ts'
import { clockFrom } from './base/time.ts'
import { refuseOldSchema, refuseWrongZones } from './checks.ts'
import { type Config, Mistake, readConfig } from './config.ts'
import { complain, keepLogElsewhere, run } from './run.ts'

/** The half that answers: the whole application, listening. */
export async function startWeb(world: World, config: Pick<Config, 'host' | 'port'>): Promise<FastifyInstance> {
  const app = await buildApp(world)
  try {
    await app.listen({ host: config.host, port: config.port })
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EADDRINUSE')
      throw new Mistake(`port ${config.port} is in use: stop the other program or set PORT`, { cause: error })
    if (code === 'EACCES') throw new Mistake(`port ${config.port} is not ours to open: set PORT`, { cause: error })
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new Mistake(`HOST ${config.host} is no address of this machine`, { cause: error })
    throw error
  }
  return app
}

/**
 * Ends a web half without a failed request: for so many seconds it says that it is not ready and answers all the same,
 * then it listens no more, and what it has begun it finishes.
 */
export async function endWeb(app: FastifyInstance, drainSeconds: number): Promise<void> {
  app.leaving = true
  await pause(drainSeconds * 1000)
  await app.close()
}

if (import.meta.main)
  await run(async () => {
    refuseWrongZones()
    const config = readConfig()
    if (!config.databaseUrl)
      throw new Mistake('DATABASE_URL is required: the embedded database has room for one process, npm start')
    const log = keepLogElsewhere(config, 'web')
    const onFault = complain('web')
    const database = await openDatabase({ url: config.databaseUrl }, onFault)
    await refuseOldSchema(database.db)
    const jobs = await openAlarm(database, onFault)
    const now = clockFrom(await databaseNow(database.db))
    // a process that joins a demonstration lets in whom the demonstration lets in
    const letterSuffices = (await settingOf(database.db, 'letter_suffices')) !== undefined
    const { db } = database
    const { logTo } = log
    const app = await startWeb({ db, jobs, now, config, development: false, letterSuffices, logTo }, config)
    console.log(`web: ${config.publicUrl}`)
    return {
      stop: async () => {
        await endWeb(app, config.drainSeconds)
        await database.close()
        await log.stop()
      },
    }
  })
