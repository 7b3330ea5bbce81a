import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** Said with every answer, errors too (reliability.md section 8). A route may have set a stricter or, for its sake, another value. */
export const headers = fp(
  async (app: FastifyInstance, options: { secure: boolean }) => {
    app.addHook('onRequest', async (request, reply) => {
      const access = request.routeOptions.config.access
      reply
        .header('content-security-policy', policy)
        .header('x-content-type-options', 'nosniff')
        .header('referrer-policy', access === 'link' ? 'no-referrer' : 'same-origin')
        .header('cross-origin-opener-policy', 'same-origin')
        .header('cross-origin-resource-policy', 'same-origin')
        .header('permissions-policy', 'camera=(), microphone=(), geolocation=()')
      if (options.secure) reply.header('strict-transport-security', 'max-age=63072000; includeSubDomains')
    })
    // after the session is known: nothing about a person or behind a secret is kept by a cache on the way
    app.addHook('onSend', async (request, reply) => {
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
      if (request.routeOptions.config.access !== 'open') reply.header('x-robots-tag', 'noindex, nofollow')
    })
  },
  { name: 'headers' },
)
