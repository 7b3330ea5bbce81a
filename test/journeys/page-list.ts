import { tokenOf } from '../../src/base/secrets.ts'
import { filled, patternOf, type Route } from '../access/route-table.ts'
import { rows } from '../access/rows.ts'
import { type Things, things } from '../access/things.ts'
import { cast } from '../cast.ts'
import { toCheck, visitor } from '../requests/visitor.ts'
import type { TestWorld } from '../world.ts'

export type Who = 'anybody' | 'psychologist' | 'coordinator' | 'administrator'
export type Looked = {
  who: Who
  path: string
  /** What the server answers, where it is not 200. */
  status?: number
  /** The form of the page with this action is sent with these fields, and its answer is looked at. */
  /** A page with nothing of its own to be too wide: seen once, and judged by axe now and then. */
  plain?: true
  sends?: { action: string; fields: Record<string, string> }
}

/** Routes that show no page of their own: why. */
const noPages: Record<string, string> = {
  '/me/questions/:id': 'the page of /s/:token',
  '/me/talks/:id/listeners': 'the sheet of /app/talks/:id/listeners',
  '/sign-in/oidc': 'there is no provider here',
  '/sign-in/oidc/back': 'there is no provider here',
  '/account/provider': 'there is no provider here',
  '/sign-in/first/:token': 'only for an installation without an administrator',
}

/** Every page that a route shows and the list has not, with what fills its address; whatever answers otherwise is told. */
export async function furtherPages(
  w: TestWorld,
  routes: Route[],
  known: Looked[],
): Promise<{ pages: Looked[]; strange: string[] }> {
  const its = await things(w, 'almaty')
  const has = new Set(known.map(({ path }) => patternOf(routes, path.replace(/\?.*$/, ''))))
  const cookies = new Map<Who, string>()
  for (const who of ['psychologist', 'coordinator', 'administrator'] as const)
    cookies.set(who, await w.signIn(cast[who]))
  const pages: Looked[] = []
  const strange: string[] = []
  for (const { method, url, access } of routes) {
    if (method !== 'GET' || has.has(url) || url in noPages || /^\/dev|\.\w+$|^\/:\w+\(.*\/request\//.test(url)) continue
    // the pages of the first address again, under the name of a House
    if (url.includes('/h/:house/')) continue
    const who = whoOf(access)
    const path = who && addressOf(url, its)
    if (!who || path === undefined) continue
    const { statusCode, headers } = await w.app.inject({ url: path, headers: { cookie: cookies.get(who) ?? '' } })
    const page = String(headers['content-type']).startsWith('text/html')
    if (statusCode === 200 && page) pages.push({ who, path, plain: true })
    else if (statusCode >= 400) strange.push(`${path} ${statusCode}`)
  }
  return { pages, strange }
}

function addressOf(url: string, its: Things): string | undefined {
  const parts = rows[url]?.at(its)
  return parts && filled(url, url.startsWith('/:l') ? ['kk', ...parts.slice(1)] : parts)
}

const whoOf = (access: Route['access']): Who | undefined =>
  access === 'open' || access === 'link'
    ? 'anybody'
    : access === 'speaker'
      ? 'psychologist'
      : access === 'administrator'
        ? 'administrator'
        : access === 'coordinator' || access === 'viewer' || access === 'signed-in'
          ? 'coordinator'
          : undefined

/** A school's form in its later steps: the pages, and the cookies of whoever has filled it. */
export async function stepsOfForm(w: TestWorld): Promise<{ pages: Looked[]; cookies: string }> {
  const school = visitor(w)
  await toCheck(school)
  const pages = ['when', 'contact', 'check', 'sent?number=1'].map(step => `/kk/request/${step}`)
  return { pages: pages.map(path => ({ who: 'anybody' as const, path })), cookies: school.cookies() }
}

/** Pages that answer something else than 200: what was, what is not, what was refused, where somebody was faster. */
export async function otherAnswers({ app, db, clock }: TestWorld): Promise<Looked[]> {
  const house = await db.selectFrom('houses').select('id').where('slug', '=', 'almaty').executeTakeFirstOrThrow()
  const gone = await db
    .selectFrom('requests')
    .innerJoin('talks', 'talks.request_id', 'requests.id')
    .select('requests.nonce')
    .where('requests.house_id', '=', house.id)
    .where('talks.state', '=', 'held')
    .where('held_on', '<', clock.now.minus({ days: 40 }).toISODate() ?? '')
    .orderBy('held_on')
    .orderBy('requests.id')
    .limit(1)
    .executeTakeFirstOrThrow()
  const held = await db
    .selectFrom('requests')
    .innerJoin('talks', 'talks.request_id', 'requests.id')
    .select('requests.nonce')
    .where('requests.house_id', '=', house.id)
    .where('talks.state', '=', 'held')
    .orderBy('held_on', 'desc')
    .orderBy('requests.id')
    .limit(1)
    .executeTakeFirstOrThrow()
  const ahead = await db
    .selectFrom('talks')
    .select('id')
    .where('house_id', '=', house.id)
    .where('state', '=', 'booked')
    .where('held_on', '>', clock.now.plus({ days: 3 }).toISODate() ?? '')
    .orderBy('held_on')
    .orderBy('id')
    .limit(1)
    .executeTakeFirstOrThrow()
  const link = (nonce: string) => `/r/${tokenOf(app.config.secret, 'request', nonce)}`
  const talk = `/app/talks/${ahead.id}`
  return [
    { who: 'anybody', path: link(gone.nonce), status: 410 },
    { who: 'anybody', path: '/kk/topics/none', status: 404 },
    {
      ...{ who: 'anybody' as const, path: `${link(held.nonce)}/feedback`, status: 422 },
      sends: { action: `${link(held.nonce)}/feedback`, fields: {} },
    },
    { who: 'psychologist', path: '/me/profile', status: 422, sends: { action: '/me/profile', fields: { phone: 'x' } } },
    {
      ...{ who: 'coordinator' as const, path: '/app/hosts/new?kind=school', status: 422 },
      sends: { action: '/app/hosts/new', fields: { name_kk: '' } },
    },
    {
      who: 'coordinator',
      path: talk,
      status: 409,
      sends: { action: `${talk}/cancellation`, fields: { version: '9.9', reason: 'host' } },
    },
  ]
}
