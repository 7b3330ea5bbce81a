import { setTimeout as pause } from 'node:timers/promises'
import { openJobs } from '../../base/jobs.ts'
import { coordinatorOf } from '../seed/coordinator.ts'
import { waitingNumbers } from '../seed/lively.ts'
import type { Size } from '../seed/sizes.ts'
import { ask } from './ask.ts'
import { furnishedOn } from './furnished.ts'
import { tell, timesOf } from './measure.ts'
import { webOn } from './running.ts'
import { signedIn } from './session.ts'

const [count, requestsAsked, restSeconds] = [300, 40, 20]

/** A coordinator's board and offers and some public pages from one web half on PostgreSQL, in the House with most requests waiting, and its memory after each. */
export async function desk(size: Size, server: string): Promise<void> {
  const { database, url, drop } = await furnishedOn(server, size)
  const { db } = database
  const { house_id: houseId } = await db
    .selectFrom('requests')
    .select('house_id')
    .where('state', '=', 'waiting')
    .groupBy('house_id')
    .orderBy(it => it.fn.countAll(), 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const waiting = (await waitingNumbers(db, houseId)).slice(0, requestsAsked)
  const cookie = await signedIn(db, await coordinatorOf(db, houseId), houseId)
  await (await openJobs(database, () => {})).stop()
  await database.close()
  const { baseUrl, megabytes, stop } = await webOn(url, 3971)
  try {
    await pause(3000)
    tell('desk', { size, after: 'the start', megabytes: megabytes() })
    const numberOf = (n: number) => waiting[n % waiting.length]
    const asked: [string, (n: number) => string][] = [
      ['public pages', n => ['/kk', '/ru/topics', '/kk/request/topic', '/kk/help'][n % 4] ?? '/en'],
      ['/app with a chosen request', n => `/app?request=${numberOf(n)}`],
      ['offers for one request', n => `/app/requests/${numberOf(n)}/offers`],
    ]
    for (const [after, pathOf] of asked) {
      const times = await timesOf(count, n => ask(`${baseUrl}${pathOf(n)}`, { cookie }))
      tell('desk', { size, after, ...times, megabytes: megabytes() })
    }
    await pause(restSeconds * 1000)
    tell('desk', { size, after: `${restSeconds} s of rest`, megabytes: megabytes() })
  } finally {
    await stop()
    await drop()
  }
}
