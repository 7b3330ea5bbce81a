import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** A speaker's pages can be installed and keep a copy (views/assets/me.js). */
const ofSpeakers = `${policy}; worker-src 'self'; manifest-src 'self'`

/** Said with every answer, errors too (reliability.md section 8). */
const always = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
}

const overHttps = { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }

/** The same, and over https that there is nothing else. */
export const saidAlways = (secure: boolean): Record<string, string> => ({ ...always, ...(secure ? overHttps : {}) })

/** Behind the secret of a link: its address goes nowhere, and no search engine lists it. */
export const behindALink = { 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' }

export const headers = fp(
  async (app: FastifyInstance, options: { secure: boolean }) => {
    const said = saidAlways(options.secure)
    // callbacks: a promise for each hook was a tenth of a poll
    app.addHook('onRequest', (request, reply, done) => {
      const { access, quiet } = request.routeOptions.config
      reply
        .headers(said)
        .header('x-request-id', request.id)
        .header('referrer-policy', access === 'link' || quiet ? behindALink['referrer-policy'] : 'same-origin')
      if (app.leaving) reply.header('connection', 'close')
      if (access === 'speaker') reply.header('content-security-policy', ofSpeakers)
      done()
    })
    // after the session is known: nothing about a person or behind a secret is kept by a cache on the way
    app.addHook('onSend', (request, reply, _, done) => {
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
      if (request.routeOptions.config.access !== 'open') reply.header('x-robots-tag', behindALink['x-robots-tag'])
      done()
    })
  },
  { name: 'headers' },
)
