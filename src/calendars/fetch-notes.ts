import type { FastifyInstance } from 'fastify'
import { type Feed, noteFetches } from './feed-store.ts'
import { clientName } from './rules.ts'

/** Notes who read a feed, after the answer: those who come while one note is being written are written together with the next. */
export function fetchNotes(app: FastifyInstance): (feed: Feed, agent: string | undefined) => void {
  let seen = new Map<string, string>()
  let writing = false
  const write = async () => {
    writing = true
    while (seen.size > 0) {
      const these = seen
      seen = new Map()
      await noteFetches(app.db, these, app.now()).catch(error => app.log.warn({ err: error }, 'fetches were not noted'))
    }
    writing = false
  }
  return ({ id, noted }, agent = '') => {
    if (noted) return
    seen.set(id, clientName(agent))
    if (!writing) {
      writing = true
      setImmediate(write)
    }
  }
}
