import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

/** At which door somebody was turned away: a proof that was wrong, a role that is too little, a form that was not ours, too many tries. */
export type TurnedAway = 'sign-in' | 'proof' | 'role' | 'unproved' | 'forged' | 'limit'
export type Counted = { what: TurnedAway; way: string; count: number }

declare module 'fastify' {
  interface FastifyInstance {
    /** Who was turned away since the start, by door and way. */
    turnedAway: Map<string, Counted>
  }
  interface FastifyRequest {
    /**
     * Writes a line of the log and counts; the journal hears nothing, so that a flood of tries neither fills it nor keeps
     * bookings waiting. `mark` tells tries of one address from those of another, and nobody which address it is.
     */
    turnAway: (what: TurnedAway, about?: { way?: string; mark?: string }) => void
  }
}

/** Security events that came to nothing (ASVS 16.3): who was turned away, where, when and how, without a secret or an address. */
export const turnedAway = fp(
  async (app: FastifyInstance, options: { placeOf: (ip: string) => string }) => {
    const counted = new Map<string, Counted>()
    app.decorate('turnedAway', counted)
    app.decorateRequest('turnAway', function turnAway(this: FastifyRequest, what, about = {}) {
      const { config, url: route = 'none' } = this.routeOptions
      if (config?.quiet) return
      const { way = '', mark } = about
      const key = `${what} ${way}`
      const one = counted.get(key) ?? { what, way, count: 0 }
      counted.set(key, { ...one, count: one.count + 1 })
      const who = this.actor?.accountId
      this.log.warn(
        { event: 'turned-away', what, way, route, place: options.placeOf(this.ip), who, mark },
        'turned away',
      )
    })
  },
  { name: 'turned-away' },
)
