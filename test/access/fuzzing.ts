import { subscribe } from 'node:diagnostics_channel'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import { randomOf } from '../../src/tools/seed/random.ts'
import { cast } from '../cast.ts'
import { world } from '../world.ts'
import { harvested } from './forms.ts'
import { broken, payloads } from './payloads.ts'
import { filled, type Route, routeTable } from './route-table.ts'
import { type Fields, rows } from './rows.ts'
import { renamed, type Things, things } from './things.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'] as const
const form = 'application/x-www-form-urlencoded'
type Who = { cookie: string; email: string | undefined; forms: Map<string, Fields> }
type Input = { method: string; url: string; headers: Record<string, string>; payload?: string | Buffer; who: Who }

/** Doors behind which something is drawn, hashed or read for long: they are tried seldom. */
const slow = (url: string) => /\.(pdf|xlsx)$|password|passkey|\/again|\/codes|imports$/.test(url)

/** What each answer says, in words of our own: a line taken out of src would be missed otherwise. */
const said: Record<string, RegExp> = {
  'content-security-policy':
    /^default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'(; worker-src 'self'; manifest-src 'self')?$/,
  'x-content-type-options': /^nosniff$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'permissions-policy': /^camera=\(\), microphone=\(\), geolocation=\(\)$/,
  'referrer-policy': /^(same-origin|no-referrer)$/,
  'cache-control': /./,
}

/** What is wrong with an answer, in words; undefined when nothing is. */
function fault(answer: LightMyRequestResponse): string | undefined {
  const { statusCode, headers, body } = answer
  // only a limit or a calendar that is being written says 503, and it says when to come again
  if (statusCode >= 500 && !(statusCode === 503 && headers['retry-after'])) return `answers ${statusCode}`
  for (const [name, value] of Object.entries(said))
    if (!value.test(String(headers[name] ?? ''))) return `has no ${name} as it should be`
  const location = headers.location === undefined ? undefined : String(headers.location)
  if (location !== undefined && !/^\/(?![/\\])[^\r\n]*$/.test(location)) return `leads to ${location}`
  if (String(headers['content-type'] ?? '').startsWith('text/html'))
    for (const mark of broken) if (body.includes(mark)) return `shows ${mark} as it came`
  if (/\n\s+at .*:\d+:\d+|node_modules|syntax error at|violates .* constraint/.test(body)) return 'tells how it is made'
  return undefined
}

