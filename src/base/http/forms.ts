import { createHmac } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { newNonce, same } from '../secrets.ts'

const sevenDays = 7 * 86_400_000

declare module 'fastify' {
  interface FastifyRequest {
    /** A token for the forms of one page: `<time>.<random>.<mac>`, bound to the session where there is one. */
    formToken: () => string
  }
}

/**
 * Forged writes are refused by what the browser says of the page they come from (Sec-Fetch-Site, else Origin), and by a
 * token for callers that say nothing (reliability.md section 8). A token that is there and wrong is refused in any case.
 */
export const forms = fp(
  async (app: FastifyInstance, options: { secret: string; origin: string; cookie: string }) => {
    const mac = (request: FastifyRequest, text: string) =>
      createHmac('sha256', options.secret)
        .update(`form:${request.cookies[options.cookie] ?? ''}:${text}`)
        .digest('base64url')

    app.decorateRequest('formToken', function formToken(this: FastifyRequest) {
      const text = `${app.now().toMillis().toString(36)}.${newNonce().slice(0, 16)}`
      return `${text}.${mac(this, text)}`
    })

    const genuine = (request: FastifyRequest, token: string) => {
      const cut = token.lastIndexOf('.')
      const text = token.slice(0, cut)
      const age = app.now().toMillis() - Number.parseInt(text.split('.')[0] ?? '', 36)
      return cut > 0 && same(token.slice(cut + 1), mac(request, text)) && age >= -60_000 && age < sevenDays
    }

    app.addHook('preValidation', async (request, reply) => {
      if (request.method === 'GET' || request.method === 'HEAD' || request.is404) return
      if (request.routeOptions.config.oneClick) return
      const { body } = request
      const given = typeof body === 'object' && body !== null && '_csrf' in body ? body._csrf : undefined
      const site = request.headers['sec-fetch-site']
      const { origin } = request.headers
      const vouched =
        site !== undefined
          ? site === 'same-origin'
          : origin !== undefined && origin !== 'null' && origin === options.origin
      const denied =
        site !== undefined
          ? site !== 'same-origin'
          : origin !== undefined && origin !== 'null' && origin !== options.origin
      const token = typeof given === 'string' && genuine(request, given)
      if (denied || (given !== undefined && !token) || (!vouched && !token)) return reply.forged()
      if (typeof body === 'object' && body !== null) delete (body as Record<string, unknown>)['_csrf']
    })
  },
  { name: 'forms', dependencies: ['@fastify/cookie'] },
)
