import { randomUUID } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { allowed } from '../base/limits.ts'
import { unseal } from '../base/secrets.ts'
import { phoneOf } from '../base/text.ts'
import { findGateway } from './channel-store.ts'
import { gatewaySecret, shortMailer } from './channel-webhook.ts'
import { gatewayMade, gatewayPage, keepGateway, removeGateway, renewGatewaySecret } from './gateway-actions.ts'
import { type GatewayShown, gatewayAsk, gatewayShown } from './gateway-pages.ts'
import { zoneOf } from './ledger-store.ts'
import { testText } from './short-mail.ts'

const administrator = { config: { access: 'administrator' } } as const
const longest = 2000

/** Where an administrator connects the House to SMS or a messenger, and tries it out. */
export const gatewayRoutes: FastifyPluginAsyncTypebox = async app => {
  const { secret, publicUrl } = app.config
  const desk = { secret, own: [new URL(publicUrl).hostname], loopback: app.development }
  const mailer = shortMailer(app.config, { reach: app.reach, loopback: app.development })

  const show = async (request: FastifyRequest, reply: FastifyReply, more: Partial<GatewayShown> = {}) => {
    const { houseId } = actorOf(request)
    const gateway = await findGateway(app.db, houseId)
    const kept = gateway && unseal(secret, gateway.sealedAddress)
    const shown = { address: kept ?? '', secretAt: gateway?.secretAt, zone: await zoneOf(app.db, houseId), ...more }
    return reply.page('messages/gateway', gatewayShown(request.language, shown))
  }
  /** A form that made a secret is answered by the page that shows it, and that page alone. */
  const showSecret = async (request: FastifyRequest, reply: FastifyReply) => {
    const gateway = await findGateway(app.db, actorOf(request).houseId)
    return gateway
      ? show(request, reply, { secret: gatewaySecret(secret, gateway.nonce) })
      : reply.redirect(gatewayPage, 303)
  }

  app.get(gatewayPage, administrator, (request, reply) => show(request, reply))

  app.post(gatewayPage, administrator, async (request, reply) => {
    const address = typed(request.body, ['address']).texts.address.slice(0, longest + 1)
    const done = await keepGateway(app.db, desk, actorOf(request), address, sentForm(request, app.now()))
    if ('refused' in done) return show(request, reply.code(422), { address, refused: done.refused })
    return done.location === gatewayMade ? showSecret(request, reply) : reply.redirect(done.location, 303)
  })

  const ask = async (request: FastifyRequest, reply: FastifyReply, what: 'renew' | 'remove', action: string) =>
    (await findGateway(app.db, actorOf(request).houseId))
      ? reply.page('messages/gateway-ask', gatewayAsk(request.language, what, action))
      : reply.callNotFound()

  app.get(`${gatewayPage}/secret`, administrator, (request, reply) =>
    ask(request, reply, 'renew', `${gatewayPage}/secret`),
  )
  app.post(`${gatewayPage}/secret`, administrator, async (request, reply) => {
    const done = await renewGatewaySecret(app.db, actorOf(request), sentForm(request, app.now()))
    return 'refused' in done ? reply.callNotFound() : showSecret(request, reply)
  })

  app.get(`${gatewayPage}/removal`, administrator, (request, reply) =>
    ask(request, reply, 'remove', `${gatewayPage}/removal`),
  )
  app.post(`${gatewayPage}/removal`, administrator, async (request, reply) => {
    const done = await removeGateway(app.db, actorOf(request), sentForm(request, app.now()))
    return 'refused' in done ? reply.callNotFound() : reply.redirect(done.location, 303)
  })

  app.get(`${gatewayPage}/test`, administrator, async (_, reply) => reply.redirect(gatewayPage, 303))
  app.post(`${gatewayPage}/test`, administrator, async (request, reply) => {
    const { houseId } = actorOf(request)
    const gateway = await findGateway(app.db, houseId)
    if (!gateway) return reply.callNotFound()
    const text = typed(request.body, ['phone']).texts.phone.slice(0, 100)
    const to = phoneOf(text)
    if (to === undefined) return show(request, reply.code(422), { phone: { typed: text, wrong: true } })
    // each costs the House money, and somebody a ring
    const may = await allowed(app.db, secret, 'gateway-test', houseId, app.now())
    if (!('ok' in may)) return reply.tooMany(may.retryAfterSeconds)
    const handed = await mailer.send(gateway, {
      id: randomUUID(),
      kind: 'test',
      language: request.language,
      to,
      text: testText(request.language),
      sentAt: app.now(),
    })
    return show(request, reply, { phone: { typed: text, wrong: false }, handed })
  })
}
