import type { KyselyPlugin } from 'kysely'
import type { TestWorld } from './world.ts'

/** Counts what the application asks the database from here on; the answer starts a new count and says how often a piece of work asked. */
export function counting({
  app,
  db,
}: Pick<TestWorld, 'app' | 'db'>): (work: () => Promise<unknown>) => Promise<number> {
  let asked = 0
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      asked++
      return node
    },
    transformResult: async ({ result }) => result,
  }
  Object.assign(app, { db: db.withPlugin(plugin) })
  return async work => {
    asked = 0
    await work()
    return asked
  }
}
