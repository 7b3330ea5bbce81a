import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { countInvitations, findZone } from '../speakers/store.ts'
import { subscribing } from './subscribing.ts'
import { newAddress } from './subscription-actions.ts'
import { words } from './subscription-words.ts'

const speaker = { access: 'speaker' } as const
const Wishes = Type.Record(Type.String(), Type.Unknown())

/** Where a speaker gets the address of their calendar, and changes it. */
export const subscriptionRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/me/calendar', { config: speaker, schema: { querystring: Wishes } }, async (request, reply) => {
    const { speakerId, houseId } = actorOf(request)
    if (!speakerId) return reply.callNotFound()
    const { language } = request
    const [zone, invitations] = await Promise.all([
      findZone(app.db, speakerId),
      countInvitations(app.db, speakerId, app.now()),
    ])
    const owner = { kind: 'speaker' as const, houseId, ownerId: speakerId }
    return reply.page('calendars/subscription', {
      title: words[language].title,
      text: words[language].text,
      invitations,
      ...(await subscribing(app, language, owner, zone, request.query, {
        page: '/me/calendar',
        renewal: '/me/calendar/secret',
        which: ['accepted', 'cancelled', 'travel', 'alarms'],
      })),
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
      const owner = { kind: 'speaker' as const, houseId, ownerId: speakerId }
      const by = { byWhom: 'speaker' as const, accountId }
      await newAddress(app.db, app.config.secret, owner, by, form, '/me/calendar', app.now())
      return reply.redirect('/me/calendar', 303)
    },
  )
}
