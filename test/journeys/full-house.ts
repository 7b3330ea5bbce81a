import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core'
import type { Test } from 'tap'
import { tablesInOrder } from '../../src/backups/contents.ts'
import { migrate } from '../../src/base/db/migrate.ts'
import { newNonce, shortCodeOf, tokenOf } from '../../src/base/secrets.ts'
import { seedDemonstration } from '../../src/tools/seed/demonstration.ts'
import { bookSome } from '../../src/tools/seed/lively.ts'
import { routeTable } from '../access/route-table.ts'
import { cast } from '../cast.ts'
import { type TestWorld, world } from '../world.ts'
import { arguments_, executablePath } from './chromium.ts'
import { furtherPages, type Looked, otherAnswers, stepsOfForm, type Who } from './page-list.ts'

export type FullHouse = {
  world: TestWorld
  app: FastifyInstance
  base: string
  browser: Browser
  pages: Looked[]
  /** Addresses of routes that show no page and no other place. */
  strange: string[]
  /** A browser window of this person. */
  enter: (who: Who, options?: BrowserContextOptions) => Promise<BrowserContext>
}

/** A House full of talks, so that its pages have something that could be too wide, with a browser before it. */
export async function fullHouse(t: Test): Promise<FullHouse> {
  const routes = routeTable()
  const w = await world(t)
  const { app, db, clock } = w
  const { secret } = app.config
  for (const table of (await tablesInOrder(db)).toReversed()) await sql`delete from ${sql.table(table)}`.execute(db)
  await migrate(db)
  await seedDemonstration(db, { size: 'small', seed: 1, now: clock.now, secret, say: () => {} })
  await bookSome(db, app.jobs, secret, 'almaty', clock.now)
  // and a gateway, so that people are asked how they want to be told
  await sql`insert into gateways (house_id, sealed_address, nonce, kept_at, secret_at)
    select id, 'x', 'x', ${clock.now.toISO()}, ${clock.now.toISO()} from houses`.execute(db)
  const known = await pagesOf(w)
  const steps = await stepsOfForm(w)
  const others = await otherAnswers(w)
  const pages = [...known, ...steps.pages, ...others]
  const further = await furtherPages(w, routes, known)
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  const browser = await chromium.launch({ executablePath, args: arguments_ })
  t.teardown(() => browser.close())
  const enter = async (who: Who, options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({ viewport: { width: 320, height: 700 }, ...options })
    const session = who === 'anybody' ? newNonce() : (await w.signIn(cast[who])).replace('sid=', '')
    await context.addCookies([{ name: 'sid', value: session, url: base }])
    // who has filled the form sees its later steps
    if (who === 'anybody')
      await context.addCookies(
        steps.cookies.split('; ').flatMap(cookie => {
          const [name = '', value = ''] = cookie.split(/=(.*)/s)
          return name === 'sid' ? [] : [{ name, value, url: base }]
        }),
      )
    context.setDefaultTimeout(60_000)
    return context
  }
  return { world: w, app, base, browser, pages: [...pages, ...further.pages], strange: further.strange, enter }
}

