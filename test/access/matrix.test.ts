import '../optimised.ts'
import { setTimeout as pause } from 'node:timers/promises'
import type { LightMyRequestResponse } from 'fastify'
import t, { type Test } from 'tap'
import { filterOf } from '../../src/audit/filter-rules.ts'
import { parts } from '../../src/audit/form-words.ts'
import { namesOf } from '../../src/audit/name-store.ts'
import { idsIn, lineOf } from '../../src/audit/pages.ts'
import { journalOf } from '../../src/audit/store.ts'
import { hashOf, newNonce, seal } from '../../src/base/secrets.ts'
import { cast } from '../cast.ts'
import { type TestWorld, world } from '../world.ts'
import { formsOn } from './forms.ts'
import { filled, type Route, routeTable } from './route-table.ts'
import { type Fields, type Row, rows } from './rows.ts'
import { rowsBetweenHouses, rowsOfHouse } from './rows-of.ts'
import { nothing, renamed, type Things, things } from './things.ts'

const routes = routeTable()
const w: TestWorld = await world(t)
const { app, db, clock } = w

// what takes a thing away comes after whatever else is done with it
const doors = routes
  .filter(({ method }) => method !== 'HEAD')
  .sort((a, b) => Number(a.url.endsWith('/removal')) - Number(b.url.endsWith('/removal')))
const heads = new Set(routes.filter(({ method }) => method === 'HEAD').map(({ url }) => url))

t.test('each route has a row that says what fills its address, and no row is left of a route that is gone', async t => {
  const urls = new Set(doors.map(({ url }) => url))
  const missing = [...urls].filter(url => !(url in rows))
  t.same(
    missing.map(url => `add ${url} to test/access/rows.ts: what fills its address, and what its form sends`),
    [],
  )
  t.same(
    Object.keys(rows).filter(url => !urls.has(url)),
    [],
  )
  t.same([...new Set(doors.map(({ method }) => method))].sort(), ['GET', 'POST'])
  t.same(
    [...heads].filter(url => !doors.some(door => door.url === url && door.method === 'GET')),
    [],
    'HEAD is there where GET is',
  )
  for (const { method, url } of app.doors)
    if (!routes.some(route => route.url === url && route.method === method))
      t.fail(`${method} ${url} is not in the table`)
})

// numbers of requests are a House's own: these name nothing in the other
await db.updateTable('houses').set({ last_request_number: 5000 }).where('slug', '=', 'shymkent').execute()
await db.updateTable('houses').set({ last_request_number: 3000 }).where('slug', '=', 'almaty').execute()
const ours = await things(w, 'almaty')
const theirs = await things(w, 'shymkent')

// a gateway for short messages, so that its pages have something to keep, renew and take away
for (const { house } of [ours, theirs])
  await db
    .insertInto('gateways')
    .values({
      ...{ house_id: house, nonce: newNonce(), kept_at: clock.now, secret_at: clock.now },
      sealed_address: seal(app.config.secret, 'https://gateway.example/send'),
    })
    .execute()

type Actor = {
  name: string
  role: 'nobody' | 'ended' | 'letter' | 'speaker' | 'viewer' | 'coordinator' | 'administrator'
  cookie: () => Promise<string>
  own: Things
}
const sessions = new Map<string, string>()
const session = (email: string) => async () => {
  const kept = sessions.get(email)
  if (kept) return kept
  const cookie = await w.signIn(email)
  sessions.set(email, cookie)
  return cookie
}
const half = async () => {
  const kept = sessions.get('half')
  if (kept) return kept
  const cookie = await w.signIn(cast.administrator)
  await db
    .updateTable('sessions')
    .set({ strength: 'letter' })
    .where('id_hash', '=', hashOf(cookie.slice(4)))
    .execute()
  sessions.set('half', cookie)
  return cookie
}
const ended = async () => {
  const cookie = await w.signIn(cast.coordinator)
  await db
    .deleteFrom('sessions')
    .where('id_hash', '=', hashOf(cookie.slice(4)))
    .execute()
  return cookie
}
const gone = await ended()
const actors: Actor[] = [
  { name: 'nobody', role: 'nobody', cookie: async () => '', own: ours },
  { name: 'an ended session', role: 'ended', cookie: async () => gone, own: ours },
  { name: 'an administrator by a letter alone', role: 'letter', cookie: half, own: ours },
  { name: 'a speaker', role: 'speaker', cookie: session(ours.speaker.account), own: ours },
  { name: 'another speaker', role: 'speaker', cookie: session(cast.lawyer), own: ours },
  { name: 'a viewer', role: 'viewer', cookie: session(cast.viewer), own: ours },
  { name: 'a coordinator', role: 'coordinator', cookie: session(cast.coordinator), own: ours },
  { name: 'an administrator', role: 'administrator', cookie: session(cast.administrator), own: ours },
]
const stranger: Actor = {
  name: 'a coordinator of another House',
  role: 'coordinator',
  cookie: session(cast.coordinatorOfAnotherHouse),
  own: theirs,
}

