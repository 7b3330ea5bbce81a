import type { Database } from './db/open.ts'
import type { Trx } from './db/transact.ts'

/** Wakes workers. What is to be done stands in tables; a lost or superfluous job is harmless. */
export type Jobs = {
  /** A worker looks at the ledger as soon as the transaction, which has written this message and maybe others, is committed. */
  deliver: (trx: Trx, messageId: string) => Promise<void>
}
export type Queue = Jobs & {
  /** A worker looks at the ledger soon. */
  wake: () => Promise<void>
  /** Calls `look` for what was committed; one call for all that has come meanwhile. */
  work: (look: () => Promise<void>) => Promise<void>
  /** Calls `work` by a timetable (cron, in UTC), in one process of all that have asked for it. */
  every: (name: string, cron: string, work: (signal: AbortSignal) => Promise<void>) => Promise<void>
  stop: () => Promise<void>
}

export const queue = 'messages'
const jobsAtOnce = 200
// reasons and measurements: reliability.md section 5
const settings = {
  policy: 'short',
  heartbeatSeconds: 15,
  expireInSeconds: 60,
  retryLimit: 1000,
  retryDelay: 0,
  retryBackoff: false,
  deleteAfterSeconds: 86_400,
} as const

// one run waits at most, one works at most; what a run leaves undone is the next one's
const timetable = {
  policy: 'stately',
  heartbeatSeconds: 30,
  expireInSeconds: 3300,
  retryLimit: 0,
  deleteAfterSeconds: 86_400,
} as const

/** For work that nobody takes up at once: the sweep finds the rows. */
export const sleeping: Jobs = { deliver: async () => {} }

/** Opens the queue on the same database, before any transaction: an unknown queue would be looked up inside it. */
export async function openJobs(database: Database, onError: (error: Error) => void): Promise<Queue> {
  // not read where nobody opens a queue: a fifth of a second
  const { fromKysely, PgBoss } = await import('pg-boss')
  const boss = new PgBoss({
    ...database.jobs,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
    cronMonitorIntervalSeconds: 15,
  })
  boss.on('error', onError)
  await boss.start()
  await boss.createQueue(queue, settings)
  const { policy: _, ...changeable } = settings
  await boss.updateQueue(queue, changeable)
  const send = (messageId: string, options: object = {}) =>
    boss.send(queue, { messageId }, { singletonKey: messageId, ...options })
  return {
    deliver: async (trx, messageId) => {
      await send(messageId, { db: fromKysely(trx) })
    },
    wake: async () => {
      await send('the ledger')
    },
    work: async look => {
      await boss.work(queue, { pollingIntervalSeconds: 0.5, batchSize: jobsAtOnce }, look)
    },
    every: async (name, cron, work) => {
      await boss.createQueue(name, timetable)
      await boss.schedule(name, cron)
      await boss.work<object, void, { pollingIntervalSeconds: number; batchSize: number; includeMetadata: true }>(
        name,
        { pollingIntervalSeconds: 5, batchSize: 1, includeMetadata: true },
        async ([job]) => {
          if (job) await work(job.signal)
        },
      )
    },
    stop: () => boss.stop({ graceful: true, timeout: 20_000 }),
  }
}