/** Sends inputs that no browser would send, made from a seed, and expects what reliability.md section 7 promises of each answer. */
export async function fuzz(t: Test, seed: number, count: number): Promise<void> {
  let reached = 0
  subscribe('fastify.initialization', message => {
    const { fastify } = message as { fastify: FastifyInstance }
    fastify.addHook('preHandler', (request, _, done) => {
      if (!request.is404) reached++
      done()
    })
  })
  const routes = routeTable()
  const w = await world(t)
  const { app, db } = w
  const random = randomOf(seed)
  const pick = <Item>(list: readonly Item[]): Item => list[random.whole(0, list.length - 1)] as Item
  const chance = (percent: number) => random.whole(1, 100) <= percent
  const doors = routes.filter(({ method }) => method !== 'HEAD')

  const open = doors.filter(({ access, url }) => ['open', 'static', 'link'].includes(access) && !slow(url))

  const first = await things(w, 'almaty')
  let its: Things = first
  const who = async (email: string | undefined): Promise<Who> => {
    const cookie = email === undefined ? '' : await w.signIn(email)
    return { cookie, email, forms: await harvested(app, doors, first, cookie) }
  }
  const people: Who[] = []
  for (const email of [undefined, first.speaker.account, cast.coordinator, cast.administrator])
    people.push(await who(email))
  const [nobody] = people as [Who]

  const text = () =>
    chance(25) ? (payloads[0] ?? '') : chance(70) ? pick(payloads) : `${pick(payloads)}${pick(payloads)}`
  const part = (value: string) => (chance(50) ? value : chance(60) ? text() : `${value}${text()}`)
  const query = () => {
    const names = [
      'l',
      'q',
      'week',
      'day',
      'date',
      'request',
      'page',
      'to',
      'state',
      'month',
      'from',
      'topic',
      'speaker',
    ]
    const one = () => `${pick([...names, '__proto__', 'x[]'])}=${encodeURIComponent(fit(text()))}`
    return Array.from({ length: random.whole(1, 3) }, one).join('&')
  }
  const noise = (): Record<string, string> => {
    const made: Record<string, string> = {}
    const value = () => latin(text()).slice(0, 300)
    for (let n = random.whole(1, 2); n > 0; n--)
      made[
        pick(['accept-language', 'if-none-match', 'if-modified-since', 'x-forwarded-for', 'x-forwarded-host', 'accept'])
      ] = value()
    if (chance(20)) made['host'] = value() || 'x'
    if (chance(20)) made['accept-encoding'] = pick(['gzip', 'br', 'zstd;q=2', '*', ...payloads.map(latin)])
    return made
  }
  const mutated = (fields: Fields): [string, string][] => {
    const sent = Object.entries(fields).flatMap(([name, value]) =>
      [value].flat().map(it => [name, it] as [string, string]),
    )
    for (let n = random.whole(1, 2); n > 0; n--) {
      const at = random.whole(0, Math.max(0, sent.length - 1))
      const name = sent[at]?.[0] ?? pick(['id', 'version', 'name'])
      const way = random.whole(1, 10)
      if (way <= 6) sent[at] = [name, text()]
      else if (way === 7) sent.push([name, text()])
      else if (way === 8) sent.splice(at, 1)
      else if (way === 9) sent.push([pick(['__proto__', 'constructor', 'house_id', 'toString', text()]), text()])
      else sent.push(...Array.from({ length: 30 }, (): [string, string] => [name, text()]))
    }
    return sent
  }
  const encoded = (sent: [string, string][]) =>
    sent.map(pair => pair.map(it => encodeURIComponent(fit(it))).join('=')).join('&')

  /** An address, a method, headers or a body that reach as far as they reach. */
  const shallow = (): Input => {
    const person = chance(95) ? nobody : pick(people)
    // where nobody comes in the door answers before anything is read: some more go where everybody may
    const route = pick(chance(88) ? doors : open)
    const parts = (rows[route.url]?.at(its) ?? []).map(part)
    const method = chance(60) ? route.method : pick(methods)
    let url = filled(route.url, parts.map(fit))
    if (chance(8)) url = `${url}${pick(['%', '%zz', '%00', '//', '/..', '/%2e%2e/', '%ff%fe', ';x', '/'])}`
    if (chance(40)) url += `?${query()}`
    const headers = noise()
    const made: Input = { method, url, headers, who: person }
    if (method === 'GET' || method === 'HEAD') return made
    headers['content-type'] = chance(50)
      ? form
      : pick([
          'application/json',
          'text/plain',
          'multipart/form-data',
          'multipart/form-data; boundary=x',
          'x',
          `${form};charset=zq`,
        ])
    if (chance(60)) headers['sec-fetch-site'] = pick(['same-origin', 'cross-site', 'none', 'zq'])
    made.payload = chance(3) ? 'x=1&'.repeat(20_000) : chance(50) ? encoded(mutated({})) : Buffer.from(text())
    return made
  }
  /** A page or a form as it is, with one or two things in it changed. */
  const deep = (): Input => {
    for (;;) {
      const person = pick(people)
      const route: Route = pick(doors)
      const row = rows[route.url]
      if (!row || (slow(route.url) && !chance(3))) continue
      const role = person === nobody ? 'nobody' : person === people[1] ? 'speaker' : 'staff'
      if (role === 'nobody' && !['open', 'link', 'static'].includes(route.access)) continue
      if (role === 'speaker' && !['speaker', 'signed-in'].includes(route.access)) continue
      if (role === 'staff' && ['speaker', 'open', 'link', 'static', 'loopback'].includes(route.access)) continue
      if (route.access === 'administrator' && person !== people[3]) continue
      const parts = row.at(its)
      const url = filled(route.url, chance(85) ? parts : parts.map(part).map(fit))
      if (route.method === 'GET')
        return { method: 'GET', url: chance(60) ? `${url}?${query()}` : url, headers: noise(), who: person }
      const fields = renamed({ ...person.forms.get(route.url), ...row.sends?.(first) }, first, its)
      const headers = { 'content-type': form, 'sec-fetch-site': 'same-origin' }
      const payload = encoded([...mutated(fields), ['_key', `${seed}k${sent}`.padEnd(22, 'k')]])
      return { method: 'POST', url, headers, payload, who: person }
    }
  }

  const renew = async () => {
    its = await things(w, 'almaty')
    if (people[1]) people[1].email = its.speaker.account
  }
  const comeIn = async (person: Who, email: string) => {
    const account = await db
      .selectFrom('accounts')
      .innerJoin('roles', 'roles.account_id', 'accounts.id')
      .select('accounts.id')
      .where('email', '=', email)
      .executeTakeFirst()
    // a speaker may have been erased by one of the forms: then another goes on
    if (!account && person === people[1]) await renew()
    person.cookie = await w.signIn(person.email ?? email)
  }

  const statuses = new Map<number, number>()
  const faults = new Map<string, string>()
  let sent = 0
  let escaped = 0
  for (; sent < count; sent++) {
    if (sent % 40 === 39) await db.deleteFrom('limits').execute()
    if (sent % 5000 === 4999) {
      await renew()
      for (const person of people) if (person.email) await comeIn(person, person.email)
    }
    const input = chance(97) ? shallow() : deep()
    const { method, url, payload } = input
    const headers = { ...input.headers, ...(input.who.cookie ? { cookie: input.who.cookie } : {}) }
    if (chance(4))
      headers.cookie = `${headers.cookie ?? ''}; sid=${latin(text()).slice(0, 200)}; draft=${latin(text()).slice(0, 200)}`
    const remoteAddress = `10.${(sent >> 16) & 255}.${(sent >> 8) & 255}.${sent & 255}`
    const answer = await app.inject({
      ...{ method: method as 'GET', url, headers, remoteAddress },
      ...(payload === undefined ? {} : { payload }),
    })
    statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1)
    if (/&#60;(i id=zq|script>zq|svg.onload)/.test(answer.body)) escaped++
    const wrong = fault(answer)
    const door = `${method} ${answer.statusCode} ${wrong}`
    if (wrong !== undefined && faults.size < 40 && !faults.has(`${door} ${url.slice(0, 24)}`))
      faults.set(
        `${door} ${url.slice(0, 24)}`,
        JSON.stringify({ url, headers: input.headers, payload: String(payload ?? '').slice(0, 600) }),
      )
    // somebody whose session was ended by a form comes in again
    if (input.who.email && answer.headers.location === '/sign-in' && input.headers['sec-fetch-site'] !== 'cross-site')
      await comeIn(input.who, input.who.email)
  }
  t.same(Object.fromEntries(faults), {})
  const spread = [...statuses].sort(([a], [b]) => a - b).map(([status, n]) => `${status}: ${n}`)
  t.comment(
    `seed ${seed}: ${sent} inputs, ${reached} reached a handler, ${escaped} came back escaped; ${spread.join(', ')}`,
  )
  t.ok(escaped > 0, `${escaped} pages show what was typed`)
  t.ok(reached > count / 8, `${reached} of ${sent} reached a handler`)
}

/** A text that an address can carry. */
const fit = (text: string) => text.toWellFormed()
/** A text that a header can carry. */
const latin = (text: string) => text.replace(/[^\x20-\x7e\xa0-\xff]/g, '')
