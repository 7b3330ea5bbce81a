import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from '../base/http/schema.ts'
import { typed as sent } from '../base/http/typed.ts'
import { allowed } from '../base/limits.ts'
import { siteOfKeys } from '../base/proofs/passkeys.ts'
import { hashOf, newNonce } from '../base/secrets.ts'
import { cleanLine, emailOf } from '../base/text.ts'
import { askToSignIn, type Browser, type SignedIn, signInByCode, signInByLink } from './actions.ts'
import { type KeysHere, passwordField } from './factor-pages.ts'
import { words as factorWords } from './factor-words.ts'
import { deviceMark } from './password-actions.ts'
import { landing, linkMinutes, placeOf } from './rules.ts'
import { signOut } from './session-actions.ts'
import { isOpen } from './sign-in-store.ts'
import { dropSession } from './store.ts'
import { words } from './words.ts'

const typed = Type.Optional(Type.String({ maxLength: 2000 }))
const Token = Type.Object({ token: Type.String({ maxLength: 200 }) })
const open = { access: 'open' } as const
const always = { access: 'open', weak: true } as const
const link = { access: 'link' } as const

/** Signing in and out. Every answer about an address is the same whether we know it or not. */
export const signInRoutes: FastifyPluginAsyncTypebox = async app => {
  const { secret } = app.config
  const form = (request: FastifyRequest, reply: FastifyReply, email = '', error?: string) =>
    reply.page('accounts/sign-in', signInPage(request, { email, error }))
  const codeForm = (request: FastifyRequest, reply: FastifyReply, error?: string) => {
    const say = words[request.language]
    return reply.page('accounts/code', { title: say.sent, say, error, development: app.development })
  }

  app.get('/sign-in', { config: always }, async (request, reply) =>
    request.actor ? reply.redirect(landing[request.actor.role], 303) : form(request, reply),
  )

  app.post('/sign-in', { config: open }, async (request, reply) => {
    const given = sent(request.body, ['email']).texts.email
    const email = emailOf(given)
    if (!email)
      return form(request, reply.code(422), cleanLine(given).slice(0, 300), words[request.language].emailWrong)
    for (const [what, key] of [
      ['sign-in-ip', request.ip],
      ['sign-in-address', email],
    ] as const) {
      const tried = await allowed(app.db, secret, what, key, app.now())
      if ('retryAfterSeconds' in tried) return reply.tooMany(tried.retryAfterSeconds)
    }
    const browser = newNonce()
    await askToSignIn(app.db, app.jobs, secret, { email, browser }, app.now())
    // the code works only in the browser that asked for it
    reply.setCookie(askedCookie(app.sessionCookie), browser, {
      ...cookie(app.sessionCookie),
      maxAge: linkMinutes * 60,
    })
    return reply.redirect(`/sign-in/code?l=${request.language}`, 303)
  })

  app.get('/sign-in/code', { config: open }, async (request, reply) => codeForm(request, reply))

  app.post(
    '/sign-in/code',
    { config: open, attachValidation: true, schema: { body: Type.Object({ code: typed }) } },
    async (request, reply) => {
      const asked = request.cookies[askedCookie(app.sessionCookie)] ?? ''
      const tried = await allowed(app.db, secret, 'code', asked || request.ip, app.now())
      if ('retryAfterSeconds' in tried) return reply.tooMany(tried.retryAfterSeconds)
      const code = request.validationError ? '' : (request.body?.code ?? '').replace(/\D/g, '')
      const signedIn =
        asked && code.length === 6
          ? await signInByCode(app.db, secret, { code, asked }, browserOf(request), app.now())
          : undefined
      if (!signedIn) {
        request.turnAway('sign-in', { way: 'code' })
        return codeForm(request, reply.code(422), words[request.language].codeWrong)
      }
      return welcome(request, reply, signedIn)
    },
  )

  app.get('/sign-in/:token', { config: link, schema: { params: Token } }, async (request, reply) => {
    const say = words[request.language]
    const { token } = request.params
    if (!(await isOpen(app.db, hashOf(token), app.now())))
      return reply.code(404).page('accounts/ended', { title: say.ended, say })
    return reply.page('accounts/link', { title: say.confirm, say, action: `/sign-in/${encodeURIComponent(token)}` })
  })

  app.post('/sign-in/:token', { config: link, schema: { params: Token } }, async (request, reply) => {
    const say = words[request.language]
    const signedIn = await signInByLink(app.db, request.params.token, browserOf(request), app.now())
    if (!signedIn) {
      request.turnAway('sign-in', { way: 'link' })
      return reply.code(404).page('accounts/ended', { title: say.ended, say })
    }
    return welcome(request, reply, signedIn)
  })

  app.post('/sign-out', { config: always }, async (request, reply) => {
    if (request.actor) await signOut(app.db, request.actor, app.now())
    reply.clearCookie(app.sessionCookie, cookie(app.sessionCookie)).header('clear-site-data', '"storage"')
    return reply.redirect('/sign-in', 303)
  })
}

