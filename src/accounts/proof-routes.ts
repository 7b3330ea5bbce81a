import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf, againPage, isWeak, wayBack } from '../base/auth.ts'
import { typed } from '../base/http/typed.ts'
import { allowed } from '../base/limits.ts'
import { siteOfKeys } from '../base/proofs/passkeys.ts'
import { codeField } from './factor-pages.ts'
import { digitsIn, hasFactor } from './factor-rules.ts'
import { factorsOf } from './factor-store.ts'
import { words } from './factor-words.ts'
import { askPerson, proveByPasskey } from './passkey-actions.ts'
import { answerIn } from './passkey-routes.ts'
import { proveByCode, proveByLetter, sendCode } from './proof-actions.ts'
import { giveDeviceMark, giveSession, keysHere, nameBrowser } from './routes.ts'
import { landing } from './rules.ts'
import { findOwner } from './store.ts'

const again = { access: 'signed-in', weak: true } as const

/** Somebody signed in proves again who they are: staff after a letter, everybody before what is dangerous. */
export const proofRoutes: FastifyPluginAsyncTypebox = async app => {
  const { secret } = app.config
  const toOf = (value: unknown) => (typeof value === 'string' ? (wayBack(app, value) ?? '') : '')

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    {
      to,
      sent = false,
      wrong = false,
      failed = false,
    }: { to: string; sent?: boolean; wrong?: boolean; failed?: boolean },
  ) => {
    const actor = actorOf(request)
    const { language } = request
    const say = words[language]
    const factors = await factorsOf(app.db, actor.accountId)
    const letter = !hasFactor(factors)
    const error = wrong ? say.again.wrong : undefined
    return reply.page('accounts/again', {
      title: say.again.title,
      say,
      text: isWeak(actor) && !letter ? say.again.weak : say.again.fresh,
      to,
      passkey: factors.passkeys > 0,
      elsewhere: keysHere(request),
      code: letter
        ? { ...codeField(say.again.letterCode, say.again.letterHint, error), inputmode: 'numeric' }
        : factors.codes || factors.recovery > 0
          ? { ...codeField(say.again.code, say.again.codeHint, error), narrow: false }
          : undefined,
      letter,
      sent: sent ? say.again.sent : undefined,
      lost: !letter,
      problem: failed ? say.passkeys.failed : undefined,
      errors: error ? [{ href: '#code', text: error }] : [],
    })
  }

  const proved = (request: FastifyRequest, reply: FastifyReply, session: string, to: string, strongly: boolean) => {
    const actor = actorOf(request)
    giveSession(reply, session, actor.role)
    if (strongly) giveDeviceMark(reply, actor.accountId)
    return reply.redirect(to || landing[actor.role], 303)
  }

  const counted = async (request: FastifyRequest) => {
    for (const what of ['proof', 'proof-day'] as const) {
      const tried = await allowed(app.db, secret, what, actorOf(request).accountId, app.now())
      if ('retryAfterSeconds' in tried) return tried.retryAfterSeconds
    }
    return
  }

  app.get('/account/again', { config: again }, async (request, reply) => {
    const { to, sent } = request.query as { to?: unknown; sent?: unknown }
    return show(request, reply, { to: toOf(to), sent: sent === '1' })
  })

  app.post('/account/again', { config: again }, async (request, reply) => {
    const actor = actorOf(request)
    const { code, to: given } = typed(request.body, ['code', 'to']).texts
    const to = toOf(given)
    const wait = await counted(request)
    if (wait !== undefined) return reply.tooMany(wait)
    const strongly = hasFactor(await factorsOf(app.db, actor.accountId))
    const session = strongly
      ? await proveByCode(app.db, secret, actor, code, app.now())
      : await proveByLetter(app.db, secret, actor, digitsIn(code) ?? '', app.now())
    if (session !== undefined) return proved(request, reply, session, to, strongly)
    request.turnAway('proof', { way: strongly ? 'code' : 'letter' })
    return show(request, reply.code(422), { to, wrong: true })
  })

  app.post('/account/again/letter', { config: again }, async (request, reply) => {
    const actor = actorOf(request)
    const to = toOf(typed(request.body, ['to']).texts.to)
    const tried = await allowed(app.db, secret, 'proof', `letter:${actor.accountId}`, app.now())
    if ('retryAfterSeconds' in tried) return reply.tooMany(tried.retryAfterSeconds)
    const sent = await sendCode(app.db, app.jobs, secret, actor, { purpose: 'again' }, app.now())
    const query = new URLSearchParams({ ...(to ? { to } : {}), ...(sent ? { sent: '1' } : {}) })
    return reply.redirect(`${againPage}${query.size > 0 ? `?${query}` : ''}`, 303)
  })

  app.post('/account/again/question', { config: again }, async (request, reply) => {
    const ours = siteOfKeys(app.config.publicUrl)
    const actor = actorOf(request)
    if (!ours) return reply.callNotFound()
    const tried = await allowed(app.db, secret, 'passkey-ip', request.ip, app.now())
    if ('retryAfterSeconds' in tried) return reply.tooMany(tried.retryAfterSeconds)
    const { email, house } = await findOwner(app.db, actor.accountId, actor.houseId, actor.language)
    const browser = nameBrowser(reply)
    return reply.send(await askPerson(app.db, ours, actor, { purpose: 'again', browser, email, house }, app.now()))
  })

  app.post('/account/again/passkey', { config: again }, async (request, reply) => {
    const ours = siteOfKeys(app.config.publicUrl)
    if (!ours) return reply.callNotFound()
    const to = toOf(typed(request.body, ['to']).texts.to)
    const session = await proveByPasskey(app.db, ours, actorOf(request), answerIn(request), app.now())
    if (session !== undefined) return proved(request, reply, session, to, true)
    request.turnAway('proof', { way: 'passkey' })
    return show(request, reply.code(422), { to, failed: true })
  })
}
