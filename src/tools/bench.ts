import path from 'node:path'
import { Mistake, readConfig } from '../config.ts'
import { complete } from '../run.ts'
import { board } from './bench/board.ts'
import { booking } from './bench/booking.ts'
import { busyImport } from './bench/busy.ts'
import { closure } from './bench/closure.ts'
import { desk } from './bench/desk.ts'
import { faults } from './bench/faults.ts'
import { feeds } from './bench/feeds.ts'
import { lighthouseScores } from './bench/lighthouse.ts'
import { ratio, tell, timesOf } from './bench/measure.ts'
import { messages } from './bench/messages.ts'
import { offersInProcess } from './bench/offers.ts'
import { pages } from './bench/pages.ts'
import { besidePlan } from './bench/planner/beside.ts'
import { planner } from './bench/planner.ts'
import { publicPages } from './bench/public.ts'
import { reports } from './bench/reports.ts'
import { cache, demonstration, secondsToFirstAnswer } from './bench/running.ts'
import { isSize, type Size } from './seed/sizes.ts'

/** Starts of an existing embedded database, against loading Node and nothing else. */
async function starts(size: Size): Promise<void> {
  await (await demonstration(size, 3964)).stop()
  const bare = await timesOf(3, async () =>
    (await import('node:child_process')).execFileSync(process.execPath, ['-e', '0']),
  )
  const { seconds, megabytes } = await secondsToFirstAnswer({
    DATA_DIR: path.join(cache, `demo-${size}-1`),
    PORT: '3965',
  })
  tell('start', {
    size,
    database: 'embedded',
    seconds,
    nodeAloneSeconds: bare.p50 / 1000,
    ratio: ratio(seconds, bare.p50 / 1000),
  })
  tell('memory', { size, database: 'embedded, after start', megabytes })
}

const onServers = ['public', 'desk', 'booking', 'feeds', 'messages', 'closure', 'reports']
// minutes, and the same at every size: only when it is named
const named = ['faults', 'messages', 'closure', 'lighthouse', 'planner', 'beside-a-plan', 'reports']
const benches: Record<string, (size: Size) => Promise<void>> = {
  busy: busyImport,
  offers: offersInProcess,
  pages,
  board,
  start: starts,
  public: onServer(publicPages),
  desk: onServer(desk),
  booking: onServer(booking),
  feeds: onServer(feeds),
  messages: onServer(messages),
  closure: onServer(closure),
  faults,
  lighthouse: lighthouseScores,
  planner,
  'beside-a-plan': besidePlan,
  reports: onServer(reports),
}

function onServer(measure: (size: Size, url: string) => Promise<void>): (size: Size) => Promise<void> {
  return async size => {
    const { databaseUrl } = readConfig()
    if (!databaseUrl) throw new Mistake('this needs a PostgreSQL: DATABASE_URL of a server where databases may be made')
    await measure(size, databaseUrl)
  }
}

/** `npm run bench [-- NAME [SIZE]]`; everything at small and city without a name, bookings only where there is a PostgreSQL. */
if (import.meta.main)
  await complete(async () => {
    const [name, size] = process.argv.slice(2)
    if (name !== undefined && !(name in benches))
      throw new Mistake(`there is no benchmark ${name}: ${Object.keys(benches).join(', ')}`)
    if (size !== undefined && !isSize(size)) throw new Mistake('a size is small, city, region or nation')
    const usual = name !== undefined && named.includes(name) ? (['small'] as const) : (['small', 'city'] as const)
    for (const each of size ? [size] : usual)
      for (const [bench, measure] of Object.entries(benches))
        if (
          bench === name ||
          (name === undefined && !named.includes(bench) && (!onServers.includes(bench) || process.env['DATABASE_URL']))
        )
          await measure(each)
  })
