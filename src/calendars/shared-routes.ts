import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { findAnswer } from '../base/db/once.ts'
import { sameLanguage } from '../base/http/same-language.ts'
import { Type } from '../base/http/schema.ts'
import { typed } from '../base/http/typed.ts'
import { isLanguage } from '../base/i18n/language.ts'
import { allowed } from '../base/limits.ts'
import { hashOf, tokenOf } from '../base/secrets.ts'
import { frontOf } from '../houses/public-store.ts'
import { words as askWords } from './host-words.ts'
import { type FeedOwner, findHostByFeed, findLinkedHost, findSharedFeeds, findSubscription } from './owner-store.ts'
import { subscribing } from './subscribing.ts'
import { newAddress, sendAddress } from './subscription-actions.ts'
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
    const { texts } = typed(request.query, ['l', 'sent'])
    const language = isLanguage(texts.l) ? texts.l : host.language
    return reply.page(
      'calendars/host-ask',
      {
        title: words[language].title,
        say: words[language],
        ask: askWords[language],
        text: `${words[language].hostText} ${host.names[language]}`,
        back: sameLanguage(request, `/r/${token}`),
        action: sameLanguage(request, `/r/${token}/calendar`),
        mayAsk: host.contact !== undefined,
        sent: texts.sent === '1',
      },
      { language, houseId: host.houseId },
    )
  })

  app.post('/r/:token/calendar', { config: link, schema: { params: Linked } }, async (request, reply) => {
    const { token } = request.params
    const host = await findLinkedHost(app.db, hashOf(token), app.now())
    if (!host) return reply.callNotFound()
    const may = await allowed(app.db, app.config.secret, 'status-link', `${token}:calendar`, app.now())
    if (!('ok' in may)) return reply.tooMany(may.retryAfterSeconds)
    const form = formOf(request.body, '/r/:token/calendar', token)
    const location = `/r/${token}/calendar?sent=1`
    await sendAddress(app.db, app.jobs, app.config.secret, host, form, location, app.now())
    return reply.redirect(sameLanguage(request, location), 303)
  })

  // the secret of the calendar itself opens its page: it came by mail
  app.get('/c/:token', { config: link, schema: { params: Linked } }, async (request, reply) => {
    const { token } = request.params
    const host = await findHostByFeed(app.db, hashOf(token))
    if (!host) return reply.callNotFound()
    const { texts } = typed(request.query, ['cancelled', 'alarms'])
    const { language } = request
    const place = {
      page: `/c/${token}`,
      renewal: sameLanguage(request, `/c/${token}/renewal`),
      which: ['cancelled' as const, 'alarms' as const],
    }
    return reply.page(
      'calendars/host',
      {
        title: words[language].title,
        text: `${words[language].hostText} ${host.names[language]}`,
        back: `/${language}${await frontOf(app.db, host.houseId)}`,
        ...(await subscribing(app, language, host, host.zone, texts, place)),
      },
      { language, houseId: host.houseId },
    )
  })

  app.post('/c/:token/renewal', { config: link, schema: { params: Linked } }, async (request, reply) => {
    const { token } = request.params
    const form = formOf(request.body, '/c/:token/renewal', token)
    // sent twice: the secret that the form was shown with has ended; what is kept of it names the host and no secret
    const host = await findHostByFeed(app.db, hashOf(token))
    const done = host
      ? await newAddress(
          app.db,
          app.config.secret,
          host,
          { byWhom: 'contact' },
          form,
          [host.houseId, host.ownerId].join('/'),
          app.now(),
        )
      : await findAnswer(app.db, form)
    if (!done) return reply.callNotFound()
    const [houseId = '', ownerId = ''] = done.location.split('/')
    const its = await findSubscription(app.db, { kind: 'host', houseId, ownerId })
    return its
      ? reply.redirect(sameLanguage(request, `/c/${tokenOf(app.config.secret, 'feed', its.nonce)}`), 303)
      : reply.callNotFound()
  })

  const formOf = (body: unknown, url: string, token: string) => ({
    key: typed(body, ['_key']).texts._key || undefined,
    url,
    by: hashOf(token),
    body: {},
    now: app.now(),
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
