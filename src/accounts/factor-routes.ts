import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf, againPage, isWeak } from '../base/auth.ts'
import { dropSealed, keepSealed, keptSealed } from '../base/http/keeping.ts'
import { qr } from '../base/http/qr.ts'
import { Type } from '../base/http/schema.ts'
import { sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { dateDigits } from '../base/i18n/dates.ts'
import { codeAddress, newCodeSecret } from '../base/proofs/one-time-code.ts'
import { hashOf } from '../base/secrets.ts'
import { wallOf } from '../base/time.ts'
import { dropCodes, dropKey, type Kept, renewRecovery, setCodes, setPassword } from './factor-actions.ts'
import { codeField, keyLines, passwordField, refusalSaid } from './factor-pages.ts'
import { codesAtOnce, type FactorRefusal, hasFactor, inGroups } from './factor-rules.ts'
import { factorsOf } from './factor-store.ts'
import { words } from './factor-words.ts'
import { passkeysOf } from './passkey-store.ts'
import { passwordIn } from './password-routes.ts'
import { recoveryCodes } from './proof-actions.ts'
import { giveDeviceMark, giveSession, keysHere } from './routes.ts'
import { aboutOwner, findOwner, zoneOf } from './store.ts'

const one = { schema: { params: Type.Object({ id: Type.String({ maxLength: 200 }) }) } }

/** Whoever came by a letter alone adds a first factor, and nothing to factors that are there: these are shown first. */
export async function onlyFirst(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  const actor = actorOf(request)
  if (!isWeak(actor) || !hasFactor(await factorsOf(request.server.db, actor.accountId))) return
  return request.method === 'GET' || request.method === 'HEAD' ? reply.redirect(againPage, 303) : reply.unproved()
}

/** After a change of factors: the session's new id, recovery codes to be shown, or what was refused. */
export async function answered(
  request: FastifyRequest,
  reply: FastifyReply,
  done: ({ location: string } & Kept) | { refused: FactorRefusal },
): Promise<FastifyReply | string> {
  if ('refused' in done) {
    if (done.refused === 'missing') {
      reply.callNotFound()
      return reply
    }
    const status = done.refused === 'last' || done.refused === 'not-first' ? 409 : 422
    return factorsPage(request, reply.code(status), done.refused)
  }
  const actor = actorOf(request)
  if (done.session !== undefined) {
    giveSession(reply, done.session, actor.role)
    giveDeviceMark(reply, actor.accountId)
  }
  if (done.recovery !== undefined)
    keepSealed(request, reply, 'recovery', done.recovery, done.session ? hashOf(done.session) : actor.sessionHash)
  return reply.redirect(done.location, 303)
}

async function factorsPage(request: FastifyRequest, reply: FastifyReply, refused?: FactorRefusal): Promise<string> {
  const { language, server: app } = request
  const actor = actorOf(request)
  const say = words[language]
  const factors = await factorsOf(app.db, actor.accountId)
  const { password, problem } = refusalSaid(language, refused)
  const { email } = await findOwner(app.db, actor.accountId, actor.houseId, language)
  return reply.page('accounts/factors', {
    title: say.title,
    say,
    weak: isWeak(actor),
    first: !hasFactor(factors),
    keys: keyLines(language, await passkeysOf(app.db, actor.accountId), await zoneOf(app.db, actor.houseId)),
    elsewhere: keysHere(request),
    factors,
    password: passwordField(language, {
      id: 'password',
      label: say.password.label,
      hint: say.password.hint,
      error: password,
      now: false,
    }),
    provider: app.config.oidc !== undefined,
    email,
    problem,
    errors: password ? [{ href: '#password', text: password }] : [],
  })
}

/** What somebody proves themselves with: keys, codes of an application, a password, recovery codes. */
export const factorRoutes: FastifyPluginAsyncTypebox = async app => {
  const { secret } = app.config
  const world = { db: app.db, jobs: app.jobs, secret }
  const page = { config: { access: 'viewer', weak: true, fresh: true }, preHandler: onlyFirst } as const
  const sent = { config: { access: 'viewer', weak: true, fresh: '/account/factors' }, preHandler: onlyFirst } as const
  const form = (request: FastifyRequest) => sentForm(request, app.now())

  app.get('/account/factors', page, async (request, reply) => factorsPage(request, reply))

  app.post('/account/passkeys/:id/removal', { ...sent, ...one }, async (request, reply) =>
    answered(request, reply, await dropKey(world, actorOf(request), request.params.id, form(request))),
  )

  app.post('/account/password', sent, async (request, reply) => {
    const actor = actorOf(request)
    const about = await aboutOwner(app.db, actor.accountId)
    // what was typed is no part of what a form is told apart by
    const done = await setPassword(world, actor, passwordIn(request.body), about, { ...form(request), body: {} })
    return answered(request, reply, done)
  })

  app.post('/account/recovery', sent, async (request, reply) =>
    answered(request, reply, await renewRecovery(world, actorOf(request), form(request))),
  )

  app.get('/account/recovery', { config: { access: 'viewer' } }, async (request, reply) => {
    const actor = actorOf(request)
    const say = words[request.language].recovery
    const nonce = keptSealed(request, 'recovery', actor.sessionHash)
    if (nonce === undefined) return reply.redirect('/account/factors', 303)
    const { email } = await findOwner(app.db, actor.accountId, actor.houseId, request.language)
    const { day } = wallOf(app.now(), await zoneOf(app.db, actor.houseId))
    return reply.page('accounts/recovery', {
      title: say.title,
      say: words[request.language],
      codes: recoveryCodes(secret, nonce, codesAtOnce).map(inGroups),
      facts: [
        { label: say.person, text: email },
        { label: say.made, text: dateDigits(day) },
      ],
    })
  })

  app.post('/account/recovery/kept', { config: { access: 'viewer' } }, async (request, reply) => {
    dropSealed(request, reply, 'recovery')
    return reply.redirect('/account', 303)
  })

  app.post('/account/codes', sent, async (request, reply) => {
    keepSealed(request, reply, 'codes', newCodeSecret(), actorOf(request).sessionHash)
    return reply.redirect('/account/codes', 303)
  })

  app.get('/account/codes', page, async (request, reply) => showCodes(request, reply))

  app.post('/account/codes/confirmation', sent, async (request, reply) => {
    const actor = actorOf(request)
    const codes = keptSealed(request, 'codes', actor.sessionHash)
    if (codes === undefined) return reply.redirect('/account/factors', 303)
    const done = await setCodes(world, actor, codes, typed(request.body, ['code']).texts.code, form(request))
    if ('refused' in done && done.refused === 'code') return showCodes(request, reply.code(422), true)
    dropSealed(request, reply, 'codes')
    return answered(request, reply, done)
  })

  app.post('/account/codes/removal', sent, async (request, reply) =>
    answered(request, reply, await dropCodes(world, actorOf(request), form(request))),
  )

  async function showCodes(request: FastifyRequest, reply: FastifyReply, wrong = false) {
    const actor = actorOf(request)
    const say = words[request.language]
    const codes = keptSealed(request, 'codes', actor.sessionHash)
    if (codes === undefined) return reply.redirect('/account/factors', 303)
    const { email } = await findOwner(app.db, actor.accountId, actor.houseId, request.language)
    const error = wrong ? say.refusals.code : undefined
    return reply.page('accounts/codes', {
      title: say.codes.title,
      say,
      qr: qr(codeAddress('Kezdesu', email, codes), say.codes.qr),
      secret: codes.replace(/(.{4})(?=.)/g, '$1 '),
      code: { ...codeField(say.codes.code, say.codes.codeHint, error), inputmode: 'numeric' },
      errors: error ? [{ href: '#code', text: error }] : [],
    })
  }
}
