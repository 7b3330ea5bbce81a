import { setImmediate as breathe } from 'node:timers/promises'
import type { Db } from '../base/db/open.ts'
import { transact } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import { claimWriting, dropOldTexts, markFeeds } from './publish-store.ts'
import { windowOf } from './rules.ts'
import { findCalendarTalks } from './talk-store.ts'
import { findTexts, housesBehind, keyOf, replaceTexts, staleTalks } from './text-store.ts'
import { type Desk, textsOf } from './texts.ts'

// a text takes the library 0.1 ms, a talk has about nine: nobody waits longer than 20 ms for the event loop
const atOnce = 20

/**
 * Writes the calendar texts of the talks of a House that changed since, and marks the feeds they stand in. Safe to run
 * anywhere, any number of times. `rounds` of twenty talks: somebody who waits for the answer waits no longer than that.
 */
export async function publish(
  db: Db,
  desk: Desk,
  houseId: string,
  now: DateTime,
  onFault: (error: unknown) => void,
  rounds = Number.POSITIVE_INFINITY,
): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    // the revision is read before the facts: a change between the two leaves the talk stale
    const stale = await staleTalks(db, houseId, atOnce)
    if (stale.length === 0) return
    const ids = stale.map(({ talkId }) => talkId)
    const talks = (await findCalendarTalks(db, ids)).filter(talk => talk.endsAt > windowOf(now, talk.zone).from)
    await transact(db, async trx => {
      const mine = await claimWriting(trx, stale)
      if (mine.size === 0) return
      // read under the lock: what another process wrote of the revision before may have to go again
      const kept = await findTexts(trx, [...mine])
      const before = new Map(kept.map(text => [keyOf(text), text]))
      const texts = talks
        .filter(({ id }) => mine.has(id))
        .flatMap(talk => {
          try {
            return textsOf(talk, before, desk, now)
          } catch (error) {
            // one talk that can't be written keeps its old texts, and nobody else's calendar waits for it
            onFault(error)
            return kept.filter(text => text.talkId === talk.id)
          }
        })
      const wanted = new Set(texts.map(keyOf))
      const changed = texts.filter(text => before.get(keyOf(text)) !== text)
      const gone = kept.filter(text => !wanted.has(keyOf(text)))
      if (changed.length + gone.length === 0) return
      await replaceTexts(trx, gone, changed)
      await markFeeds(trx, houseId, [...changed, ...gone], now)
    })
    await breathe()
  }
}

/** The worker's part: every House that is behind, one after the other. */
export async function publishAll(db: Db, desk: Desk, now: DateTime, onFault: (error: unknown) => void): Promise<void> {
  for (const houseId of await housesBehind(db)) await publish(db, desk, houseId, now, onFault)
}

/** Takes away texts that no feed shows any longer. */
export const forgetOldTexts = (db: Db, now: DateTime) => transact(db, trx => dropOldTexts(trx, now.minus({ days: 32 })))
