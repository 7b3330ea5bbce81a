import path from 'node:path'
import { sql } from 'kysely'
import { databaseNow } from '../../base/db/moment.ts'
import { openDatabase } from '../../base/db/open.ts'
import { wallOf } from '../../base/time.ts'
import { offers } from '../../matching/offer-rules.ts'
import { findAsked, findWorld, rangeOf } from '../../matching/store.ts'
import { demoHouse } from '../seed/house.ts'
import { waitingNumbers } from '../seed/lively.ts'
import type { Size } from '../seed/sizes.ts'
import { ratio, tell, timesOf } from './measure.ts'
import { cache, demonstration } from './running.ts'

/** All offers for one request, in process: the engine alone, and with reading its world; against the smallest query. */
export async function offersInProcess(size: Size): Promise<void> {
  await (await demonstration(size, 3962)).stop()
  const { db, close } = await openDatabase({ folder: path.join(cache, `demo-${size}-1`, 'database') })
  try {
    const now = await databaseNow(db)
    const house = await db
      .selectFrom('houses')
      .select(['id', 'zone'])
      .where('slug', '=', demoHouse.slug)
      .executeTakeFirstOrThrow()
    const numbers = await waitingNumbers(db, house.id)
    const read = async (n: number) => {
      const asked = await findAsked(db, house.id, { number: numbers[n % numbers.length] ?? 0 })
      const world = asked && (await findWorld(db, asked, rangeOf(asked.request, wallOf(now, house.zone).day), now))
      if (!asked || !world) throw new Error('the request is gone')
      return { world, request: asked.request }
    }
    const baseline = await timesOf(300, () => sql`select 1`.execute(db))
    const worlds = await Promise.all(numbers.map((_, n) => read(n)))
    const engine = await timesOf(300, async n => {
      const one = worlds[n % worlds.length]
      if (one) offers(one.world, one.request)
    })
    const whole = await timesOf(300, async n => {
      const { world, request } = await read(n)
      offers(world, request)
    })
    tell('offers', {
      where: 'engine alone',
      size,
      ...engine,
      selectOneP50: baseline.p50,
      ratio: ratio(engine.p50, baseline.p50),
    })
    tell('offers', {
      where: 'in process, with reading',
      size,
      ...whole,
      selectOneP50: baseline.p50,
      ratio: ratio(whole.p50, baseline.p50),
    })
  } finally {
    await close()
  }
}
