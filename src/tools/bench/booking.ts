import { sql } from 'kysely'
import { migrate } from '../../base/db/migrate.ts'
import { databaseNow } from '../../base/db/moment.ts'
import { openJobs } from '../../base/jobs.ts'
import { newNonce } from '../../base/secrets.ts'
import { book } from '../../talks/actions.ts'
import { coordinatorOf } from '../seed/coordinator.ts'
import { seedDemonstration } from '../seed/demonstration.ts'
import { demoHouse } from '../seed/house.ts'
import { bestOffer, waitingNumbers } from '../seed/lively.ts'
import type { Size } from '../seed/sizes.ts'
import { ratio, tell } from './measure.ts'
import { secondsToFirstAnswer } from './running.ts'
import { scratchOn } from './scratch.ts'

/** Bookings a second on PostgreSQL against the bare insert of the same rows; then start and memory on that database. */
export async function booking(size: Size, server: string): Promise<void> {
  const { url, database, drop } = await scratchOn(server)
  const secret = newNonce()
  try {
    const { db } = database
    await migrate(db)
    const now = await databaseNow(db)
    await seedDemonstration(db, { size, seed: 1, now, secret, say: () => {} })
    const jobs = await openJobs(database, () => {})
    const house = await db
      .selectFrom('houses')
      .select(['id', 'zone'])
      .where('slug', '=', demoHouse.slug)
      .executeTakeFirstOrThrow()
    const accountId = await coordinatorOf(db, house.id)
    let [booked, milliseconds] = [0, 0]
    for (const requestNumber of await waitingNumbers(db, house.id)) {
      const best = await bestOffer(db, house, requestNumber, now)
      if (!best) continue
      const wish = {
        actor: { accountId, houseId: house.id },
        requestNumber,
        startsAt: { day: best.moment.day, minute: best.moment.from },
        speakers: best.team.map(it => it.speakerId),
      }
      const begun = performance.now()
      const done = await book(db, jobs, secret, wish, now)
      milliseconds += performance.now() - begun
      if ('refused' in done) throw new Error(`an offer was refused: ${JSON.stringify(done.refused)}`)
      booked++
    }
    await sql`create table bare_talks (like talks including all)`.execute(db)
    const rows = await db.selectFrom('talks').select('id').limit(Math.max(booked, 100)).execute()
    const begun = performance.now()
    for (const { id } of rows) await sql`insert into bare_talks select * from talks where id = ${id}`.execute(db)
    const bare = (performance.now() - begun) / rows.length
    const each = milliseconds / Math.max(1, booked)
    tell('booking', {
      size,
      booked,
      perSecond: Math.round(1000 / each),
      barePerSecond: Math.round(1000 / bare),
      ratio: ratio(each, bare),
    })
    await jobs.stop()
  } finally {
    await database.close()
  }
  const { seconds, megabytes } = await secondsToFirstAnswer({
    DATABASE_URL: url,
    APP_SECRET: secret,
    PORT: '3963',
  })
  tell('start', { size, database: 'PostgreSQL', seconds })
  tell('memory', { size, database: 'PostgreSQL', megabytes })
  await drop()
}
