import { fromKysely, PgBoss } from 'pg-boss'
import type { Database } from './db/open.ts'
import type { Trx } from './db/transact.ts'

/** Wakes workers. What is to be done stands in tables; a lost or superfluous job is harmless. */
export type Jobs = {
  /** A worker takes this message up as soon as the transaction is committed. */
  deliver: (trx: Trx, messageId: string, need?: number) => Promise<void>
}
export type Queue = Jobs & {
  wake: (messageId: string) => Promise<void>
  work: (
    deliver: (messageId: string, claim: string, attempt: number, signal: AbortSignal) => Promise<void>,
  ) => Promise<void>
  /** Calls `work` by a timetable (cron, in UTC), in one process of all that have asked for it. */
  every: (name: string, cron: string, work: (signal: AbortSignal) => Promise<void>) => Promise<void>
  stop: () => Promise<void>
}

const queue = 'messages'
const lettersAtOnce = 4
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

/** Opens the queue on the same database; every process does, since an unknown queue would be looked up inside a transaction. */
export async function openJobs(database: Database, onError: (error: Error) => void): Promise<Queue> {
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
  // the queue takes the highest whole number first: what is most needed has the least
  const send = (messageId: string, need: number, options: object = {}) =>
    boss.send(queue, { messageId }, { singletonKey: messageId, priority: Math.round(-need * 10_000), ...options })
  return {
    deliver: async (trx, messageId, need = 1) => {
      await send(messageId, need, { db: fromKysely(trx) })
    },
    wake: async messageId => {
      await send(messageId, 1)
    },
    work: async deliver => {
      // one worker of its own for each: who has found a letter is told to look again at once, for pg-boss would wait out
      // the second after each and send four letters a second at most
      for (let n = 0; n < lettersAtOnce; n++) {
        const id = await boss.work<
          { messageId: string },
          void,
          { pollingIntervalSeconds: number; batchSize: number; includeMetadata: true }
        >(queue, { pollingIntervalSeconds: 1, batchSize: 1, includeMetadata: true }, async ([job]) => {
          if (job) await deliver(job.data.messageId, job.id, job.retryCount, job.signal)
          boss.notifyWorker(id)
        })
      }
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
