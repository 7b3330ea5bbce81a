import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { isFresh } from '../base/http/fresh.ts'
import { behindALink, saidAlways } from '../base/http/headers.ts'
import { requestNumber } from '../base/http/log.ts'
import { type Answered, add, tallyOf } from '../base/http/measures.ts'
import { type DateTime, httpDateOf } from '../base/time.ts'
import type { Feed } from './feed-store.ts'
import type { Copy } from './rules.ts'

export const feedRoute = '/f/:secret.ics'
export const keepPrivately = 'private, max-age=300, must-revalidate'

/** A feed, and the copy that a program has that read it when it was looked up. */
export type Known = Feed & { copy: Copy }
type Find = (secret: string) => Promise<Known | undefined>
type Polls = {
  find: Find
  /** What is found for a poll, so that whoever answers it after all does not look for it again. */
  looked: WeakMap<IncomingMessage, ReturnType<Find>>
  note: (feed: Feed, agent: string | undefined) => void
}
type Route = (request: IncomingMessage, response: ServerResponse) => void

/**
 * Answers a poll that changes nothing before the router: what a router and its hooks do for a page was half of the work
 * (decision 037). Everything else, and whatever is in doubt, goes the common way, which says the same.
 */
export function answerPolls(app: FastifyInstance, { find, looked, note }: Polls): void {
  const [route] = app.server.listeners('request') as [Route]
  const said = Object.entries({
    ...saidAlways(app.config.publicUrl.startsWith('https:')),
    ...behindALink,
    'cache-control': keepPrivately,
    vary: 'accept-encoding',
  }).flat()
  const tallies = new Map<string, Answered>()

  const answer = async (secret: string, request: IncomingMessage, response: ServerResponse) => {
    const begun = performance.now()
    const looking = find(secret)
    const feed = await found(looking)
    // whoever has gone meanwhile would be counted as one who never goes
    if (response.destroyed) return
    const { 'if-none-match': tag, 'if-modified-since': since } = request.headers
    if (!feed || feed.behind || app.leaving || !isFresh({ tag, since }, feed.copy.tag, feed.copy.changed)) {
      looked.set(request, looking)
      return route(request, response)
    }
    const reqId = requestNumber()
    const own = ['x-request-id', reqId, 'etag', feed.copy.tag, 'last-modified', dateOf(feed.copy.changed)]
    response.writeHead(304, [...said, ...own]).end()
    note(feed, request.headers['user-agent'])
    const [method, took] = [request.method ?? '', performance.now() - begun]
    add(tallyFor(method), took / 1000)
    app.log.info({ reqId, method, route: feedRoute, status: 304, ms: Math.round(took) }, 'answered')
  }

  const found = async (looking: ReturnType<Find>) => {
    app.underWay.count++
    try {
      return await looking
    } catch {
      // what went wrong the router says to the reader
      return
    } finally {
      app.underWay.count--
    }
  }

  const tallyFor = (method: string) => {
    const tally = tallies.get(method) ?? tallyOf(app.answered, method, feedRoute, 304)
    tallies.set(method, tally)
    return tally
  }

  // most calendars changed last when their window moved at midnight
  let [last, date] = [0, '']
  const dateOf = (changed: DateTime) => {
    if (changed.toMillis() !== last) [last, date] = [changed.toMillis(), httpDateOf(changed)]
    return date
  }

  app.server.removeAllListeners('request')
  app.server.on('request', (request, response) => {
    const [, secret, query] = (conditional(request) && feedAddress.exec(request.url ?? '')) || []
    if (secret === undefined || (query && !saysOnce(query))) route(request, response)
    else
      answer(secret, request, response).catch(error => {
        app.log.error({ err: error, route: feedRoute }, 'fault')
        if (response.headersSent) response.destroy()
        else route(request, response)
      })
  })
}

const feedAddress = /^\/f\/([\w-]{43})\.ics(?:\?(.*))?$/

/** A name that is said twice is the router's to refuse. */
function saysOnce(query: string): boolean {
  const names = [...new URLSearchParams(query).keys()]
  return new Set(names).size === names.length
}

const conditional = ({ method, headers }: IncomingMessage): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  (headers['if-none-match'] !== undefined || headers['if-modified-since'] !== undefined)
