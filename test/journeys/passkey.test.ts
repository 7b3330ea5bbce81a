import { existsSync } from 'node:fs'
import { chromium, type Page } from 'playwright-core'
import t from 'tap'
import { ask, newest } from '../accounts/asking.ts'
import { byLetter } from '../accounts/factors.ts'
import { cast } from '../cast.ts'
import { submit, world } from '../world.ts'
import { arguments_, executablePath } from './chromium.ts'

t.setTimeout(240_000)

t.test(
  'a passkey: made after the first letter, used to sign in and before what is dangerous, and never twice',
  { skip: existsSync(executablePath) ? false : 'no Chromium here', timeout: 240_000 },
  async t => {
    const w = await world(t)
    const { app, db, clock, mails, deliver, signIn } = w
    const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
    const base = `http://localhost:${port}`
    app.config.publicUrl = base
    const engine = await chromium.launch({ executablePath, args: arguments_ })
    t.teardown(() => engine.close())
    const context = await engine.newContext({ viewport: { width: 390, height: 800 }, locale: 'ru-RU' })
    context.setDefaultTimeout(30_000)
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    const addAuthenticator = async () =>
      (
        await devtools.send('WebAuthn.addVirtualAuthenticator', {
          options: {
            protocol: 'ctap2',
            transport: 'internal',
            hasResidentKey: true,
            hasUserVerification: true,
            isUserVerified: true,
            automaticPresenceSimulation: true,
          },
        })
      ).authenticatorId
    const authenticatorId = await addAuthenticator()
    const forget = () => context.clearCookies()
    /** How people came in and proved themselves again, as the journal has it. */
    const ways = async () =>
      (
        await db
          .selectFrom('journal')
          .innerJoin('accounts', 'accounts.id', 'actor_id')
          .select(['email', 'kind', 'new'])
          .where('kind', 'in', ['signed-in', 'proved'])
          .orderBy('n')
          .execute()
      ).map(it => `${it.email} ${it.kind} ${it.new}`)
    const known = [`${cast.coordinator} signed-in {"way":"link"}`]
    const keysIn = async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials
    /** Presses a key's button, and what the browser then sent. */
    const press = async (one: Page, action: string, to: RegExp) => {
      const [sent] = await Promise.all([
        one.waitForRequest(request => request.method() === 'POST' && new URL(request.url()).pathname === action),
        one.waitForURL(to),
        one.locator(`form[action="${action}"] button:not([data-reveal])`).click(),
      ])
      return sent
    }

    await t.test('the first letter leads to the page where a key is made', async t => {
      const one = await byLetter(w, cast.coordinator)
      await context.addCookies([{ name: 'sid', value: one.jar.cookies.get('sid') ?? '', url: base }])
      await page.goto(`${base}/app`)
      t.equal(new URL(page.url()).pathname, '/account/factors')
      await page.locator('#key-name').fill('Рабочий ноутбук')
      await press(page, '/account/passkeys', /\/account\/recovery/)
      t.equal(await page.locator('.codes li').count(), 10)
      t.equal((await keysIn()).length, 1)
      t.equal((await page.goto(`${base}/app`))?.status(), 200)
      t.match(await db.selectFrom('passkeys').select(['name', 'used_at']).execute(), [
        { name: 'Рабочий ноутбук', used_at: null },
      ])
      await deliver()
      t.match(mails.findLast(mail => mail.kind === 'account-changed')?.text, 'добавлен ключ доступа')
      await page.goto(`${base}/account/factors`)
      await page.locator('form[action$="/removal"] button').first().click()
      t.match(await page.locator('[role=alert]').first().innerText(), /единственный способ/)
    })

    await t.test('the key signs in, and its answer sent again does not', async t => {
      await forget()
      await page.goto(`${base}/sign-in`)
      const sent = await press(page, '/sign-in/passkey', /\/app$/)
      t.equal((await page.goto(`${base}/account`))?.status(), 200)
      const answer = new URLSearchParams(sent.postData() ?? '').get('answer') ?? ''
      const headers = await sent.allHeaders()
      const asked = /\bkey=([^;]*)/.exec(headers['cookie'] ?? '')?.[1] ?? ''
      t.ok(asked && answer.includes('clientDataJSON'))
      const replayed = async (cookie: string) => (await submit(app, '/sign-in/passkey', { answer }, cookie)).statusCode
      t.equal(await replayed(`key=${asked}`), 422, 'the question is used up')
      const question = await submit(app, '/sign-in/passkey/question', {})
      const next = question.cookies.find(({ name }) => name === 'key')?.value
      t.equal(await replayed(`key=${next}`), 422, 'and it answers no other one')
      t.equal((await submit(app, '/sign-in/passkey', { answer: '{"id":"x"}' }, `key=${next}`)).statusCode, 422)
      t.equal((await submit(app, '/sign-in/passkey', { answer: 'x'.repeat(30_000) })).statusCode, 422)
      t.equal(
        (
          await app.inject({
            method: 'POST',
            url: '/sign-in/passkey',
            headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
            payload: new URLSearchParams({ answer }).toString(),
          })
        ).statusCode,
        403,
      )
      known.push(`${cast.coordinator} signed-in {"way":"passkey"}`)
      t.same(await ways(), known, 'the one that let in is in the journal, and none that did not')
    })

    await t.test('an answer comes too late after five minutes, and to another person it proves nothing', async t => {
      await forget()
      await page.goto(`${base}/sign-in`)
      let held = () => {}
      const arrived = new Promise<void>(done => {
        held = done
      })
      const late = new Promise<void>(done => {
        page
          .route('**/sign-in/passkey', async route => {
            held()
            clock.now = clock.now.plus({ minutes: 6 })
            await route.continue()
            done()
          })
          .catch(() => {})
      })
      await page.locator('form[action="/sign-in/passkey"] button').click()
      await Promise.all([arrived, late])
      await page.locator('.errs, [role=alert]').first().waitFor()
      t.match(await page.locator('body').innerText(), /Ключ не подошёл/)
      await page.unroute('**/sign-in/passkey')
      // the administrator's session asks, the coordinator's key answers
      const [name = '', value = ''] = (await signIn(cast.administrator)).split('=')
      await context.addCookies([{ name, value, url: base }])
      const { id } = await db
        .selectFrom('accounts')
        .select('id')
        .where('email', '=', cast.administrator)
        .executeTakeFirstOrThrow()
      const [mine] = await db.selectFrom('passkeys').selectAll().execute()
      t.ok(mine)
      await db
        .insertInto('passkeys')
        .values({ ...mine!, id: `${mine!.id.slice(0, -1)}_`, account_id: id, name: 'none' })
        .execute()
      await page.goto(`${base}/account/again`)
      await page.evaluate(
        `document.querySelector('form[data-question]').dataset.question = '/sign-in/passkey/question'`,
      )
      await press(page, '/account/again/passkey', /\/account\/again\/passkey/)
      t.match(await page.locator('body').innerText(), /Ключ не подошёл/)
      await db.deleteFrom('passkeys').where('account_id', '=', id).execute()
    })

    await t.test(
      'before what is dangerous the key is shown again; a copy whose count went back is refused',
      async t => {
        await forget()
        const [name = '', value = ''] = (await signIn(cast.coordinator)).split('=')
        await context.addCookies([{ name, value, url: base }])
        clock.now = clock.now.plus({ minutes: 10 })
        await page.goto(`${base}/account/factors`)
        t.equal(new URL(page.url()).pathname, '/account/again')
        await press(page, '/account/again/passkey', /\/account\/factors$/)
        t.match(await page.locator('body').innerText(), /Рабочий ноутбук/)
        known.push(`${cast.coordinator} proved {"way":"passkey"}`)
        await db.updateTable('passkeys').set({ counter: 4_000_000 }).execute()
        await forget()
        await page.goto(`${base}/sign-in`)
        await press(page, '/sign-in/passkey', /\/sign-in\/passkey/)
        t.match(await page.locator('body').innerText(), /Ключ не подошёл/)
        t.same(await ways(), known)
      },
    )

    await t.test(
      'without JavaScript the button is not there and the letter is; a password is shown by a button',
      async t => {
        const plain = await engine.newContext({ javaScriptEnabled: false, locale: 'kk-KZ' })
        const without = await plain.newPage()
        await without.goto(`${base}/sign-in`)
        t.equal(await without.locator('form[action="/sign-in/passkey"] button').isVisible(), false)
        t.equal(await without.locator('form[action="/sign-in"] button').isVisible(), true)
        await without.locator('summary').click()
        t.equal(await without.locator('#password').isVisible(), true)
        t.equal(await without.locator('[data-reveal]').isVisible(), false)
        await plain.close()
        await page.goto(`${base}/sign-in`)
        await page.locator('summary').click()
        await page.locator('#password').fill('сары ала қаз')
        await page.locator('[data-reveal]').click()
        t.equal(await page.locator('#password').getAttribute('type'), 'text')
        t.equal(await page.locator('[data-reveal]').innerText(), 'Скрыть')
      },
    )

    await t.test(
      'of two presses on the button of a letter one is sent, so nobody reads that it is used up',
      async t => {
        await forget()
        await ask(app, cast.psychologist)
        const { token } = await newest(db)
        await page.goto(`${base}/sign-in/${token}`)
        const sent = await page.evaluate(`(() => {
        const form = document.querySelector('main form')
        let sent = 0
        form.addEventListener('submit', event => {
          if (!event.defaultPrevented) sent++
          event.preventDefault()
        })
        for (const _ of [1, 2]) form.requestSubmit()
        return sent
      })()`)
        t.equal(sent, 1)
      },
    )
  },
)
