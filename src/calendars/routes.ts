import type { IncomingMessage } from 'node:http'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { gathered } from '../base/db/gather.ts'
import { isFresh, tagOf } from '../base/http/fresh.ts'
import { Type } from '../base/http/schema.ts'
import { isLanguage, type Language } from '../base/i18n/language.ts'
import { allowed } from '../base/limits.ts'
import { hashOf, tokenOf } from '../base/secrets.ts'
import { type DateTime, httpDateOf, zoneData } from '../base/time.ts'
import { alarmOf, calendarOf } from '../talks/ics.ts'
import { words } from '../talks/ics-words.ts'
import { type Feed, findBody, findFeeds, findNames, findPublicFeed } from './feed-store.ts'
import { fetchNotes } from './fetch-notes.ts'
import { filesOf } from './files.ts'
import { answerPolls, feedRoute, type Known, keepPrivately } from './polls.ts'
import { publish } from './publish.ts'
import { type Copy, choiceOf, copyOf, latest, windowOf } from './rules.ts'
import { findTalkText } from './text-store.ts'
import { deskOf } from './texts.ts'

const Secret = Type.Object({ secret: Type.String() })
const Query = Type.Object({
  l: Type.Optional(Type.String()),
  cancelled: Type.Optional(Type.String()),
  accepted: Type.Optional(Type.String()),
  alarms: Type.Optional(Type.String()),
  travel: Type.Optional(Type.String()),
})
type Asked = { l?: string; cancelled?: string; accepted?: string; alarms?: string; travel?: string }
const looksSecret = /^[\w-]{43}$/
const looksSlug = /^[a-z0-9-]{1,60}$/

