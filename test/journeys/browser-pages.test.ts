import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { sql } from 'kysely'
import { chromium } from 'playwright-core'
import t from 'tap'
import { migrate } from '../../src/base/db/migrate.ts'
import { newNonce, tokenOf } from '../../src/base/secrets.ts'
import { tablesInOrder } from '../../src/tools/dump/contents.ts'
import { seedDemonstration } from '../../src/tools/seed/demonstration.ts'
import { bookSome } from '../../src/tools/seed/lively.ts'
import { cast } from '../cast.ts'
import { world } from '../world.ts'
import { arguments_, executablePath } from './chromium.ts'

t.setTimeout(240_000)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

t.test(
  'pages fit a narrow phone and have no fault that axe can find',
  { skip: existsSync(executablePath) ? false : 'no Chromium here', timeout: 240_000 },
  async t => {
    const { app, db, clock, signIn } = await world(t)
    // a House full of talks, so that pages have something that could be too wide
    for (const table of (await tablesInOrder(db)).toReversed()) await sql`delete from ${sql.table(table)}`.execute(db)
    await migrate(db)
    await seedDemonstration(db, { size: 'small', seed: 1, now: clock.now, secret: app.config.secret, say: () => {} })
    await bookSome(db, app.jobs, app.config.secret, 'almaty', clock.now)
    // and a gateway, so that people are asked how they want to be told
    await sql`insert into gateways (house_id, sealed_address, nonce, kept_at, secret_at)
      select id, 'x', 'x', ${clock.now.toISO()}, ${clock.now.toISO()} from houses`.execute(db)
    const base = await app.listen({ host: '127.0.0.1', port: 0 })
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
    const invited = await db
      .selectFrom('assignments')
      .select('nonce')
      .where('state', '=', 'invited')
      .limit(1)
      .executeTakeFirstOrThrow()
    const { secret } = app.config
    const pages: [who: 'anybody' | 'coordinator' | 'psychologist' | 'administrator', path: string][] = [
      ...[
        '/kk',
        '/ru/topics',
        '/kk/topics/cyber-bullying',
        '/kk/request/topic',
        '/kk/help',
        '/en/privacy',
        '/sign-in',
        `/r/${tokenOf(secret, 'request', talk.nonce)}`,
        `/i/${tokenOf(secret, 'invitation', invited.nonce)}`,
      ].map((path): ['anybody', string] => ['anybody', path]),
      ...[
        '/app',
        '/app/requests',
        `/app/requests/${number}`,
        `/app/requests/${number}/offers`,
        `/app/talks/${talk.id}`,
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
        '/app/requests/new',
      ].map((path): ['coordinator', string] => ['coordinator', path]),
      ...['/me', '/me/busy', '/me/calendar', '/me/profile', '/me/profile/talks', '/me/balance', '/me/houses'].map(
        (path): ['psychologist', string] => ['psychologist', path],
      ),
      ...[
        '/admin/houses',
        '/admin/houses/new',
        '/admin/accounts',
        '/app/settings/gateway',
        '/app/settings/gateway/secret',
      ].map((path): ['administrator', string] => ['administrator', path]),
    ]
    const browser = await chromium.launch({ executablePath, args: arguments_ })
    t.teardown(() => browser.close())
    for (const who of ['anybody', 'coordinator', 'psychologist', 'administrator'] as const) {
      const context = await browser.newContext({ viewport: { width: 320, height: 700 }, bypassCSP: true })
      const session = who === 'anybody' ? newNonce() : (await signIn(cast[who])).replace('sid=', '')
      await context.addCookies([{ name: 'sid', value: session, url: base }])
      const page = await context.newPage()
      page.setDefaultTimeout(60_000)
      for (const [, path] of pages.filter(([whose]) => whose === who)) {
        const answer = await page.goto(`${base}${path}`)
        t.equal(answer?.status(), 200, path)
        const [wide, narrow] = (await page.evaluate(
          '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
        )) as [number, number]
        t.ok(wide <= narrow, `${path} is ${wide} wide on ${narrow}`)
        // a target half under the bar at the foot is one the reader scrolls free: look at the whole page at once
        const height = (await page.evaluate('document.documentElement.scrollHeight')) as number
        await page.setViewportSize({ width: 320, height })
        await page.evaluate(axe)
        const found = (await page.evaluate(
          'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }).then(it => it.violations.map(each => each.id + ": " + each.nodes.slice(0, 3).map(node => node.target.join(" ")).join(" · ")))',
        )) as string[]
        t.same(found, [], `${path} for axe`)
        await page.setViewportSize({ width: 320, height: 700 })
      }
      await context.close()
    }
  },
)
