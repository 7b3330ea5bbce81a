import type { Db } from '../../base/db/open.ts'
import type { Jobs } from '../../base/jobs.ts'
import { type DateTime, wallOf } from '../../base/time.ts'
import { offers } from '../../matching/offer-rules.ts'
import { findAsked, findWorld, rangeOf } from '../../matching/store.ts'
import { book } from '../../talks/actions.ts'
import { coordinatorOf } from './coordinator.ts'

/** Books the best offers of the two oldest requests as a coordinator would, so that today's letters are there to be read. */
export async function bookSome(db: Db, jobs: Jobs, secret: string, slug: string, now: DateTime): Promise<void> {
  const house = await db.selectFrom('houses').select(['id', 'zone']).where('slug', '=', slug).executeTakeFirstOrThrow()
  const accountId = await coordinatorOf(db, house.id)
  const actor = { accountId, houseId: house.id }
  let booked = 0
  for (const requestNumber of await waitingNumbers(db, house.id)) {
    if (booked === 2) return
    const best = await bestOffer(db, house, requestNumber, now)
    if (!best) continue
    const startsAt = { day: best.moment.day, minute: best.moment.from }
    const done = await book(
      db,
      jobs,
      secret,
      { actor, requestNumber, startsAt, speakers: best.team.map(it => it.speakerId) },
      now,
    )
    if ('refused' in done) throw new Error(`an offer was refused: ${JSON.stringify(done.refused)}`)
    booked++
  }
}

export async function bestOffer(db: Db, house: { id: string; zone: string }, number: number, now: DateTime) {
  const asked = await findAsked(db, house.id, { number })
  const world = asked && (await findWorld(db, asked, rangeOf(asked.request, wallOf(now, house.zone).day), now))
  return world && offers(world, asked.request, { limit: 1 }).offers[0]
}

/** Requests that wait, oldest first. */
export async function waitingNumbers(db: Db, houseId: string): Promise<number[]> {
  const rows = await db
    .selectFrom('requests')
    .select('number')
    .where('house_id', '=', houseId)
    .where('state', '=', 'waiting')
    .orderBy('asked_at')
    .orderBy('number')
    .execute()
  return rows.map(({ number }) => number)
}
