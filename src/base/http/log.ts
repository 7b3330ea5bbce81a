import { randomInt } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { codeOf } from '../db/errors.ts'
import { masked } from '../mask.ts'

/** Eight digits: they stand in each line of the log and in the answer, and can be said on the telephone. */
export const requestNumber = (): string => String(randomInt(10_000_000, 100_000_000))

/** Lines of JSON in UTC. Of an error its words and place, never the values a database puts beside them; of a request never its address. */
export const logged = (level: string) => ({
  level,
  serializers: {
    err: (error: Error & { constraint?: unknown; table?: unknown }) => ({
      type: error.name,
      message: masked(error.message),
      stack: masked(error.stack ?? ''),
      code: codeOf(error),
      constraint: error.constraint,
      table: error.table,
    }),
    req: (request: FastifyRequest) => ({ method: request.method, route: request.routeOptions?.url }),
  },
})
