import '../optimised.ts'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium, type Page } from 'playwright-core'
import t from 'tap'
import { cast } from '../cast.ts'
import { ask, names } from '../talks/situation.ts'
import { world } from '../world.ts'
import { arguments_, executablePath } from './chromium.ts'

t.setTimeout(240_000)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

t.test(
  'a coordinator decides on the board in three actions',
  { skip: existsSync(executablePath) ? false : 'no Chromium here', timeout: 240_000 },
  async t => {
    const here = await world(t)
    const named = await names(here)
    const windows = [{ from: '2026-11-25', to: '2026-11-27' }]
    const numbers = [
      await ask(here, named, { windows }),
      await ask(here, named, { host: 'school-901', windows }),
      await ask(here, named, { host: 'school-902', windows }),
    ]
    const [first = 0, second = 0, third = 0] = numbers
    const base = await here.app.listen({ host: '127.0.0.1', port: 0 })
    const session = (await here.signIn(cast.coordinator)).replace('sid=', '')
    const browser = await chromium.launch({ executablePath, args: arguments_ })
    t.teardown(() => browser.close())
    const open = async (javaScriptEnabled: boolean, width = 1440, colorScheme: 'light' | 'dark' = 'light') => {
      const context = await browser.newContext({
        javaScriptEnabled,
        colorScheme,
        viewport: { width, height: 900 },
        bypassCSP: true,
      })
      await context.addCookies([{ name: 'sid', value: session, url: base }])
      const page = await context.newPage()
      page.setDefaultTimeout(60_000)
      return page
    }
    const chosen = (page: Page) => page.locator('.req[aria-current]').getAttribute('id')
    const state = async (number: number) =>
      (await here.db.selectFrom('requests').select('state').where('number', '=', number).executeTakeFirstOrThrow())
        .state

    await t.test('by keys alone: J to the next request, 1 to its best offer, Enter', async t => {
      const page = await open(true)
      await page.goto(`${base}/app`)
      t.equal(await chosen(page), `r${first}`)
      await page.evaluate('document.body.dataset.same = "1"')
      await page.keyboard.press('KeyJ')
      await page.waitForSelector(`#r${second}[aria-current]`)
      t.match(page.url(), new RegExp(`request=${second}$`))
      t.equal(await page.evaluate('document.activeElement.id'), `r${second}`, 'the focus goes along')
      t.equal(await page.evaluate('document.body.dataset.same'), '1', 'without another page')
      await page.keyboard.press('KeyK')
      await page.waitForSelector(`#r${first}[aria-current]`)
      await page.goBack()
      await page.waitForSelector(`#r${second}[aria-current]`)
      await page.keyboard.press('Slash')
      t.equal(await page.evaluate('document.activeElement.id'), 'search')
      await page.keyboard.type('j1')
      t.equal(await page.inputValue('#search'), 'j1', 'keys rest while somebody types')
      await page.locator('h1').click()
      await page.keyboard.press('Digit1')
      t.equal(await page.evaluate('document.activeElement.closest("form").id'), 'offer-1')
      t.equal(await state(second), 'waiting', 'a slip of the finger books nothing')
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/app\/talks\//)
      t.equal(await state(second), 'booked')
    })

    await t.test('without script: a link to the request, a click on a plus in the week', async t => {
      const page = await open(false)
      await page.goto(`${base}/app?request=${third}`)
      t.equal(await chosen(page), `r${third}`)
      t.equal(await page.locator('script[src*="board"]').count(), 1)
      const slot = page.locator('.board .slot[name=offer]').first()
      const [startsAt = ''] = ((await slot.getAttribute('value')) ?? '').split('/')
      await slot.click()
      t.match(page.url(), /\/app\/talks\//)
      const { held_on, from_time } = await here.db
        .selectFrom('talks')
        .innerJoin('requests', 'requests.id', 'talks.request_id')
        .select(['held_on', 'from_time'])
        .where('number', '=', third)
        .executeTakeFirstOrThrow()
      t.equal(`${held_on}T${from_time.slice(0, 5)}`, startsAt, 'the very time that was clicked')
    })

    await t.test('who is out of the question says why on hover and focus, and hushes on Escape', async t => {
      const page = await open(true)
      await page.goto(`${base}/app?request=${first}`)
      const row = page.locator('.away').first()
      const tip = row.locator('th > .tip')
      const height = async () => (await tip.boundingBox())?.height ?? 0
      t.ok((await height()) <= 1)
      await row.locator('a').first().focus()
      t.ok((await height()) > 20)
      await page.keyboard.press('Escape')
      t.ok((await height()) <= 1)
      await row.hover()
      t.ok((await height()) > 20)
    })

    await t.test(
      'wide and narrow, light and dark, in Kazakh and Russian: nothing for axe, nothing sideways',
      async t => {
        for (const [width, scheme, language] of [
          [1440, 'light', 'kk'],
          [1440, 'dark', 'ru'],
          [390, 'dark', 'kk'],
          [390, 'light', 'ru'],
        ] as const) {
          const page = await open(true, width, scheme)
          await page.goto(`${base}/app?request=${first}&l=${language}${width < 700 ? '#day' : ''}`)
          await page.evaluate('document.querySelector("#keys")?.setAttribute("open", "")')
          const wide = await page.evaluate(
            'document.documentElement.scrollWidth - document.documentElement.clientWidth',
          )
          t.ok(Number(wide) <= 0, `${width} ${language}`)
          await page.setViewportSize({
            width,
            height: Number(await page.evaluate('document.documentElement.scrollHeight')),
          })
          await page.evaluate(axe)
          const found = await page.evaluate(
            'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }).then(it => it.violations.map(each => each.id + ": " + each.nodes.slice(0, 3).map(node => node.target.join(" ")).join(" · ")))',
          )
          t.same(found, [], `${width} ${scheme} ${language}`)
          await page.context().close()
        }
      },
    )

    await t.test('who has switched the keys off is sent no script for them', async t => {
      await here.db.updateTable('accounts').set({ keys_on: false }).where('email', '=', cast.coordinator).execute()
      const page = await open(true)
      await page.goto(`${base}/app`)
      t.equal(await page.locator('script[src*="board"]').count(), 0)
      t.equal(await page.locator('kbd').count(), 0)
    })
  },
)
