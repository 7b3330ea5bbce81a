import { sql } from 'kysely'
import { migrate } from '../../base/db/migrate.ts'
import { databaseNow } from '../../base/db/moment.ts'
import type { Db } from '../../base/db/open.ts'
import { hashOf, newNonce } from '../../base/secrets.ts'
import { ratio, tell, timesOf } from './measure.ts'
import { seedNation, size } from './reports/nation.ts'
import { webOn } from './running.ts'
import { scratchOn } from './scratch.ts'

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
  const cookie = await session(db, houseId)
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
    const touch = () => sql`update talks set note = note where id = (select id from talks limit 1)`.execute(db)
    const anew = await timesOf(3, page, touch)
    tell('report page', {
      talks: size.talks,
      ...kept,
      anewP50: anew.p50,
      anewP95: anew.p95,
      emptyP50: small.p50,
      ratio: ratio(kept.p50, small.p50),
      target: 'p95 at most 300 ms',
    })
    for (const ending of ['csv', 'xlsx']) await file(web.megabytes, get, ending)
  } finally {
    await web.stop()
  }
}

async function file(
  megabytes: () => number,
  get: (address: string) => Promise<Response>,
  ending: string,
): Promise<void> {
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, megabytes())
  }, 20)
  const begun = performance.now()
  const answer = await get(`/app/reports/talks.${ending}?${half}`)
  let bytes = 0
  for await (const part of answer.body ?? []) bytes += part.length
  clearInterval(watch)
  tell('report export', {
    ending,
    talks: size.talks,
    seconds: Math.round((performance.now() - begun) / 10) / 100,
    megabytes: peak,
    bytes,
    target: 'at most 10 s and 250 MB',
  })
}

async function session(db: Db, houseId: string): Promise<string> {
  const now = await databaseNow(db)
  const { id } = await db
    .insertInto('accounts')
    .values({
      email: `${newNonce().slice(0, 8).toLowerCase()}@bench.example`,
      name_kk: 'x',
      name_ru: 'x',
      name_en: 'x',
      address_kk: 'x',
      address_ru: 'x',
      address_en: 'x',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('roles').values({ account_id: id, house_id: houseId, role: 'coordinator' }).execute()
  const sid = newNonce()
  await db
    .insertInto('sessions')
    .values({
      id_hash: hashOf(sid),
      account_id: id,
      house_id: houseId,
      created_at: now,
      seen_at: now,
      ends_at: now.plus({ days: 1 }),
      ip_prefix: '',
      agent: 'bench',
      strength: 'strong',
      proved_at: now,
    })
    .execute()
  return `sid=${sid}`
}
