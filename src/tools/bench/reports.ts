import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { migrate } from '../../base/db/migrate.ts'
import type { Db } from '../../base/db/open.ts'
import { ratio, type Times, tell, timesOf } from './measure.ts'
import { halfYear, seedNation, size } from './reports/nation.ts'
import { webOn } from './running.ts'
import { scratchOn } from './scratch.ts'
import { addCoordinator, signedIn } from './session.ts'

const port = 3966
const half = 'half=2026-H2'

/** A half-year of a nation's 200,000 talks in one House: its page as it stands and reckoned anew, and all talks as files. */
export async function reports(_: unknown, server: string): Promise<void> {
  const { url, database, drop } = await scratchOn(server)
  try {
    await migrate(database.db)
    await measureReports(database.db, url, await seedNation(database.db))
  } finally {
    await database.close()
    await drop()
  }
}

export async function measureReports(db: Db, url: string, houseId: string): Promise<void> {
  const cookie = await signedIn(db, await addCoordinator(db, houseId), houseId)
  const web = await webOn(url, port)
  try {
    const get = (address: string) => fetch(`${web.baseUrl}${address}`, { headers: { cookie } })
    const page = async () => {
      const answer = await get(`/app/reports?${half}`)
      if (answer.status !== 200 || answer.redirected) throw new Error(`the report answered ${answer.status}`)
      await answer.text()
    }
    const small = await timesOf(40, async () => (await get('/app/reports?month=2024-01')).text())
    const kept = await timesOf(60, page)
    // heads of another talk of the half-year each time, as a speaker says them
    const touch = () =>
      sql`update talks set heads_counted = heads_counted + 1 where id = (select id from talks
        where house_id = ${houseId} and state = 'held' and held_on = ${halfYear.from}::date + ${randomInt(halfYear.days)}::int limit 1)`.execute(
        db,
      )
    const said = (bench: string, times: Times) =>
      tell(bench, {
        talks: size.talks,
        ...times,
        emptyP50: small.p50,
        ratio: ratio(times.p50, small.p50),
        target: 'p95 at most 300 ms',
      })
    said('report page', kept)
    for (const ending of ['csv', 'xlsx']) await file(web.megabytes, get, ending, 'reports')
    said('report page after a change', await timesOf(40, page, touch))
    // the home page asks the engine, which reads 5,000 people's talks and leaves 60 MB behind
    for (const ending of ['csv', 'xlsx']) {
      for (let n = 0; n < 3; n++) await (await get('/app')).text()
      await file(web.megabytes, get, ending, 'the home page')
    }
  } finally {
    await web.stop()
  }
}

async function file(
  megabytes: () => number,
  get: (address: string) => Promise<Response>,
  ending: string,
  after: string,
): Promise<void> {
  const before = megabytes()
  const begun = performance.now()
  // once its first line is there, what pages before had left is gone
  const answer = await get(`/app/reports/talks.${ending}?${half}`)
  let peak = megabytes()
  const watch = setInterval(() => {
    peak = Math.max(peak, megabytes())
  }, 20)
  let bytes = 0
  for await (const part of answer.body ?? []) bytes += part.length
  clearInterval(watch)
  tell('report export', {
    ending,
    after,
    talks: size.talks,
    seconds: Math.round((performance.now() - begun) / 10) / 100,
    megabytes: peak,
    before,
    bytes,
    target: 'at most 10 s and 250 MB',
  })
}
