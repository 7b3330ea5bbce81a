import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { sentForm } from '../base/http/sent.ts'
import { allowed } from '../base/limits.ts'
import { siteOfKeys } from '../base/proofs/passkeys.ts'
import { cleanLine } from '../base/text.ts'
import { answered, onlyFirst } from './factor-routes.ts'
import { words } from './factor-words.ts'
import { addPasskey, askPerson, askStranger, signInByPasskey } from './passkey-actions.ts'
import { browserOf, keyCookie, nameBrowser, signInPage, welcome } from './routes.ts'
import { deviceOf } from './rules.ts'
import { findOwner } from './store.ts'

const most = 20_000

/** What the script of a page put into its form: the answer of a key, and the browser that was asked. */
export function answerIn(request: FastifyRequest): { browser: string; answer: string } {
  const { body } = request
  const given = typeof body === 'object' && body !== null && 'answer' in body ? body.answer : undefined
  const answer = typeof given === 'string' && given.length <= most ? given : ''
  return { answer, browser: request.cookies[keyCookie(request.server.sessionCookie)] ?? '' }
}

/** Signing in with a key, and adding one. Questions are asked by POST: they are kept until their answer. */
export const passkeyRoutes: FastifyPluginAsyncTypebox = async app => {
  const { secret } = app.config

  app.post(
    '/sign-in/passkey/question',
    { config: { access: 'open', weak: true, unlisted: true } },
    async (request, reply) => {
      const ours = siteOfKeys(app.config.publicUrl)
      if (!ours) return reply.callNotFound()
      const tried = await allowed(app.db, secret, 'passkey-ip', request.ip, app.now())
      if ('retryAfterSeconds' in tried) return reply.tooMany(tried.retryAfterSeconds)
      return reply.send(await askStranger(app.db, ours, nameBrowser(reply), app.now()))
    },
  )

  app.post('/sign-in/passkey', { config: { access: 'open', weak: true, unlisted: true } }, async (request, reply) => {
    const ours = siteOfKeys(app.config.publicUrl)
    if (!ours) return reply.callNotFound()
    const tried = await allowed(app.db, secret, 'passkey-ip', request.ip, app.now())
    if ('retryAfterSeconds' in tried) return reply.tooMany(tried.retryAfterSeconds)
    const signedIn = await signInByPasskey(app.db, ours, answerIn(request), browserOf(request), app.now())
    if (signedIn) return welcome(request, reply, signedIn)
    request.turnAway('sign-in', { way: 'passkey' })
    const problem = words[request.language].passkeys.failed
    return reply.code(422).page('accounts/sign-in', signInPage(request, {}, problem))
  })

  const setUp = { config: { access: 'viewer', weak: true, fresh: '/account/factors' }, preHandler: onlyFirst } as const

  app.post('/account/passkeys/question', setUp, async (request, reply) => {
    const ours = siteOfKeys(app.config.publicUrl)
    const actor = actorOf(request)
    if (!ours) return reply.callNotFound()
    const { email, house } = await findOwner(app.db, actor.accountId, actor.houseId, actor.language)
    const browser = nameBrowser(reply)
    return reply.send(await askPerson(app.db, ours, actor, { purpose: 'new', browser, email, house }, app.now()))
  })

  app.post('/account/passkeys', setUp, async (request, reply) => {
    const ours = siteOfKeys(app.config.publicUrl)
    const actor = actorOf(request)
    if (!ours) return reply.callNotFound()
    const given = (request.body as { name?: unknown } | null)?.name
    const name =
      cleanLine(typeof given === 'string' ? given : '').slice(0, 60) ||
      deviceOf(request.headers['user-agent'] ?? '') ||
      words[request.language].passkeys.title
    const done = await addPasskey(
      { db: app.db, jobs: app.jobs, secret },
      ours,
      actor,
      { ...answerIn(request), name },
      sentForm(request, app.now()),
    )
    return answered(request, reply, done)
  })
}
