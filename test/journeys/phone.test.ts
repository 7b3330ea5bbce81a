import { existsSync } from 'node:fs'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import t from 'tap'
import { cast } from '../cast.ts'
import { booked } from '../talks/booked.ts'
import { world } from '../world.ts'
import { arguments_, executablePath } from './chromium.ts'

t.setTimeout(240_000)

t.test(
  'a speaker’s phone: an answer in one tap, and the next talks without a network',
  { skip: existsSync(executablePath) ? false : 'no Chromium here', timeout: 240_000 },
  async t => {
    const { app, db, clock, signIn } = await world(t)
    const base = await app.listen({ host: '127.0.0.1', port: 0 })
    const browser = await chromium.launch({ executablePath, args: arguments_ })
    t.teardown(() => browser.close())
    const phone = async (options: { javaScriptEnabled?: boolean } = {}) => {
      const context = await browser.newContext({ viewport: { width: 390, height: 800 }, locale: 'kk-KZ', ...options })
      context.setDefaultTimeout(30_000)
      return context
    }
    const become = async (context: BrowserContext, email: string) => {
      const [name = '', value = ''] = (await signIn(email)).split('=')
      await context.addCookies([{ name, value, url: base }])
    }
    const text = (page: Page) => page.locator('body').innerText()

    await t.test('the letter’s button opens the answer, and one tap gives it', async t => {
      for (const [at, javaScriptEnabled] of [true, false].entries()) {
        const { seats } = await booked(db, clock.now, {
          day: `2026-12-0${at + 1}`,
          team: [cast.psychologist],
          host: at,
        })
        const [seat] = seats
        const context = await phone({ javaScriptEnabled })
        const page = await context.newPage()
        await page.goto(`${base}/i/${seat?.token}?response=accept`)
        const state = () =>
          db
            .selectFrom('assignments')
            .select('state')
            .where('id', '=', seat?.id ?? '')
            .executeTakeFirstOrThrow()
        t.equal((await state()).state, 'invited', 'looking answers nothing')
        const button = page.locator('button[name=response]').first()
        const { width = 0, height = 0 } = (await button.boundingBox()) ?? {}
        t.ok(width > 250 && height >= 52, `one large button: ${width} x ${height}`)
        await button.click()
        t.equal((await state()).state, 'accepted')
        t.match(await text(page), /келісім берілді|согласие/)
        for (const again of ['', '?response=accept']) {
          await page.goto(`${base}/i/${seat?.token}${again}`)
          t.strictSame(
            await page.locator('main form .btn:not(.sec)').allInnerTexts(),
            [],
            'who opens it once more is not offered the other answer first',
          )
        }
        await context.close()
      }
    })

    const own = await booked(db, clock.now, { day: '2026-11-24', team: [cast.psychologist], host: 2 })
    const hers = await booked(db, clock.now, { day: '2026-11-25', team: [cast.lawyer], host: 3 })
    await db.updateTable('assignments').set({ state: 'accepted' }).execute()
    const hosts = await db.selectFrom('hosts').select(['id', 'name_ru']).execute()
    const hostOf = (id: string) => hosts.find(host => host.id === id)?.name_ru ?? ''
    const [mine, other] = [hostOf(own.hostId), hostOf(hers.hostId)]
    /** Names of what the browser keeps of our pages. */
    const kept = (page: Page) =>
      page.evaluate<string[]>(`(async () => {
        const names = await caches.keys()
        const keys = await Promise.all(names.map(async name => (await caches.open(name)).keys()))
        return keys.flat().map(({ url }) => new URL(url).pathname)
      })()`)
    const untilKept = async (page: Page, path: string) => {
      for (let tries = 0; tries < 100; tries++) {
        if ((await kept(page)).includes(path)) return
        await page.waitForTimeout(100)
      }
      throw new Error(`${path} was not kept`)
    }

    const context = await phone()
    const page = await context.newPage()
    await t.test('one visit is enough to read the next talks without a network', async t => {
      await become(context, cast.psychologist)
      await page.goto(`${base}/me`)
      await untilKept(page, '/me')
      await context.setOffline(true)
      await page.goto(`${base}/me`)
      const shown = await text(page)
      t.match(shown, mine)
      t.match(shown, /копия[^\n]*23 ноября, 08:45/, 'it says of when it is')
      t.ok(
        await page.evaluate<boolean>(`getComputedStyle(document.querySelector('.next')).overflow === 'hidden'`),
        'and looks as ever',
      )
    })

    await t.test('a form is kept back with what was typed, and says that nothing was sent', async t => {
      await page.locator('form[action="/me/busy"] button').first().click()
      t.match(await text(page), 'ничего не отправлено')
      t.equal(new URL(page.url()).pathname, '/me')
      // whatever sends it all the same
      await page.evaluate(`document.querySelector('form[action="/me/busy"]').submit()`)
      await page.waitForLoadState()
      t.match(await text(page), 'ничего не отправлено')
      t.same(await db.selectFrom('absences').select('id').execute(), [])
      await context.setOffline(false)
    })

    await t.test('nothing but the person’s own first page and talks is kept', async t => {
      await page.goto(`${base}/me/talks/${own.talkId}`)
      await untilKept(page, `/me/talks/${own.talkId}`)
      for (const path of ['/me/busy', '/me/profile', '/me/calendar', `/i/${own.seats[0]?.token}`, '/kk'])
        await page.goto(`${base}${path}`)
      await page.goto(`${base}/me`)
      const pages = (await kept(page)).filter(path => !path.startsWith('/assets/'))
      t.same(new Set(pages), new Set(['/me', `/me/talks/${own.talkId}`]))
    })

    await t.test('signed out, the phone knows nothing of them', async t => {
      await page.goto(`${base}/me/profile`)
      await Promise.all([page.waitForURL(/\/sign-in/), page.locator('form[action="/sign-out"] button').click()])
      t.same(await kept(page), [])
      await context.setOffline(true)
      const shown = await page
        .goto(`${base}/me`)
        .then(() => text(page))
        .catch(() => '')
      t.notMatch(shown, mine)
      await context.setOffline(false)
    })

    await t.test('somebody else on the same phone sees their own only', async t => {
      await become(context, cast.psychologist)
      await page.goto(`${base}/me`)
      await untilKept(page, '/me')
      // no signing out in between: the browser alone has changed hands
      await become(context, cast.lawyer)
      await page.goto(`${base}/me`)
      await page.waitForFunction('caches.keys().then(names => names.length === 1)')
      await context.setOffline(true)
      await page.goto(`${base}/me`)
      const shown = await text(page)
      t.match(shown, other)
      t.notMatch(shown, mine)
      await page.goto(`${base}/me/talks/${own.talkId}`)
      t.notMatch(await text(page), mine)
      await context.setOffline(false)
      await become(context, cast.coordinator)
      await page.goto(`${base}/me`)
      t.same(await kept(page), [], 'nor does a coordinator see them')
    })

    await t.test('the page is light, once and again', async t => {
      const visitor = await phone()
      await become(visitor, cast.psychologist)
      const first = await visitor.newPage()
      const asked: string[] = []
      const served = (url: string) => asked.push(url)
      app.server.on('request', request => served(request.url ?? ''))
      await first.goto(`${base}/me`)
      await untilKept(first, '/me')
      t.ok(asked.length <= 8, `first: ${asked.join(' ')}`)
      asked.length = 0
      await first.goto(`${base}/me`)
      await first.waitForTimeout(300)
      t.ok(asked.length <= 1, `again: ${asked.join(' ')}`)
      await visitor.close()
    })
  },
)
