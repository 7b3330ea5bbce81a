import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { typed } from '../base/http/typed.ts'
import { allowed } from '../base/limits.ts'
import { cleanLine, emailOf } from '../base/text.ts'
import { changeAddress } from './address-actions.ts'
import { codeField } from './factor-pages.ts'
import { digitsIn } from './factor-rules.ts'
import { words } from './factor-words.ts'
import { sendCode } from './proof-actions.ts'
import { findOwner } from './store.ts'

type Wrong = { address?: string; fresh?: string; code?: string; sent?: boolean }

/** Another address for a member of staff: it is theirs once they have typed the code that was sent there. */
export const addressRoutes: FastifyPluginAsyncTypebox = async app => {
  const { secret } = app.config
  const page = { config: { access: 'viewer', fresh: true } } as const
  const sent = { config: { access: 'viewer', fresh: '/account/address' } } as const

  const show = async (request: FastifyRequest, reply: FastifyReply, wrong: Wrong = {}) => {
    const { language } = request
    const say = words[language].address
    const actor = actorOf(request)
    const { email } = await findOwner(app.db, actor.accountId, actor.houseId, language)
    const errors = [
      ...(wrong.fresh ? [{ href: '#address', text: wrong.fresh }] : []),
      ...(wrong.code ? [{ href: '#code', text: wrong.code }] : []),
    ]
    return reply.page('accounts/address', {
      title: say.title,
      say: words[language],
      now: email,
      fresh: {
        id: 'address',
        name: 'address',
        type: 'email',
        inputmode: 'email',
        autocomplete: 'email',
        label: say.fresh,
        hint: say.freshHint,
        error: wrong.fresh,
        value: wrong.address ?? '',
      },
      code: wrong.sent ? { ...codeField(say.code, undefined, wrong.code), inputmode: 'numeric' } : undefined,
      errors,
    })
  }

  app.get('/account/address', page, async (request, reply) =>
    show(request, reply, { sent: (request.query as { sent?: unknown }).sent === '1' }),
  )

  app.post('/account/address', sent, async (request, reply) => {
    const actor = actorOf(request)
    const { address: given } = typed(request.body, ['address']).texts
    const address = emailOf(given)
    const say = words[request.language].address
    if (!address) return show(request, reply.code(422), { address: cleanLine(given).slice(0, 300), fresh: say.wrong })
    for (const [what, key] of [
      ['proof', `address:${actor.accountId}`],
      ['sign-in-address', address],
    ] as const) {
      const tried = await allowed(app.db, secret, what, key, app.now())
      if ('retryAfterSeconds' in tried) return reply.tooMany(tried.retryAfterSeconds)
    }
    await sendCode(app.db, app.jobs, secret, actor, { purpose: 'address', address }, app.now())
    return reply.redirect('/account/address?sent=1', 303)
  })

  app.post('/account/address/confirmation', sent, async (request, reply) => {
    const actor = actorOf(request)
    const say = words[request.language].address
    const tried = await allowed(app.db, secret, 'proof', actor.accountId, app.now())
    if ('retryAfterSeconds' in tried) return reply.tooMany(tried.retryAfterSeconds)
    const digits = digitsIn(typed(request.body, ['code']).texts.code) ?? ''
    const done = await changeAddress({ db: app.db, jobs: app.jobs, secret }, actor, digits, app.now())
    if (done === 'done') return reply.redirect('/account', 303)
    if (done === 'code') request.turnAway('proof', { way: 'letter' })
    return done === 'taken'
      ? show(request, reply.code(409), { fresh: say.taken })
      : show(request, reply.code(422), { code: say.codeWrong, sent: true })
  })
}
