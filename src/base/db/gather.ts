import { setImmediate as turn } from 'node:timers/promises'

/**
 * Look-ups of single rows that come close together, asked in one query: those of one turn of the event loop, and those that
 * come while a query is under way go with the next. Nobody gets a row read before they asked.
 */
export function gathered<Found>(
  read: (keys: string[]) => Promise<Map<string, Found>>,
): (key: string) => Promise<Found | undefined> {
  let waiting = new Map<string, PromiseWithResolvers<Found | undefined>>()
  let running = false
  const run = async () => {
    running = true
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
    running = false
  }
  return key => {
    const same = waiting.get(key) ?? Promise.withResolvers<Found | undefined>()
    waiting.set(key, same)
    if (!running) void run()
    return same.promise
  }
}
