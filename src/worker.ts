import path from 'node:path'
import { databaseNow } from './base/db/moment.ts'
import { type Db, openDatabase } from './base/db/open.ts'
import { openJobs, type Queue } from './base/jobs.ts'
import { folderMailer, type Mailer, smtpMailer } from './base/mail.ts'
import { refuseOldSchema, refuseWrongZones } from './checks.ts'
import { type Config, Mistake, readConfig } from './config.ts'
import { makers } from './letters.ts'
import { deliver, type Post, sweep } from './messages/actions.ts'
import { expire } from './requests/expiry-actions.ts'
import { complain, type Running, run } from './run.ts'

const sweepEvery = 20_000
// every 180th look, so once an hour
const looksToExpiry = 180

export const mailerOf = (config: Pick<Config, 'smtpUrl' | 'dataDir'>): Mailer =>
  config.smtpUrl ? smtpMailer(config.smtpUrl) : folderMailer(path.join(config.dataDir, 'mail'))

/** The half that sends: takes messages up as they are committed, and sweeps for what was forgotten. */
export async function startWorker(
  world: { db: Db; jobs: Queue; mailer: Mailer; config: Pick<Config, 'publicUrl' | 'secret' | 'mailFrom'> },
  onFault: (error: unknown) => void,
): Promise<Running> {
  const { publicUrl, secret, mailFrom } = world.config
  const post: Post = {
    db: world.db,
    mailer: world.mailer,
    makers,
    desk: { publicUrl, secret, mailFrom },
    now: databaseNow,
    onFault,
  }
  await world.jobs.work(async (id, job, attempt) => {
    await deliver(post, id, job, attempt)
  })
  let sweeping: Promise<unknown> | undefined
  let looks = 0
  const look = () => {
    sweeping ??= round(looks++)
      .catch(onFault)
      .finally(() => {
        sweeping = undefined
      })
  }
  const round = async (count: number) => {
    if (count % looksToExpiry === 0) await expire(world.db, await databaseNow(world.db))
    await sweep(post, world.jobs.wake)
  }
  const timer = setInterval(look, sweepEvery)
  look()
  return {
    stop: async () => {
      clearInterval(timer)
      await sweeping
    },
  }
}

if (import.meta.main)
  await run(async () => {
    refuseWrongZones()
    const config = readConfig()
    if (!config.databaseUrl)
      throw new Mistake('DATABASE_URL is required: the embedded database has room for one process, npm start')
    const onFault = complain('worker')
    const database = await openDatabase({ url: config.databaseUrl }, onFault)
    await refuseOldSchema(database.db)
    const jobs = await openJobs(database, onFault)
    const mailer = mailerOf(config)
    const worker = await startWorker({ db: database.db, jobs, mailer, config }, onFault)
    console.log('worker: ready')
    return {
      stop: async () => {
        await worker.stop()
        await jobs.stop()
        mailer.close()
        await database.close()
      },
    }
  })