const admits: Record<string, Actor['role'][]> = {
  'signed-in': ['speaker', 'viewer', 'coordinator', 'administrator'],
  speaker: ['speaker'],
  viewer: ['viewer', 'coordinator', 'administrator'],
  coordinator: ['coordinator', 'administrator'],
  administrator: ['administrator'],
}
const isFor = ({ access }: Route, { role }: Actor) => admits[access]?.includes(role) ?? true
const isOpen = ({ access }: Route) => ['open', 'static', 'link'].includes(access)

let asked = 0
/** Everybody has an address of their own, so that no limit answers in place of a door. */
const address = () => `10.${(++asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`

async function ask(method: string, url: string, cookie: string, fields?: Fields): Promise<LightMyRequestResponse> {
  const headers: Record<string, string> = cookie ? { cookie } : {}
  if (!fields) return app.inject({ method: method as 'GET', url, headers, remoteAddress: address() })
  const sent = Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map(each => [name, each] as [string, string]),
  )
  headers['content-type'] = 'application/x-www-form-urlencoded'
  headers['sec-fetch-site'] = 'same-origin'
  const payload = new URLSearchParams(sent).toString()
  return app.inject({ method: 'POST', url, headers, payload, remoteAddress: address() })
}

const plain = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** An answer without what differs each time: tokens, keys, and what the asker wrote into the address. */
function shape(answer: LightMyRequestResponse, said: string[]): string {
  const { date: _, etag: __, 'content-length': ___, 'x-request-id': ____, ...headers } = answer.headers
  let text = `${answer.statusCode} ${JSON.stringify(headers)}\n${answer.body}`
    .replace(/name="_(csrf|key)" value="[^"]*"/g, 'name="_$1"')
    .replace(/"set-cookie":("[^"]*"|\[[^\]]*\])/g, '"set-cookie"')
  for (const each of said.filter(it => it.length > 2)) text = text.replace(new RegExp(plain(each), 'g'), '«»')
  return text
}

/** What pages of each House offered to send, by the pattern of the form's address. */
const offers = new Map<string, Map<string, Fields>>()
function harvest(its: Things, html: string): void {
  const offered = offers.get(its.house) ?? new Map<string, Fields>()
  offers.set(its.house, offered)
  formsOn(html, doors, offered)
}

const leaks = (answer: LightMyRequestResponse, of: Things) => of.personal.filter(each => answer.body.includes(each))
const places = (row: Row, url: string, its: Things) => (url.includes(':') ? row.at(its) : [])
const faults: string[] = []
const found = (text: string) => faults.push(text)
const counted = { answers: 0 }
/** A way back to the page before: made of the address alone, whatever it names. */
const isBlind = (answer: LightMyRequestResponse, path: string) =>
  answer.statusCode === 303 && path.startsWith(String(answer.headers.location).replace(/\/feedback$/, ''))
const named = (answer: LightMyRequestResponse) => `${answer.statusCode} ${answer.headers.location ?? ''}`.trim()

/** All that one actor may try at one door: with the own thing, with another House's and with nobody's. */
async function knock(route: Route, actor: Actor, other: Things, own?: Things): Promise<void> {
  const { method, url } = route
  const row = rows[url]
  if (!row) return
  const its = actor.own
  const cookie = await actor.cookie()
  const who = `${method} ${url} as ${actor.name}`
  const hasThing = url.includes(':') && !row.shared
  const parts = (of: Things) => filled(url, places(row, url, of))
  const fields = (of: Things): Fields => ({ ...(offers.get(its.house)?.get(url) ?? {}), ...(row.sends?.(of) ?? {}) })
  const foreign = hasThing ? parts(other) : undefined
  const missing = hasThing ? filled(url, places(row, url, its).map(nothing)) : undefined
  const said = [places(row, url, other), places(row, url, its).map(nothing)].flat()
  const key = () => ({ _key: String(++asked).padStart(22, 'k') })
  const send = async (path: string, body: Fields) => {
    counted.answers++
    const answer = await ask(method, path, cookie, method === 'POST' ? { ...body, ...key() } : undefined)
    if (answer.statusCode >= 500) found(`${who} ${path}: ${answer.statusCode}`)
    if (!row.shows) {
      const seen = leaks(answer, other)
      if (seen.length > 0) found(`${who} ${path}: shows ${seen.join(', ')} of another House`)
      if (actor.role === 'viewer' || (!isFor(route, actor) && !isOpen(route))) {
        const people = leaks(answer, its)
        if (people.length > 0) found(`${who} ${path}: shows ${people.join(', ')}`)
      }
    }
    return answer
  }
  const may = isFor(route, actor) && (isOpen(route) || !['nobody', 'ended', 'letter'].includes(actor.role))
  const body = renamed(fields(own ?? its), own ?? its, other)
  if (missing !== undefined && foreign !== undefined && (may || isOpen(route))) {
    const nobodys = await send(missing, fields(its))
    if (route.access === 'link') {
      // the secret is the permission, whoever holds it; one of another kind opens nothing
      if (nobodys.statusCode !== 404 && !isBlind(nobodys, missing))
        found(`${who}: ${named(nobodys)} for a secret that opens nothing`)
      const wrong =
        actor.role !== 'nobody'
          ? []
          : [its.booked.token, its.talk.seats[0]?.token ?? '', its.question.token, its.feeds.host, its.held.code]
      for (const token of wrong) {
        if (places(row, url, its).includes(token) || row.at(its)[0] === its.past.token) continue
        if (row.at(its)[0] === its.feeds.speaker && token === its.feeds.host) continue
        const path = filled(url, row.at(its).with(-1, token))
        if (shape(await send(path, fields(its)), [...said, token]) !== shape(nobodys, said))
          found(`${who}: a secret of another kind is told from none`)
      }
    } else {
      const others = await send(foreign, body)
      if (shape(others, said) !== shape(nobodys, said))
        found(`${who}: another House’s ${named(others)}, nobody’s ${named(nobodys)}`)
      if (may && others.statusCode !== 404 && !row.closed && !(method === 'GET' && isBlind(others, foreign)))
        found(`${who}: another House’s thing answers ${named(others)}`)
    }
  }
  if (!may && !isOpen(route)) {
    const mine = await send(parts(its), fields(its))
    const expected =
      actor.role === 'nobody' || actor.role === 'ended'
        ? mine.headers.location === '/sign-in'
        : actor.role === 'letter'
          ? route.weak || mine.headers.location === '/account/factors' || (method === 'POST' && mine.statusCode === 403)
          : mine.statusCode === 404
    if (!expected) found(`${who}: answers ${named(mine)}`)
    const others = foreign === undefined ? mine : await send(foreign, body)
    if (shape(others, said) !== shape(mine, [...said, ...places(row, url, its)]))
      found(`${who}: another House’s is told from one’s own`)
    return
  }
  for (const query of row.asks && method === 'GET' && actor.role !== 'administrator'
    ? row.asks(its).map((_, at) => at)
    : []) {
    const of = (value: Record<string, string>) => `${parts(its)}?${new URLSearchParams(value)}`
    const [mine = {}, foreigns = {}] = [row.asks?.(its)[query], row.asks?.(other)[query]]
    const nobodys = Object.fromEntries(Object.entries(mine).map(([name, value]) => [name, nothing(value)]))
    const saidHere = [...Object.values(foreigns), ...Object.values(nobodys)]
    const answers = [await send(of(foreigns), {}), await send(of(nobodys), {})].map(it => shape(it, saidHere))
    if (answers[0] !== answers[1]) found(`${who}?${Object.keys(mine)}: another House’s is told from nobody’s`)
    if (query > 0) continue
    const answer = await send(of(mine), {})
    if (answer.statusCode >= 400 && actor.role !== 'viewer')
      found(`${who}?${Object.keys(mine)}: own answers ${named(answer)}`)
  }
  if (method === 'POST') {
    // ids of another House in the body of a form for one's own thing
    const at = own ?? its
    const [mine, foreigns, nobodys] = [fields(at), renamed(fields(at), at, other), renamed(fields(at), at, 'nobody')]
    if (!row.shows && JSON.stringify(mine) !== JSON.stringify(foreigns)) {
      const answer = await send(parts(at), foreigns)
      const none = await send(parts(at), nobodys)
      if (answer.statusCode !== none.statusCode)
        found(`${who}: ids of another House in the form answer ${named(answer)}, of nobody ${named(none)}`)
    }
  }
  if (actor.name === 'another speaker' && hasThing) return
  // drawing takes long, and asks nobody who they are
  if (/\.(pdf|xlsx)$/.test(url) && actor.role === 'administrator') return
  const answer = await send(parts(own ?? its), fields(own ?? its))
  if ([403, 404].includes(answer.statusCode) && !row.closed) found(`${who}: the own thing answers ${named(answer)}`)
  if (method === 'GET') {
    if (String(answer.headers['content-type']).startsWith('text/html') && may) harvest(its, answer.body)
    if (heads.has(url) && !route.fresh && actor.role !== 'administrator') {
      const head = await ask('HEAD', parts(its), cookie)
      if (head.statusCode !== answer.statusCode || head.body !== '')
        found(`HEAD ${url} as ${actor.name}: ${named(head)}, GET ${named(answer)}`)
    }
  }
}

const ofSessions = (url: string) => /^\/(sign|account|admin\/houses|dev)/.test(url)
const isShared = ({ url }: Route) => rows[url]?.shared !== undefined

/** Open doors ask nobody who they are, and an administrator comes through a coordinator's as a coordinator does. */
const tries = (route: Route, actor: Actor) =>
  isOpen(route)
    ? ['nobody', 'coordinator'].includes(actor.role)
    : !(route.access === 'coordinator' && actor.role === 'administrator' && route.method === 'POST')

/** Sets of things for forms after which a thing is gone: one more for each time that a kind of thing is used up. */
const spares = new Map<string, Things[]>()
const used = new Map<string, number>()
async function spare(slug: string, kind: string): Promise<Things> {
  const at = used.get(`${slug} ${kind}`) ?? 0
  used.set(`${slug} ${kind}`, at + 1)
  const sets = spares.get(slug) ?? []
  spares.set(slug, sets)
  for (let set = sets.length; set <= at; set++) sets.push(await things(w, slug))
  return sets[at] as Things
}
const ownFor = async (route: Route, actor: Actor, slug: string) => {
  const ends = route.method === 'POST' ? rows[route.url]?.ends : undefined
  return ends && isFor(route, actor) ? spare(slug, ends) : undefined
}

const told = (t: Test) => t.same([...new Set(faults.splice(0))].sort(), [])

t.test('every door shows what is one’s own, and another House’s as if it were nobody’s', async t => {
  for (const actor of actors)
    for (const route of doors.filter(route => route.method === 'GET' && tries(route, actor))) {
      await knock(route, actor, theirs)
      if (ofSessions(route.url)) sessions.clear()
    }
  told(t)
})

t.test('and every form: nothing of another House is changed, read or joined to by what is sent', async t => {
  const before = await rowsOfHouse(db, theirs.house)
  const inside = doors.filter(route => route.method === 'POST' && !isShared(route))
  for (const actor of actors)
    for (const route of inside.filter(route => tries(route, actor))) {
      await knock(route, actor, theirs, await ownFor(route, actor, 'almaty'))
      if (ofSessions(route.url)) sessions.clear()
    }
  told(t)
  const after = await rowsOfHouse(db, theirs.house)
  t.same(
    after.filter(line => !before.includes(line)),
    [],
    'nothing is new or changed',
  )
  t.equal(after.length, before.length, 'nothing is gone')
  t.same(await rowsBetweenHouses(db), [])
})

/** A plan that a coordinator has asked for is searched for in a thread, and writes when it is done. */
async function plansEnd(): Promise<void> {
  const running = db.selectFrom('plans').select('id').where('state', '=', 'running')
  while (await running.executeTakeFirst()) await pause(20)
}

t.test('a coordinator of another House finds and changes nothing here', async t => {
  await plansEnd()
  const before = await rowsOfHouse(db, ours.house)
  const inside = doors.filter(route => !isShared(route) && !isOpen(route))
  for (const route of inside.toSorted((a, b) => a.method.localeCompare(b.method))) {
    await knock(route, stranger, ours, await ownFor(route, stranger, 'shymkent'))
    if (ofSessions(route.url)) sessions.clear()
  }
  told(t)
  const after = await rowsOfHouse(db, ours.house)
  t.same(
    after.filter(line => !before.includes(line)),
    [],
  )
  t.equal(after.length, before.length)
  t.same(await rowsBetweenHouses(db), [])
})

t.test('what is the same for all Houses opens for those whom its door lets in', async t => {
  for (const actor of [...actors, stranger])
    for (const route of doors.filter(route => route.method === 'POST' && isShared(route) && tries(route, actor))) {
      await knock(route, actor, actor.own === ours ? theirs : ours)
      sessions.clear()
    }
  told(t)
  t.comment(`${counted.answers} answers of ${doors.length} doors`)
})

t.test('a viewer’s menu leads nowhere that is shut, and nowhere to a person', async t => {
  const cookie = await w.signIn(cast.viewer)
  const seen = new Set<string>()
  const walk = async (url: string): Promise<void> => {
    if (seen.has(url)) return
    seen.add(url)
    const answer = await ask('GET', url, cookie)
    if (answer.statusCode !== 200) t.fail(`${url} answers ${named(answer)}`)
    t.same(leaks(answer, ours), [], url)
    const menu = answer.body.slice(answer.body.indexOf('<header'), answer.body.indexOf('<form class="out"'))
    for (const [, to = ''] of menu.matchAll(/<a [^>]*href="(\/(?:app|account)[^"?]*)"/g)) await walk(to)
  }
  await walk('/app/reports')
  t.same([...seen].sort(), ['/app/hosts', '/app/reports', '/app/topics'])
  const shut = doors.filter(route => route.method === 'GET' && ['viewer', 'signed-in'].includes(route.access))
  t.same(
    shut
      .map(({ url }) => url)
      .filter(url => url.startsWith('/app'))
      .sort(),
    [
      '/app',
      '/app/hosts',
      '/app/reports',
      '/app/reports.csv',
      '/app/reports.xlsx',
      '/app/reports/by/:cut',
      '/app/reports/coverage',
      '/app/support',
      '/app/topics',
    ],
    'all that is open to a viewer; another door is opened on purpose, and here',
  )
})

t.test('what the journal tells of all this names each thing and each form by words, in three languages', async t => {
  const filter = filterOf({ q: '', kind: '', thing: '', id: '', from: '', to: '', before: '' })
  const gone = new Set<string>()
  for (const house of [ours.house, theirs.house]) {
    const rows = await journalOf(db, house, filter, {}, 100_000)
    const names = await namesOf(db, house, idsIn(rows))
    t.ok(rows.length > 60, `${rows.length} rows`)
    for (const language of ['kk', 'ru', 'en'] as const)
      for (const row of rows) {
        const { what, thing, name, old, new: now } = lineOf(row, names, language, 'Asia/Almaty')
        const said = [what, thing, name, old, now].join(' | ')
        if (
          what === row.kind ||
          thing === row.thing ||
          /[0-9a-f]{8}-[0-9a-f]{4}-|\/(app|me|admin|account)\b|undefined/.test(said)
        )
          t.fail(`${language} ${row.kind}: ${said}`)
        if (/^[0-9a-f]{8}$/.test(name)) gone.add(row.kind === 'seen' ? `seen ${row.thing}` : row.kind)
      }
  }
  t.same(
    [...gone].sort(),
    ['/app/imports/:id/removal', '/app/planner/:id/removal', 'ban-removed'],
    'only what is there no more goes by the beginning of its id',
  )
})

t.test('each form that staff and speakers send has words for its address', async t => {
  for (const { method, url, access } of app.doors) {
    if (method !== 'POST' || !['signed-in', 'speaker', 'viewer', 'coordinator', 'administrator'].includes(access ?? ''))
      continue
    const unsaid = url.split('/').filter(part => !/^(|app|admin|:.*)$/.test(part) && !(part in parts.kk))
    if (unsaid.length > 0) t.fail(`add ${unsaid.join(', ')} of ${url} to src/audit/form-words.ts`)
  }
  t.end()
})