/** What is looked at with the demonstration's own things in it. */
async function pagesOf({ app, db }: TestWorld): Promise<Looked[]> {
  const { secret } = app.config
  const { number } = await db
    .selectFrom('requests')
    .select('number')
    .where('state', '=', 'waiting')
    .orderBy('number')
    .limit(1)
    .executeTakeFirstOrThrow()
  const talk = await db
    .selectFrom('talks')
    .innerJoin('requests', 'requests.id', 'talks.request_id')
    .select(['talks.id', 'requests.nonce'])
    .where('talks.state', '=', 'booked')
    .orderBy('talks.held_on', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const mine = await db
    .selectFrom('talks')
    .innerJoin('assignments', 'assignments.talk_id', 'talks.id')
    .innerJoin('speakers', 'speakers.id', 'assignments.speaker_id')
    .select(['talks.id', 'speakers.id as speaker'])
    .where('email', '=', cast.psychologist)
    .where('talks.state', '=', 'booked')
    .where('assignments.state', 'in', ['invited', 'accepted'])
    .orderBy('talks.held_on')
    .orderBy('talks.id')
    .limit(1)
    .executeTakeFirstOrThrow()
  // what a report is narrowed to is named at its head
  const longest = await db
    .selectFrom('topics')
    .innerJoin('houses', 'houses.id', 'topics.house_id')
    .select('topics.id')
    .where('houses.slug', '=', 'almaty')
    .orderBy(({ fn }) => fn('length', ['topics.title_kk']), 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const programme = await db.selectFrom('series').select('id').where('kind', '=', 'programme').executeTakeFirstOrThrow()
  const invited = await db
    .selectFrom('assignments')
    .select('nonce')
    .where('state', '=', 'invited')
    .limit(1)
    .executeTakeFirstOrThrow()
  const past = await db
    .selectFrom('talks')
    .innerJoin('requests', 'requests.id', 'talks.request_id')
    .select(['requests.nonce', 'listeners_nonce'])
    .where('talks.state', '=', 'held')
    .orderBy('talks.held_on', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const [coming, held] = [talk, past].map(({ nonce }) => `/r/${tokenOf(secret, 'request', nonce)}`)
  const of = (who: Who, paths: string[]) => paths.map(path => ({ who, path }))
  return [
    ...of('anybody', [
      '/kk',
      '/kk/h/almaty',
      '/kk/topics',
      '/kk/topics/cyber-bullying',
      '/kk/request/topic',
      '/kk/request/topic?topic=cyber-bullying',
      '/kk/help',
      '/kk/privacy',
      '/kk/accessibility',
      '/sign-in',
      `${coming}`,
      `${coming}/reschedule`,
      `${coming}/message`,
      `${coming}/visitors`,
      `${coming}/calendar`,
      `${held}`,
      `${held}/feedback`,
      `/o/${shortCodeOf(secret, 'listeners', past.listeners_nonce)}`,
      '/kk/calendar',
      '/kk/help/sheet',
      `/i/${tokenOf(secret, 'invitation', invited.nonce)}`,
    ]),
    ...of('psychologist', [
      '/me',
      `/me/talks/${mine.id}`,
      '/me/busy',
      '/me/calendar',
      '/me/profile',
      '/me/profile/talks',
      '/me/balance',
      '/me/houses',
    ]),
    ...of('coordinator', [
      '/app',
      '/app/requests',
      `/app/requests/${number}`,
      `/app/requests/${number}/offers`,
      `/app/talks/${talk.id}`,
      `/app/talks/${talk.id}/letter`,
      `/app/speakers/${mine.speaker}`,
      `/app/speakers/${mine.speaker}/thanks`,
      `/app/series/${programme.id}`,
      '/app/reports',
      `/app/reports?year=2026&topic=${longest.id}`,
      '/app/reports/by/district',
      '/app/reports/bodies',
      '/app/reports/coverage',
      '/app/support',
      '/app/support/new',
      '/app/words',
      '/app/words/text?key=houses/field-words:words.save',
      '/app/calendar',
      '/app/fairness',
      '/app/planner',
      '/app/week',
      '/app/day?date=2026-11-24',
      '/app/speakers',
      '/app/speakers/new',
      '/app/hosts',
      '/app/hosts/new',
      '/app/hosts/new?kind=school',
      '/app/topics/new',
      '/app/messages',
      '/app/messages/texts',
      '/app/messages/texts/talk-booked',
      '/account',
      '/account/factors',
      '/account/again',
      '/app/requests/new',
    ]),
    ...of('administrator', [
      '/admin',
      '/admin/houses',
      '/admin/houses/new',
      '/admin/accounts',
      '/admin/audit',
      '/admin/privacy',
      '/app/settings/gateway',
      '/app/settings/gateway/secret',
    ]),
  ]
}

/** The page in a language: public addresses carry it, the others take it as a wish. */
export const inLanguage = (path: string, language: string): string =>
  /^\/kk(?=\/|$)/.test(path)
    ? path.replace(/^\/kk/, `/${language}`)
    : `${path}${path.includes('?') ? '&' : '?'}l=${language}`
