import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** Said with every answer, errors too (reliability.md section 8). */
export const always = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
}

export const overHttps = { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }

export const headers = fp(
  async (app: FastifyInstance, options: { secure: boolean }) => {
    app.addHook('onRequest', async (request, reply) => {
      const access = request.routeOptions.config.access
      reply.headers(always).header('referrer-policy', access === 'link' ? 'no-referrer' : 'same-origin')
      if (options.secure) reply.headers(overHttps)
    })
    // after the session is known: nothing about a person or behind a secret is kept by a cache on the way
    app.addHook('onSend', async (request, reply) => {
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
      if (request.routeOptions.config.access !== 'open') reply.header('x-robots-tag', 'noindex, nofollow')
    })
  },
  { name: 'headers' },
)
