import '../optimised.ts'
import { existsSync } from 'node:fs'
import { chromium, type Page } from 'playwright-core'
import t from 'tap'
import { codeAt, stepOf } from '../../src/base/proofs/one-time-code.ts'
import { feedPath } from '../calendars/feed-path.ts'
import { cast } from '../cast.ts'
import { world } from '../world.ts'
import { arguments_, executablePath } from './chromium.ts'

t.setTimeout(240_000)
const email = 'asel@mektep.example'

t.test(
  'a talk goes the whole way in a browser without script, on a phone',
  { skip: existsSync(executablePath) ? false : 'no Chromium here', timeout: 240_000 },
  async t => {
    const { app, db, mails, deliver, clock } = await world(t)
    const base = await app.listen({ host: '127.0.0.1', port: 0 })
    const browser = await chromium.launch({ executablePath, args: arguments_ })
    t.teardown(() => browser.close())
    const open = async (): Promise<Page> => {
      const context = await browser.newContext({
        javaScriptEnabled: false,
        viewport: { width: 390, height: 800 },
        locale: 'kk-KZ',
      })
      const page = await context.newPage()
      page.setDefaultTimeout(60_000)
      return page
    }
    /** The newest letter of this kind to an address, and the first link in it that leads there. */
    const letter = async (to: string, kind: string, way: string) => {
      await deliver()
      const found = mails.findLast(mail => mail.to.address === to && mail.kind === kind)
      const link = new RegExp(`http://127\\.0\\.0\\.1:3000(/${way}/[\\w.~-]+)`).exec(found?.text ?? '')?.[1]
      if (!link) throw new Error(`no letter ${kind} to ${to} with a link to /${way}/`)
      return { link: `${base}${link}` }
    }

    let codes = ''
    const school = await open()
    await t.test('a school asks', async t => {
      await school.goto(`${base}/kk/request/topic?topic=cyber-bullying`)
      await school.check('input[name=grades][value="9"]')
      await send(school, '/kk/request/topic')
      await school.fill('input[name=q]', '901')
      await school.click('button[name=do][value=find]')
      await school.check('input[name=host] >> nth=0')
      await school.click('button[name=do][value=host]')
      await school.check('input[name=slot] >> nth=0')
      await school.fill('input[name=heads]', '30')
      await school.click('button[name=do][value=next]')
      await school.fill('input[name=name]', 'Әсел Нұрланқызы')
      await school.fill('input[name=email]', email)
      await school.fill('input[name=phone]', '8 701 123 45 67')
      await school.check('input[name=consent]')
      await send(school, '/kk/request/contact')
      t.match(await school.textContent('main'), /Әсел Нұрланқызы/)
      await send(school, '/kk/request/check')
      t.match(await school.textContent('main'), /№ 1/)
    })

    let status = ''
    await t.test('it confirms by the letter', async t => {
      status = (await letter(email, 'address-confirmation', 'r')).link
      await school.goto(status)
      await send(school, /\/confirm$/)
      t.equal((await db.selectFrom('requests').select('state').executeTakeFirstOrThrow()).state, 'waiting')
    })

    const coordinator = await open()
    let speakers: string[] = []
    await t.test('a coordinator signs in by a letter and books the best offer', async t => {
      await signIn()
      t.equal(new URL(coordinator.url()).pathname, '/app')
      await coordinator.goto(`${base}/app/requests/1/offers`)
      const best = coordinator.locator('form[action="/app/requests/1/booking"]').first()
      speakers = await best
        .locator('input[name=speakers]')
        .evaluateAll(inputs => inputs.map(input => input.getAttribute('value') ?? ''))
      await best.locator('button').first().click()
      t.match(new URL(coordinator.url()).pathname, /^\/app\/talks\/[\da-f-]{36}$/)
    })

    await t.test('each speaker accepts by the invitation, and the talk stands in the calendar feed', async t => {
      t.ok(speakers.length > 0)
      for (const id of speakers) {
        const { email: address } = await db
          .selectFrom('speakers')
          .select('email')
          .where('id', '=', id)
          .executeTakeFirstOrThrow()
        const speaker = await open()
        await speaker.goto((await letter(address, 'invitation', 'i')).link)
        await speaker.click('button[name=response][value=accept]')
        await speaker.context().close()
      }
      const states = await db.selectFrom('assignments').select('state').execute()
      t.same(new Set(states.map(({ state }) => state)), new Set(['accepted']))
      const { house_id: houseId } = await db.selectFrom('talks').select('house_id').executeTakeFirstOrThrow()
      const feed = await feedPath(
        db,
        app.config.secret,
        { kind: 'speaker', houseId, ownerId: speakers[0] ?? '' },
        clock.now,
      )
      const { id } = await db.selectFrom('talks').select('id').executeTakeFirstOrThrow()
      t.match(
        await (await fetch(`${base}${feed}`)).text(),
        new RegExp(`BEGIN:VEVENT\\r\\nUID:talk-${id}@[\\s\\S]*STATUS:CONFIRMED`),
      )
    })

    await t.test('after the talk the outcome is told, and the school reads that it was held', async t => {
      const talk = await db.selectFrom('talks').select(['id', 'during']).executeTakeFirstOrThrow()
      clock.now = talk.during.to.plus({ minutes: 20 })
      // eight hours without a visit end a session of staff
      await signIn()
      await coordinator.goto(`${base}/app/talks/${talk.id}`)
      const form = coordinator.locator('form[action$="/outcome"]').first()
      await form.locator('input[name=heads]').fill('28')
      await form.locator('input[name=held][value="1"]').check()
      await form.locator('button').first().click()
      t.equal((await db.selectFrom('talks').select('heads_counted').executeTakeFirstOrThrow()).heads_counted, 28)
      await school.goto(status)
      t.match(await school.textContent('main'), /Кездесу өткізілді[\s\S]*Қатысқандар саны: 28/)
    })

    async function signIn(): Promise<void> {
      await coordinator.goto(`${base}/sign-in`)
      await coordinator.fill('input[name=email]', cast.coordinator)
      await send(coordinator, '/sign-in')
      await coordinator.goto((await letter(cast.coordinator, 'sign-in', 'sign-in')).link)
      await send(coordinator, /^\/sign-in\//)
      // the first time an application for codes is set up, later its code is shown
      if (!codes) {
        await send(coordinator, '/account/codes')
        codes = (await coordinator.locator('.secret').innerText()).replaceAll(' ', '')
      }
      await coordinator.fill('input[name=code]', codeAt(codes, stepOf(clock.now)))
      await send(coordinator, /^\/account\/(codes\/confirmation|again)$/)
      if (coordinator.url() === `${base}/account/recovery`) await send(coordinator, '/account/recovery/kept')
      await coordinator.goto(`${base}/app`)
    }
  },
)

/** Presses the button of the form with this action. */
async function send(page: Page, action: string | RegExp): Promise<void> {
  const actions = await page
    .locator('main form')
    .evaluateAll(forms => forms.map(form => form.getAttribute('action') ?? ''))
  const place = actions.findIndex(each => (typeof action === 'string' ? each === action : action.test(each)))
  if (place < 0) throw new Error(`${page.url()} has no form for ${action}: ${actions.join(', ')}`)
  await page.locator('main form').nth(place).locator('button:not([name=do]):not([name=lang])').last().click()
}
