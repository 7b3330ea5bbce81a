import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { actorOf } from '../base/auth.ts'
import { tokenOf } from '../base/secrets.ts'
import { countInvitations, findZone } from '../speakers/store.ts'
import { newAddress } from './subscription-actions.ts'
import { readSaid, waysTo } from './subscription-pages.ts'
import { findSubscription } from './subscription-store.ts'
import { words } from './subscription-words.ts'

const speaker = { access: 'speaker' } as const

/** Where a speaker gets the address of their calendar, and changes it. */
export const subscriptionRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/me/calendar', { config: speaker }, async (request, reply) => {
    const { speakerId } = actorOf(request)
    if (!speakerId) return reply.callNotFound()
    const { language } = request
    const [found, zone, invitations] = await Promise.all([
      findSubscription(app.db, speakerId),
      findZone(app.db, speakerId),
      countInvitations(app.db, speakerId, app.now()),
    ])
    return reply.page('calendars/subscription', {
      title: words[language].title,
      say: words[language],
      invitations,
      ways: found && waysTo(`${app.config.publicUrl}/f/${tokenOf(app.config.secret, 'feed', found.nonce)}.ics`),
      read: found ? readSaid(language, found, zone) : '',
    })
  })

  app.get('/me/calendar/secret', { config: speaker }, async (_, reply) => reply.redirect('/me/calendar', 303))

  app.post(
    '/me/calendar/secret',
    { config: speaker, schema: { body: Type.Object({ _key: Type.Optional(Type.String({ maxLength: 100 })) }) } },
    async (request, reply) => {
      const { speakerId, accountId, houseId } = actorOf(request)
      if (!speakerId) return reply.callNotFound()
      const form = { key: request.body._key, url: request.url, by: accountId, body: request.body, now: app.now() }
      await newAddress(app.db, app.config.secret, { speakerId, accountId, houseId }, form, app.now())
      return reply.redirect('/me/calendar', 303)
    },
  )
}
