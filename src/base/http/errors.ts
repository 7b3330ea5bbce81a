import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { languageOf } from '../auth.ts'
import { codeOf, isAway } from '../db/errors.ts'
import { words } from '../words.ts'
import { asset } from './assets.ts'
import { behindALink, saidAlways } from './headers.ts'
import { escaped } from './html.ts'
import { eta, type Face, faceKey, houseIdOf } from './pages.ts'

/** Error pages: each says what happened, what to do next and whom to call; none needs the database (ux.md section 1). */
export const errors = fp(
  async (app: FastifyInstance) => {
    app.decorate('knownFaces', new Map<string, Face>())
    app.decorateReply('tooMany', async function tooMany(this: FastifyReply, retryAfterSeconds: number) {
      this.request.turnAway('limit')
      return answer(this.request, this.header('retry-after', String(retryAfterSeconds)), 429, 'busy')
    })
    app.decorateReply('away', async function away(this: FastifyReply, retryAfterSeconds: number) {
      return answer(this.request, this.header('retry-after', String(retryAfterSeconds)), 503, 'away')
    })
    app.decorateReply('forged', async function forged(this: FastifyReply) {
      this.request.turnAway('forged')
      return answer(this.request, this, 403, 'forged')
    })
    app.decorateReply('unproved', async function unproved(this: FastifyReply) {
      this.request.turnAway('unproved')
      return answer(this.request, this, 403, 'unproved')
    })
    app.setErrorHandler(async (error: FastifyError, request, reply) => {
      if (error.validation || (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)) {
        const status = error.validation ? 422 : (error.statusCode ?? 400)
        return answer(request, reply, status, status === 429 ? 'busy' : status === 413 ? 'large' : 'unreadable')
      }
      if (isAway(error)) {
        request.log.warn({ code: codeOf(error), route: request.routeOptions.url }, 'the database is away')
        return answer(request, reply.header('retry-after', '5'), 503, 'away')
      }
      // values that validation should have caught: the sender's fault for the sender, ours to mend
      if (/^(22|23)/.test(codeOf(error) ?? '')) {
        request.log.error({ err: error, route: request.routeOptions.url }, 'the database refused a value')
        return answer(request, reply, 422, 'unreadable')
      }
      request.log.error({ err: error, route: request.routeOptions.url }, 'fault')
      return answer(request, reply, 500, 'fault')
    })
  },
  { name: 'errors' },
)

/** Nothing is there, or nothing of yours. */
export const missing = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  answer(request, reply, 404, 'missing')

/** An address that is no address (a broken percent sign): nothing is there, and no hook has run or will run. */
export const nowhere =
  (secure: boolean) =>
  (_: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    request.language = languageOf(request)
    reply.headers({
      ...saidAlways(secure),
      'x-request-id': request.id,
      'referrer-policy': behindALink['referrer-policy'],
      'cache-control': 'no-store',
      vary: 'accept-encoding',
    })
    answer(request, reply, 404, 'missing')
  }

type Kind = 'missing' | 'forged' | 'unproved' | 'unreadable' | 'large' | 'busy' | 'away' | 'fault'

function answer(request: FastifyRequest, reply: FastifyReply, status: number, kind: Kind): FastifyReply {
  const language = request.language ?? languageOf(request)
  const said = words[language]
  const { title, text } = said.errors[kind]
  const { knownFaces } = request.server
  const face = knownFaces.get(faceKey(houseIdOf(request), language)) ?? knownFaces.get(faceKey(undefined, language))
  const { role } = request.actor ?? {}
  const home =
    role === undefined
      ? request.home || `/${language}`
      : role === 'speaker'
        ? '/me'
        : role === 'viewer'
          ? '/account'
          : '/app'
  const call =
    face?.phone && face.phoneSaid
      ? `<p class="note"><span>${escaped(said.call)}: <a class="link" href="tel:${escaped(face.phone)}">${escaped(face.phoneSaid)}</a></span></p>`
      : ''
  const number =
    kind === 'fault' || kind === 'away'
      ? `<p class="note"><span>${escaped(said.requestNumber)}: <b class="num">${escaped(request.id)}</b></span></p>`
      : ''
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('content-language', language)
    .send(
      `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
        `<title>${escaped(title)} — Kezdesu</title><meta name="robots" content="noindex"><link rel="stylesheet" href="${asset('public.css')}">` +
        `<link rel="icon" href="${asset('icon.svg')}"></head><body><header class="top"><div class="in"><a class="brand" href="${home}">${eta.render('/parts/mark', { size: 40 })}<span>${escaped(face?.name ?? said.product)} <small>${escaped(face?.city ?? '')}</small></span></a></div><div class="orn h"></div></header><main class="sign" id="main"><h1>${escaped(title)}</h1>` +
        `<p class="card">${escaped(text)}</p><p class="note"><a class="link" href="${home}">${escaped(said.home)}</a></p>${call}${number}</main></body></html>`,
    )
}
