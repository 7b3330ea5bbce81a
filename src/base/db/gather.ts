import { setImmediate as turn } from 'node:timers/promises'
import type { Db } from './open.ts'

// while one is asked the answers of the other are given; four made the batches small (52,000 polls a second against 58,000)
const atOnce = 2

/**
 * Look-ups of single rows that come close together, asked in one query: those of one turn of the event loop, and those that
 * come while two queries are under way go with the next. Nobody gets a row read before they asked.
 */
export function gathered<Found>(
  read: (keys: string[]) => Promise<Map<string, Found>>,
): (key: string) => Promise<Found | undefined> {
  let waiting = new Map<string, PromiseWithResolvers<Found | undefined>>()
  let running = 0
  const run = async () => {
    running++
    await turn()
    while (waiting.size > 0) {
      const asked = waiting
      waiting = new Map()
      try {
        const found = await read([...asked.keys()])
        for (const [key, one] of asked) one.resolve(found.get(key))
      } catch (error) {
        for (const one of asked.values()) one.reject(error)
      }
    }
    running--
  }
  return key => {
    const same = waiting.get(key) ?? Promise.withResolvers<Found | undefined>()
    waiting.set(key, same)
    if (running < atOnce) void run()
    return same.promise
  }
}

/** The same for whichever database is asked. */
export function gatheredOn<Found>(
  read: (db: Db, keys: string[]) => Promise<Map<string, Found>>,
): (db: Db, key: string) => Promise<Found | undefined> {
  const each = new WeakMap<Db, (key: string) => Promise<Found | undefined>>()
  return (db, key) => {
    const known = each.get(db) ?? gathered(keys => read(db, keys))
    each.set(db, known)
    return known(key)
  }
}
