import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

/** Upper ends of the columns of the histogram, in seconds. */
export const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
export type Answered = { method: string; route: string; status: string; counts: number[]; seconds: number }

declare module 'fastify' {
  interface FastifyInstance {
    /** What was answered since the start: by the pattern of the route, never the address. */
    answered: Map<string, Answered>
    /** How many requests are being answered now. */
    underWay: { count: number }
  }
}

/** Counts answers; a page that nobody is to know about is not counted either. */
export const measures = fp(
  async (app: FastifyInstance) => {
    const answered = new Map<string, Answered>()
    const underWay = { count: 0 }
    app.decorate('answered', answered)
    app.decorate('underWay', underWay)
    app.addHook('onRequest', (_request, reply, done) => {
      underWay.count++
      // also when the client has gone before its answer
      reply.raw.once('close', () => {
        underWay.count--
      })
      done()
    })
    app.addHook('onResponse', (request, reply, done) => {
      const { config, url = 'none' } = request.routeOptions
      if (!config.quiet) add(tallyOf(answered, request.method, url, reply.statusCode), reply.elapsedTime / 1000)
      done()
    })
  },
  { name: 'measures' },
)

/** Where answers of a kind are counted. */
export function tallyOf(answered: Map<string, Answered>, method: string, route: string, statusCode: number): Answered {
  const status = String(statusCode)
  const key = `${method} ${route} ${status}`
  const known = answered.get(key) ?? { method, route, status, counts: bounds.map(() => 0).concat(0), seconds: 0 }
  answered.set(key, known)
  return known
}

/** One more of them. */
export function add(tally: Answered, seconds: number): void {
  const found = bounds.findIndex(bound => seconds <= bound)
  const at = found === -1 ? bounds.length : found
  tally.counts[at] = (tally.counts[at] ?? 0) + 1
  tally.seconds += seconds
}
