import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { isLanguage } from '../base/i18n/language.ts'
import { allowed } from '../base/limits.ts'
import { hashOf, tokenOf } from '../base/secrets.ts'
import { words } from '../talks/ics-words.ts'
import { eventOf, tagOf, wanted } from './events.ts'
import { render } from './render.ts'
import { clientName, type FeedWishes, isFresh, latest, windowStart } from './rules.ts'
import { type Feed, findFeed, findPublicFeed, noteFetch } from './store.ts'
import { talkOfRequest, talksOf } from './talk-store.ts'

const Secret = Type.Object({ secret: Type.String() })
const Query = Type.Object({
  l: Type.Optional(Type.String()),
  cancelled: Type.Optional(Type.String()),
  accepted: Type.Optional(Type.String()),
  alarms: Type.Optional(Type.String()),
})
type Asked = { l?: string; cancelled?: string; accepted?: string; alarms?: string }
const looksSecret = /^[\w-]{43}$/
const format = 1

/** Calendars for programs: each secret opens one feed and nothing else; a wrong, old or ended one is simply not there. */
export const calendarRoutes: FastifyPluginAsyncTypebox = async app => {
  const domain = app.config.mailFrom.slice(app.config.mailFrom.lastIndexOf('@') + 1)

  app.get(
    '/f/:secret.ics',
    { config: { access: 'link' }, schema: { params: Secret, querystring: Query } },
    async (request, reply) => {
      const { secret } = request.params
      const now = app.now()
      const feed = looksSecret.test(secret) ? await findFeed(app.db, hashOf(secret), now.toISODate() ?? '') : undefined
      if (!feed) return reply.callNotFound()
      reply.header('cache-control', 'private, max-age=300, must-revalidate')
      const source = `${app.config.publicUrl}/f/${tokenOf(app.config.secret, 'feed', feed.nonce)}.ics`
      const answer = await send(request, reply, feed, source, wishesOf(request.query, feed), async () => {
        const may = await allowed(app.db, app.config.secret, 'feed', feed.id, now)
        return 'ok' in may ? undefined : may.retryAfterSeconds
      })
      const client = clientName(request.headers['user-agent'] ?? '')
      const stale = feed.fetchedAt === null || feed.fetchedAt < now.minus({ minutes: 10 })
      if (stale && reply.statusCode < 400)
        setImmediate(() =>
          noteFetch(app.db, feed.id, client, now).catch(error =>
            request.log.warn({ err: error }, 'a fetch was not noted'),
          ),
        )
      return answer
    },
  )

  app.get(
    '/public/:house.ics',
    { config: { access: 'static' }, schema: { params: Type.Object({ house: Type.String() }), querystring: Query } },
    async (request, reply) => {
      const { house } = request.params
      const feed = /^[a-z0-9-]{1,60}$/.test(house) ? await findPublicFeed(app.db, house) : undefined
      if (!feed) return reply.callNotFound()
      reply.header('cache-control', 'public, max-age=300, must-revalidate')
      return send(request, reply, feed, `${app.config.publicUrl}/public/${house}.ics`, wishesOf(request.query, feed))
    },
  )

  app.get(
    '/r/:secret.ics',
    { config: { access: 'link' }, schema: { params: Secret, querystring: Query } },
    async (request, reply) => {
      const { secret } = request.params
      const now = app.now()
      const found = looksSecret.test(secret)
        ? await talkOfRequest(app.db, hashOf(secret), now.minus({ days: 30 }))
        : undefined
      if (!found) return reply.callNotFound()
      const language = isLanguage(request.query.l) ? request.query.l : found.language
      const side = {
        kind: 'host' as const,
        house: found.house[language],
        publicUrl: app.config.publicUrl,
        organizer: app.config.mailFrom,
      }
      const event = eventOf(found.talk, side, { language, alarms: false })
      return reply
        .header('content-disposition', 'attachment; filename="kezdesu.ics"')
        .type('text/calendar; charset=utf-8')
        .send(await render({ method: 'PUBLISH', modified: event.modified }, event.zone, [event], domain))
    },
  )

  async function send(
    request: FastifyRequest,
    reply: FastifyReply,
    feed: Feed,
    source: string,
    wishes: FeedWishes,
    refused?: () => Promise<number | undefined>,
  ): Promise<FastifyReply> {
    const now = app.now()
    const from = windowStart(now, feed.zone)
    const { language } = wishes
    const side = {
      kind: feed.kind,
      house: feed.house[language],
      publicUrl: app.config.publicUrl,
      organizer: app.config.mailFrom,
    }
    const talks = await talksOf(app.db, feed, from)
    const events = talks.flatMap(talk => {
      const event = eventOf(talk, side, wishes)
      return wanted(talk, event, wishes) ? [event] : []
    })
    const modified = latest(feed.createdAt, ...events.map(event => event.modified))
    const name = feed.kind === 'house' || feed.kind === 'public' ? feed.house[language] : feed.owner[language]
    const head = {
      method: 'PUBLISH' as const,
      name: `${words[language].feeds[feed.kind]} — ${name}`,
      description: feed.house[language],
      source,
      modified,
    }
    const tag = tagOf({ format, head, wishes, from, domain }, events)
    // what left the window at midnight changed the file, too
    const changed = latest(modified, from.plus({ days: 30 }))
    reply.header('etag', tag).header('last-modified', changed.toHTTP()).header('vary', 'accept-encoding')
    if (isFresh({ tag: request.headers['if-none-match'], since: request.headers['if-modified-since'] }, tag, changed))
      return reply.code(304).send()
    const wait = await refused?.()
    if (wait !== undefined) return reply.code(429).header('retry-after', String(wait)).type('text/plain').send('429\n')
    return reply.type('text/calendar; charset=utf-8').send(await render(head, feed.zone, events, domain))
  }
}

const wishesOf = (asked: Asked, feed: Feed): FeedWishes => ({
  language: isLanguage(asked.l) ? asked.l : feed.language,
  cancelled: asked.cancelled !== '0',
  accepted: asked.accepted !== '0',
  alarms: asked.alarms === '1',
})
