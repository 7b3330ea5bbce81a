import type { FastifyReply, FastifyRequest } from 'fastify'
import { seal, tokenOf, unseal } from '../secrets.ts'

/** What a browser alone keeps for some minutes, sealed: nobody else can read it, and it works for nothing but its purpose. */
export type Kept = { purpose: string; text: string; bound: string; until: number }

const minutes = 10

const nameOf = (request: FastifyRequest, what: string) => request.server.sessionCookie.replace('sid', what)
const shape = (cookie: string) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: cookie.startsWith('__Host-') }) as const

/** Lays something into the browser, bound to a session or to nothing. */
export function keepSealed(
  request: FastifyRequest,
  reply: FastifyReply,
  purpose: string,
  text: string,
  bound = '',
): void {
  const { config, now } = request.server
  const kept: Kept = { purpose, text, bound, until: now().plus({ minutes }).toMillis() }
  const name = nameOf(request, purpose)
  reply.setCookie(name, seal(tokenOf(config.secret, 'kept', purpose), JSON.stringify(kept)), {
    ...shape(name),
    maxAge: minutes * 60,
  })
}

/** What was laid there for this purpose and this session, while it lasts. */
export function keptSealed(request: FastifyRequest, purpose: string, bound = ''): string | undefined {
  const { config, now } = request.server
  const opened = unseal(tokenOf(config.secret, 'kept', purpose), request.cookies[nameOf(request, purpose)] ?? '')
  if (opened === undefined) return
  const kept = JSON.parse(opened) as Kept
  return kept.purpose === purpose && kept.bound === bound && kept.until > now().toMillis() ? kept.text : undefined
}

export function dropSealed(request: FastifyRequest, reply: FastifyReply, purpose: string): void {
  const name = nameOf(request, purpose)
  reply.clearCookie(name, shape(name))
}
