import path from 'node:path'
import { tellHeads } from './audit/head-actions.ts'
import { keepBackups } from './backups/nightly.ts'
import { forgetOldMarks } from './base/db/diary.ts'
import { databaseNow } from './base/db/moment.ts'
import { type Db, openDatabase } from './base/db/open.ts'
import { openJobs, type Queue } from './base/jobs.ts'
import { say } from './base/lines.ts'
import { folderMailer, type Mailer, smtpMailer } from './base/mail.ts'
import { zoneData } from './base/time.ts'
import { readDue } from './calendars/busy-calendar-actions.ts'
import { toolsOf } from './calendars/busy-calendar-tools.ts'
import { forgetOldTexts, publishAll } from './calendars/publish.ts'
import { deskOf } from './calendars/texts.ts'
import { refuseOldSchema, refuseWrongZones } from './checks.ts'
import { type Config, Mistake, readConfig } from './config.ts'
import { askTheRest } from './feedback/actions.ts'
import { forgetOldImports } from './imports/actions.ts'
import { makers } from './letters.ts'
import type { Post } from './messages/actions.ts'
import { shortMailer } from './messages/channel-webhook.ts'
import { type Postman, startPostman } from './messages/postman.ts'
import { startPlanner } from './planner/work.ts'
import { runRetention } from './privacy/retention.ts'
import { planDigests } from './reminders/digest-actions.ts'
import { startReplies } from './replies.ts'
import { expire } from './requests/expiry-actions.ts'
import { complain, keepLogElsewhere, type Running, run } from './run.ts'
import { keepPromises } from './talks/clock-actions.ts'
import { moveSearchesOn } from './talks/substitution-actions.ts'
import { followWishes } from './talks/wish-actions.ts'

// calendar programs ask each quarter of an hour at most: two seconds are soon enough, and the look costs one read of an empty index
const publishEvery = 2_000
const sweepEvery = 20_000
const substituteEvery = 2_000
const backupsEvery = 60_000
// a plan whose process has died is gone on with within half a minute
const plansEvery = 10_000
// a process has the zone data it was started with: later looks are for talks whose hour a person had to see to, and each says so
const clocksEvery = 3_600_000
// every 180th look, so once an hour
const looksToExpiry = 180

export const mailerOf = (config: Pick<Config, 'smtpUrl' | 'dataDir' | 'dkim'>): Mailer =>
  config.smtpUrl ? smtpMailer(config.smtpUrl, {}, config.dkim) : folderMailer(path.join(config.dataDir, 'mail'))

/** The half that sends and reads: takes messages up as they are committed, and sweeps for what was forgotten. */
export async function startWorker(
  world: {
    db: Db
    jobs: Queue
    mailer: Mailer
    config: Pick<Config, 'publicUrl' | 'secret' | 'mailFrom' | 'replies'> &
      Partial<Pick<Config, 'mailPerMinute' | 'backup' | 'databaseUrl' | 'dataDir' | 'logTo'>>
    development?: boolean
  },
  onFault: (error: unknown) => void,
  /** Milliseconds before it looks around by itself: beside a web half of the same process the first pages go first. */
  quietFor = 0,
): Promise<Running & Pick<Postman, 'idle'>> {
  const { publicUrl, secret, mailFrom, mailPerMinute } = world.config
  const post: Post = {
    db: world.db,
    mailer: world.mailer,
    shortMailer: shortMailer(world.config, { loopback: world.development === true }),
    makers,
    desk: { publicUrl, secret, mailFrom },
    now: databaseNow,
    onFault,
    ...(mailPerMinute === undefined ? {} : { mostAMinute: mailPerMinute }),
  }
  const postman = startPostman(post)
  await world.jobs.work(postman.wake)
  // seven minutes past: on the hour everybody asks the big calendar houses
  await world.jobs.every('calendars', '7 * * * *', async signal => {
    await readDue(world.db, toolsOf(world.config), () => databaseNow(world.db), signal)
  })
  let looks = 0
  const sweeping = each(sweepEvery, quietFor, onFault, async () => {
    // not at the first look: a start answers its first pages before it tidies up
    if (looks++ % looksToExpiry === 1) {
      const now = await databaseNow(world.db)
      await expire(world.db, world.jobs, now)
      await forgetOldTexts(world.db, now)
      await forgetOldMarks(world.db)
      await forgetOldImports(world.db, now)
      await runRetention(world.db, now, world.config.dataDir)
      await askTheRest(world.db, world.jobs, now)
      // whoever writes the journal anew cannot write anew what another machine was told of it
      if (world.config.logTo) await tellHeads(world.db, now, say)
    }
    await planDigests(world.db, world.jobs, await databaseNow(world.db))
    // the ledger is the truth, the queue only wakes: what is due by now, and what the dead have left
    await postman.wake()
  })
  const desk = deskOf(world.config)
  const publishing = each(publishEvery, quietFor, onFault, async () =>
    publishAll(world.db, desk, await databaseNow(world.db), onFault),
  )
  // a look that finds nothing costs one read of an empty index, and who declined is soon replaced
  const substituting = each(substituteEvery, quietFor, onFault, async () =>
    moveSearchesOn(world.db, world.jobs, secret, await databaseNow(world.db), onFault),
  )
  // apart from the sweep: a change of clocks or of a House's reminders is thousands of talks, and letters must not wait for it
  const keepingClocks = each(clocksEvery, quietFor, onFault, async signal =>
    keepPromises(world.db, world.jobs, await databaseNow(world.db), zoneData, onFault, signal),
  )
  const following = each(sweepEvery, quietFor, onFault, async signal =>
    followWishes(world.db, world.jobs, await databaseNow(world.db), onFault, signal),
  )
  const planner = startPlanner({ ...world, secret, now: () => databaseNow(world.db), onFault })
  const planning = each(plansEvery, quietFor, onFault, planner.takeOver)
  const { backup, databaseUrl } = world.config
  const keeping = backup?.folder
    ? keepBackups({ ...world, embedded: !databaseUrl, config: { secret, backup, databaseUrl } }, backup.folder)
    : undefined
  const backups = keeping && each(backupsEvery, quietFor + backupsEvery, onFault, keeping)
  const replies = await startReplies(world, onFault)
  return {
    idle: postman.idle,
    stop: async () => {
      await replies.stop()
      await postman.stop()
      const rounds = [sweeping, publishing, substituting, keepingClocks, following, planning, backups]
      await Promise.all(rounds.map(round => round?.stop()))
      await planner.stop()
    },
  }
}

/** Does the work after a while and then at every interval, never twice at once; the signal tells long work to begin nothing more. */
function each(
  milliseconds: number,
  first: number,
  onFault: (error: unknown) => void,
  work: (signal: AbortSignal) => Promise<unknown>,
): Running {
  const ending = new AbortController()
  let running: Promise<unknown> | undefined
  let timer: NodeJS.Timeout
  const look = () => {
    running ??= work(ending.signal)
      .catch(onFault)
      .finally(() => {
        running = undefined
      })
  }
  const begin = () => {
    timer = setInterval(look, milliseconds)
    look()
  }
  timer = setTimeout(begin, first)
  return {
    stop: async () => {
      clearTimeout(timer)
      ending.abort()
      await running
    },
  }
}

if (import.meta.main)
  await run(async () => {
    refuseWrongZones()
    const config = readConfig()
    if (!config.databaseUrl)
      throw new Mistake('DATABASE_URL is required: the embedded database has room for one process, npm start')
    const log = keepLogElsewhere(config, 'worker')
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
        await log.stop()
      },
    }
  })