/** Calendars for programs: each secret opens one feed and nothing else; a wrong, old or ended one is simply not there. */
export const calendarRoutes: FastifyPluginAsyncTypebox = async app => {
  const desk = deskOf(app.config)
  // what bytes are made of besides the rows: another version, address or time-zone law makes another file of the same
  const made = hashOf(JSON.stringify([format, desk, zoneData])).slice(0, 12)
  // a poll costs a share of a query: the programs of a whole city ask at the full hour
  const findFeed = gathered(async hashes => {
    const now = app.now()
    const feeds = await findFeeds(app.db, hashes, now)
    return new Map(Array.from(feeds, ([hash, feed]) => [hash, { ...feed, copy: copyNow(feed, now) }]))
  })
  const copyNow = (feed: Feed, now: DateTime): Copy => copyOf(made, feed, windowOf(now, feed.zone))

  const note = fetchNotes(app)
  const looked = new WeakMap<IncomingMessage, Promise<Known | undefined>>()
  const files = filesOf(mostKept)
  const writing = new Map<string, Promise<void>>()

  app.get(
    feedRoute,
    { config: { access: 'link' }, schema: { params: Secret, querystring: Query } },
    async (request, reply) => {
      const { secret } = request.params
      const find = () => findFeed(hashOf(secret))
      const feed = looksSecret.test(secret) ? await upToDate(find, looked.get(request.raw)) : undefined
      if (!feed) return reply.callNotFound()
      if (feed.behind) return later(reply)
      reply.header('cache-control', keepPrivately)
      const answer = await send(request, reply, feed, () => `/f/${tokenOf(app.config.secret, 'feed', feed.nonce)}.ics`)
      if (reply.statusCode < 400) note(feed, request.headers['user-agent'])
      return answer
    },
  )
  app.addHook('onReady', done => {
    answerPolls(app, {
      find: secret => findFeed(hashOf(secret)),
      looked,
      note,
    })
    done()
  })

  app.get(
    '/public/:house.ics',
    { config: { access: 'static' }, schema: { params: Type.Object({ house: Type.String() }), querystring: Query } },
    async (request, reply) => {
      const { house } = request.params
      const feed = looksSlug.test(house) ? await upToDate(() => findPublicFeed(app.db, house)) : undefined
      if (!feed) return reply.callNotFound()
      if (feed.behind) return later(reply)
      reply.header('cache-control', 'public, max-age=300, must-revalidate')
      return send(request, reply, feed, () => `/public/${house}.ics`)
    },
  )

  app.get(
    '/r/:secret.ics',
    { config: { access: 'link' }, schema: { params: Secret, querystring: Query } },
    async (request, reply) => {
      const { secret } = request.params
      const wished = isLanguage(request.query.l) ? request.query.l : undefined
      const found = looksSecret.test(secret)
        ? await upToDate(() => findTalkText(app.db, hashOf(secret), wished, app.now().minus({ days: 30 })))
        : undefined
      if (!found) return reply.callNotFound()
      if (found.behind) return later(reply)
      reply.header('cache-control', keepPrivately)
      reply.header('content-disposition', 'attachment; filename="kezdesu.ics"')
      const file = async () => {
        const may = await allowed(app.db, app.config.secret, 'status-page', hashOf(secret), app.now())
        return (
          refusal(may) ?? calendarOf({ method: 'PUBLISH', modified: found.modifiedAt }, [found.zone], [found.event])
        )
      }
      return answer(request, reply, tagOf([format, zoneData, found.zone, found.event]), found.modifiedAt, file)
    },
  )

  /** Whatever the worker has not written yet is written first: no reader sees an old text under a new tag. */
  async function upToDate<Found extends { houseId: string; behind: boolean }>(
    find: () => Promise<Found | undefined>,
    first = find(),
  ): Promise<Found | undefined> {
    let found = await first
    // whoever waits for a writing that began before they asked may need one more
    for (let round = 0; found?.behind && round < 3; round++) {
      await written(found.houseId)
      found = await find()
    }
    return found
  }

  /** So much changed at once that the rest is the worker's: never a calendar that lacks talks, programs would drop them. */
  const later = (reply: FastifyReply) =>
    reply.code(503).header('retry-after', '30').header('cache-control', 'no-store').type('text/plain').send('503\n')

  /** A hundred programs that ask at the full hour wait for one writing. */
  const written = (houseId: string): Promise<void> => writing.get(houseId) ?? begun(houseId)

  function begun(houseId: string): Promise<void> {
    const fault = (error: unknown) => app.log.error({ err: error }, 'a calendar text was not written')
    const work = publish(app.db, desk, houseId, app.now(), fault, mostRounds).finally(() => writing.delete(houseId))
    writing.set(houseId, work)
    return work
  }

  async function send(
    request: FastifyRequest<{ Querystring: Asked }>,
    reply: FastifyReply,
    feed: Feed,
    pathOf: () => string,
  ): Promise<FastifyReply> {
    const window = windowOf(app.now(), feed.zone)
    const { tag, changed } = copyOf(made, feed, window)
    const choice = choiceOf(request.query)
    const language: Language = feed.kind !== 'speaker' && isLanguage(request.query.l) ? request.query.l : feed.language
    return answer(request, reply, tag, changed, async () => {
      const may = mayCopy(feed, request.ip)
      const key = JSON.stringify([feed.kind, feed.id, tag, language, choice])
      // of one reader, who has a copy: nobody comes for it again
      const known = feed.kind === 'speaker' ? undefined : files.find(key)
      if (known) return refusal(await may) ?? known
      const [, { house, owner }, body] = await Promise.all([
        may,
        findNames(app.db, feed),
        findBody(app.db, feed, language, window.from, choice, choice.alarms ? alarmOf(words[language].soon) : ''),
      ])
      const refused = refusal(await may)
      if (refused) return refused
      const head = {
        method: 'PUBLISH' as const,
        name: `${words[language].feeds[feed.kind]} — ${owner[language]}`,
        description: house[language],
        source: `${app.config.publicUrl}${pathOf()}`,
        modified: latest(feed.changedAt, ...(body.modifiedAt ? [body.modifiedAt] : [])),
      }
      const text = calendarOf(head, [...new Set([feed.zone, ...body.zones])].sort(), [body.events])
      return feed.kind === 'speaker' ? text : files.keep(key, text)
    })
  }

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    tag: string,
    changed: DateTime,
    file: () => string | Promise<string | Buffer | TooMany>,
  ): Promise<FastifyReply> {
    reply.header('etag', tag).header('last-modified', httpDateOf(changed)).header('vary', 'accept-encoding')
    if (isFresh({ tag: request.headers['if-none-match'], since: request.headers['if-modified-since'] }, tag, changed))
      return reply.code(304).send()
    const text = await file()
    if (typeof text === 'string' || Buffer.isBuffer(text)) return reply.type('text/calendar; charset=utf-8').send(text)
    // nothing that a program might keep in place of the calendar
    reply.removeHeader('etag').removeHeader('last-modified').header('cache-control', 'no-store')
    return reply.code(429).header('retry-after', String(text.retryAfterSeconds)).type('text/plain').send('429\n')
  }

  const mayCopy = (feed: Feed, ip: string) =>
    feed.kind === 'public'
      ? allowed(app.db, app.config.secret, 'public-feed-ip', ip, app.now())
      : allowed(app.db, app.config.secret, feed.kind === 'speaker' ? 'feed' : 'shared-feed', feed.id, app.now())
}

// the House's calendar of 1,000 talks is 1.3 MB
const mostKept = 8_000_000
type TooMany = { retryAfterSeconds: number }
const refusal = (may: { ok: true } | TooMany | undefined): TooMany | undefined =>
  may && !('ok' in may) ? may : undefined
// 200 talks, a second's work: one more closure or renamed host never reaches it
const mostRounds = 10

/** Rises when what is written around the same rows changes. */
const format = 2
