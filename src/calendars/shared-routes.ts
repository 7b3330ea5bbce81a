import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { actorOf } from '../base/auth.ts'
import { typed } from '../base/http/typed.ts'
import { isLanguage } from '../base/i18n/language.ts'
import { hashOf, tokenOf } from '../base/secrets.ts'
import { type FeedOwner, findLinkedHost, findSharedFeeds } from './owner-store.ts'
import { subscribing } from './subscribing.ts'
import { newAddress } from './subscription-actions.ts'
import { sharedRows } from './subscription-pages.ts'
import { words } from './subscription-words.ts'

const coordinator = { access: 'coordinator' } as const
const link = { access: 'link' } as const
const Linked = Type.Object({ token: Type.String({ maxLength: 200 }) })

/** Calendars of many readers: the House's and the groups', handed out by a coordinator, and a host's, by its own link. */
export const sharedCalendarRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/calendars', { config: coordinator }, async (request, reply) => {
    const { houseId } = actorOf(request)
    const say = words[request.language]
    const { feeds, zone, slug } = await findSharedFeeds(app.db, houseId)
    const addressOf = (nonce: string) => `${app.config.publicUrl}/f/${tokenOf(app.config.secret, 'feed', nonce)}.ics`
    return reply.page('calendars/shared', {
      title: say.sharedTitle,
      here: 'admin',
      common: { settings: say.settings },
      say,
      rows: sharedRows(request.language, feeds, zone, addressOf, `${app.config.publicUrl}/public/${slug}.ics`),
    })
  })

  app.post('/app/calendars/secret', { config: coordinator }, async (request, reply) => renew(request, reply, undefined))
  app.post(
    '/app/calendars/:group/secret',
    { config: coordinator, schema: { params: Type.Object({ group: Type.String() }) } },
    async (request, reply) => renew(request, reply, request.params.group),
  )

  app.get('/r/:token/calendar', { config: link, schema: { params: Linked } }, async (request, reply) => {
    const { token } = request.params
    const host = await findLinkedHost(app.db, hashOf(token), app.now())
    if (!host) return reply.callNotFound()
    const { texts } = typed(request.query, ['l', 'cancelled', 'alarms'])
    const language = isLanguage(texts.l) ? texts.l : host.language
    const place = {
      page: `/r/${token}/calendar`,
      renewal: `/r/${token}/calendar`,
      which: ['cancelled' as const, 'alarms' as const],
    }
    return reply.page(
      'calendars/host',
      {
        title: words[language].title,
        text: `${words[language].hostText} ${host.names[language]}`,
        back: `/r/${token}`,
        ...(await subscribing(app, language, host, host.zone, texts, place)),
      },
      { language, houseId: host.houseId },
    )
  })

  app.post('/r/:token/calendar', { config: link, schema: { params: Linked } }, async (request, reply) => {
    const { token } = request.params
    const host = await findLinkedHost(app.db, hashOf(token), app.now())
    if (!host) return reply.callNotFound()
    const { texts } = typed(request.body, ['_key'])
    const form = {
      key: texts._key || undefined,
      url: '/r/:token/calendar',
      by: hashOf(token),
      body: {},
      now: app.now(),
    }
    const location = `/r/${token}/calendar`
    await newAddress(app.db, app.config.secret, host, { byWhom: 'contact' }, form, location, app.now())
    return reply.redirect(location, 303)
  })

  async function renew(request: FastifyRequest, reply: FastifyReply, group: string | undefined) {
    const { houseId, accountId } = actorOf(request)
    const { feeds } = await findSharedFeeds(app.db, houseId)
    const found = feeds.find(it =>
      group === undefined ? it.kind === 'house' : it.ownerId === group && it.kind === 'group',
    )
    if (!found) return reply.callNotFound()
    const owner: FeedOwner = { kind: found.kind, houseId, ownerId: found.ownerId }
    const { texts } = typed(request.body, ['_key'])
    const form = { key: texts._key || undefined, url: request.url, by: accountId, body: {}, now: app.now() }
    await newAddress(
      app.db,
      app.config.secret,
      owner,
      { byWhom: 'account', accountId },
      form,
      '/app/calendars',
      app.now(),
    )
    return reply.redirect('/app/calendars', 303)
  }
}
