import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Role } from './db/tables.ts'
import { isLanguage, type Language, languages } from './i18n/language.ts'
import { hashOf } from './secrets.ts'
import type { DateTime } from './time.ts'

/** Who asks, as the session in the database says; identity never comes from what a client sends. */
export type Actor = {
  accountId: string
  houseId: string
  role: Role
  speakerId: string | undefined
  language: Language
  name: string
  keysOn: boolean
  theme: string
  sessionHash: string
}

/**
 * Who may come in. `link`: whoever holds the secret in the path, which the route's own look-up judges.
 * `static`: the same for everybody, no session is looked up.
 * The others name the least role; an administrator may do a coordinator's work.
 */
export type Access =
  | 'open'
  | 'static'
  | 'link'
  | 'signed-in'
  | 'speaker'
  | 'viewer'
  | 'coordinator'
  | 'administrator'
  | 'loopback'

export type FindActor = (sessionHash: string, now: DateTime) => Promise<Actor | undefined>

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
    /** Everybody may open it, but it is nothing to be found by: a step of the form. */
    unlisted?: boolean
    /** Mail programs post it without a form of ours (RFC 8058); the secret in the address is all it needs. */
    oneClick?: boolean
    /** Nobody is to know who looked: no session is looked up, no line is logged, no referrer goes along. */
    quiet?: boolean
  }
  interface FastifyRequest {
    actor: Actor | null
    language: Language
  }
}

const admitted: Record<Exclude<Access, 'open' | 'static' | 'link' | 'loopback'>, Role[]> = {
  'signed-in': ['administrator', 'coordinator', 'viewer', 'speaker'],
  speaker: ['speaker'],
  viewer: ['administrator', 'coordinator', 'viewer'],
  coordinator: ['administrator', 'coordinator'],
  administrator: ['administrator'],
}

/** The signed-in person of a route that is not open; a route that asks for nobody and calls this is a fault. */
export function actorOf(request: FastifyRequest): Actor {
  if (!request.actor) throw new Error('this route lets in people who are not signed in')
  return request.actor
}

export const auth = fp(
  async (app: FastifyInstance, options: { findActor: FindActor; cookie: string }) => {
    app.decorateRequest('actor', null)
    app.decorateRequest('language', 'kk')
    app.addHook('onRoute', route => {
      if (route.config?.access === undefined && route.method !== 'HEAD')
        throw new Error(`${route.url} does not say who may come in`)
    })
    app.addHook('onRequest', async (request, reply) => {
      const access = request.routeOptions.config.access
      const session = request.cookies[options.cookie]
      const quiet = request.routeOptions.config.quiet === true
      if (session && !quiet && access !== 'static' && access !== 'link' && access !== 'loopback')
        request.actor = (await options.findActor(hashOf(session), app.now())) ?? null
      request.language = languageOf(request)
      if (access === undefined || access === 'open' || access === 'static' || access === 'link') return
      if (access === 'loopback') {
        if (!/^(127\.|::1$|::ffff:127\.)/.test(request.ip)) return reply.callNotFound()
        return
      }
      if (!request.actor) return reply.redirect('/sign-in', 303)
      if (!admitted[access].includes(request.actor.role)) return reply.callNotFound()
    })
  },
  { name: 'auth', dependencies: ['@fastify/cookie'] },
)

/** The path says it on public pages, the profile when signed in, `?l=` elsewhere, then the browser; else Kazakh. */
export function languageOf(request: FastifyRequest): Language {
  const first = request.url.split(/[/?]/, 2)[1]
  if (isLanguage(first)) return first
  const { l } = (request.query ?? {}) as { l?: unknown }
  if (isLanguage(l)) return l
  if (request.actor) return request.actor.language
  const wished = (request.headers['accept-language'] ?? '')
    .toLowerCase()
    .split(',')
    .map(part => part.trim().slice(0, 2))
  return wished.find(isLanguage) ?? languages[0]
}