/** The page with all ways in; a way that was refused says so. */
export function signInPage(
  request: FastifyRequest,
  {
    email = '',
    error,
    password,
  }: { email?: string; error?: string | undefined; password?: { email: string; error: string } },
  problem?: string,
) {
  const say = words[request.language]
  const { oidc } = request.server.config
  return {
    title: say.title,
    say,
    factorSay: factorWords[request.language],
    email,
    error,
    elsewhere: keysHere(request),
    password: {
      open: password !== undefined,
      email: password?.email ?? '',
      error: password?.error,
      field: passwordField(request.language, {
        id: 'password',
        label: factorWords[request.language].password.current,
        now: true,
      }),
    },
    provider: oidc !== undefined,
    problem,
  }
}

const askedCookie = (sessionCookie: string) => sessionCookie.replace('sid', 'asked')
const cookie = (sessionCookie: string) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: sessionCookie.startsWith('__Host-') }) as const

/** What a session remembers of the browser it was opened in. */
export const browserOf = (request: FastifyRequest): Browser => ({
  ipPrefix: placeOf(request.ip),
  agent: cleanLine(request.headers['user-agent'] ?? '').slice(0, 200),
})

/** Hands out the cookie of a new session, ends the one this browser had, and goes where the role's work begins. */
export async function welcome(
  request: FastifyRequest,
  reply: FastifyReply,
  { session, role, accountId, strength }: SignedIn,
): Promise<FastifyReply> {
  const app = request.server
  const before = request.cookies[app.sessionCookie]
  if (before) await dropSession(app.db, hashOf(before))
  giveSession(reply, session, role)
  if (strength === 'strong') giveDeviceMark(reply, accountId)
  reply.clearCookie(askedCookie(app.sessionCookie), cookie(app.sessionCookie))
  // what this browser keeps for hours without a network may be somebody else's
  reply.header('clear-site-data', '"storage"')
  return reply.redirect(landing[role], 303)
}

/** The cookie of a session, new or under a new id. */
export function giveSession(reply: FastifyReply, session: string, role: SignedIn['role']): void {
  const { sessionCookie } = reply.server
  // the table decides when a session ends; a speaker's rolls on, so the cookie must outlast it
  const days = role === 'speaker' ? 400 : 7
  reply.setCookie(sessionCookie, session, { ...cookie(sessionCookie), maxAge: days * 86_400 })
}

const deviceCookie = (sessionCookie: string) => sessionCookie.replace('sid', 'device')
export const deviceMarkOf = (request: FastifyRequest): string =>
  request.cookies[deviceCookie(request.server.sessionCookie)] ?? ''

/** After a strong proof the browser is known to the account. */
export function giveDeviceMark(reply: FastifyReply, accountId: string): void {
  const { sessionCookie, config } = reply.server
  reply.setCookie(deviceCookie(sessionCookie), deviceMark(config.secret, accountId), {
    ...cookie(sessionCookie),
    maxAge: 400 * 86_400,
  })
}

/** The name under which a browser was asked for a key, for the five minutes that it has. */
export const keyCookie = (sessionCookie: string): string => sessionCookie.replace('sid', 'key')
export function nameBrowser(reply: FastifyReply): string {
  const { sessionCookie } = reply.server
  const browser = newNonce()
  reply.setCookie(keyCookie(sessionCookie), browser, { ...cookie(sessionCookie), maxAge: 300 })
  return browser
}

/** Whether keys work under the name by which this page was opened; `href`: the same page where they do. */
export function keysHere(request: FastifyRequest): KeysHere {
  const site = siteOfKeys(request.server.config.publicUrl)
  if (!site) return undefined
  return { href: request.hostname === site.id ? undefined : `${site.origin}${request.url.split('?', 1)[0]}` }
}
