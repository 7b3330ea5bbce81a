import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Role } from './db/tables.ts'
import { isLanguage, type Language, languages } from './i18n/language.ts'
import { hashOf } from './secrets.ts'
import type { DateTime } from './time.ts'

/** How a session was opened: by a letter alone, or with a factor that only the person has (decision 025). */
export type Strength = 'letter' | 'strong'

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
  strength: Strength
  /** When the person last proved in this session who they are. */
  provedAt: DateTime | null
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
    /** Also for staff who came by a letter alone: where a factor is set up or shown. */
    weak?: boolean
    /**
     * Dangerous: asks for a proof of the last ten minutes first (`/account/again`) and comes back to this page, or to the
     * page that is named. `config: { fresh: true }` on a page with such a form, `fresh: '/its/page'` on what it sends.
     */
    fresh?: true | string
  }
  interface FastifyInstance {
    /** Every door of the application, as its route declares it. */
    doors: Door[]
  }
  interface FastifyRequest {
    actor: Actor | null
    language: Language
  }
}

export type Door = { method: string; url: string; access: Access | undefined; weak: boolean; fresh: boolean }

const freshMinutes = 10
/** Where a factor is set up, and where one is shown again. */
export const setUpPage = '/account/factors'
export const againPage = '/account/again'

/** Staff with a letter alone do nothing but set up a factor or show one; a speaker's letter is all there is. */
export const isWeak = ({ role, strength }: Pick<Actor, 'role' | 'strength'>): boolean =>
  role !== 'speaker' && strength !== 'strong'

export const isFresh = ({ provedAt }: Pick<Actor, 'provedAt'>, now: DateTime): boolean =>
  provedAt !== null && provedAt.plus({ minutes: freshMinutes }) > now

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

/** Before all routes: each says who may come in, or the application does not start. */
export const doors = fp(
  async (app: FastifyInstance) => {
    app.decorate('doors', [])
    app.addHook('onRoute', route => {
      const { access, weak = false, fresh } = route.config ?? {}
      if (access === undefined && route.method !== 'HEAD') throw new Error(`${route.url} does not say who may come in`)
      for (const method of [route.method].flat())
        app.doors.push({ method, url: route.url, access, weak, fresh: fresh !== undefined })
    })
  },
  { name: 'doors' },
)

export const auth = fp(
  async (app: FastifyInstance, options: { findActor: FindActor; cookie: string }) => {
    app.decorateRequest('actor', null)
    app.decorateRequest('language', 'kk')
    app.addHook('onRequest', async (request, reply) => {
      const access = request.routeOptions.config.access
      const session = request.cookies[options.cookie]
      const quiet = request.routeOptions.config.quiet === true
      if (session && !quiet && access !== 'static' && access !== 'link' && access !== 'loopback')
        request.actor = (await options.findActor(hashOf(session), app.now())) ?? null
      request.language = languageOf(request)
      const { weak, fresh } = request.routeOptions.config
      const reading = request.method === 'GET' || request.method === 'HEAD'
      const early = !weak && !!request.actor && isWeak(request.actor)
      // on a page for everybody somebody half signed in is nobody
      if (early && access === 'open') request.actor = null
      if (access === undefined || access === 'open' || access === 'static' || access === 'link') return
      if (access === 'loopback') {
        if (!/^(127\.|::1$|::ffff:127\.)/.test(request.ip)) return reply.callNotFound()
        return
      }
      if (!request.actor) return reply.redirect('/sign-in', 303)
      if (early) return reading ? reply.redirect(setUpPage, 303) : reply.unproved()
      if (!admitted[access].includes(request.actor.role)) {
        request.turnAway('role')
        return reply.callNotFound()
      }
      if (fresh !== undefined && !isFresh(request.actor, app.now())) {
        const back = typeof fresh === 'string' ? fresh : reading ? request.url : '/account'
        return reply.redirect(`${againPage}?to=${encodeURIComponent(back)}`, 303)
      }
    })
  },
  { name: 'auth', dependencies: ['@fastify/cookie'] },
)

/** The address to go back to after a proof: a page of ours that asks for one, or undefined for anything else. */
export function wayBack(app: FastifyInstance, to: string): string | undefined {
  const path = to.split('?', 1)[0] ?? ''
  if (to.length > 500 || !/^\/[\w/-]+(\?[\w=&%.+-]*)?$/.test(to)) return
  const pages = app.doors.filter(door => door.method === 'GET' && door.fresh)
  return pages.some(({ url }) => new RegExp(`^${url.replace(/:\w+/g, '[^/]+')}$`).test(path)) ? to : undefined
}

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
