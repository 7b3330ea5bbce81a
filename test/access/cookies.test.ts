import t from 'tap'
import { buildApp } from '../../src/app.ts'
import { sleeping } from '../../src/base/jobs.ts'
import { cast } from '../cast.ts'
import { formOn, submit, world } from '../world.ts'

const w = await world(t)
const { app, db, clock } = w
const secure = await buildApp({
  ...{ db, jobs: sleeping, now: () => clock.now, development: false },
  config: { ...app.config, publicUrl: 'https://kezdesu.example' },
})
t.teardown(() => secure.close())

t.test('over https cookies are this host’s alone, unseen by scripts, and the browser stays with https', async t => {
  const page = await secure.inject({ url: '/sign-in' })
  t.equal(page.headers['strict-transport-security'], 'max-age=63072000; includeSubDomains')
  t.match(String(page.headers['content-type']), /charset=utf-8/)
  t.equal(page.headers['access-control-allow-origin'], undefined, 'no other origin reads what we answer')
  const email = cast.psychologist
  await submit(secure, '/sign-in', { email })
  await w.deliver()
  const token = /\/sign-in\/([\w-]{43})/.exec(w.mails.at(-1)?.text ?? '')?.[1]
  const entered = await submit(secure, `/sign-in/${token}`, {})
  t.equal(entered.statusCode, 303)
  const sid = entered.cookies.find(({ name }) => name === '__Host-sid')
  t.match(sid, { httpOnly: true, secure: true, sameSite: 'Lax', path: '/' })
  t.equal(sid?.domain, undefined)
  t.ok(Buffer.from(sid?.value ?? '', 'base64url').length >= 16, '128 bits and more')
  const draft = await secure.inject({ url: '/kk/request/topic?topic=cyber-bullying' })
  for (const cookie of [...entered.cookies, ...draft.cookies])
    t.match(cookie, { httpOnly: true, secure: true, sameSite: 'Lax', path: '/' }, cookie.name)
})

t.test(
  'a form of another page is refused, by whatever the browser says of it, and a token of another session',
  async t => {
    const cookie = await w.signIn(cast.coordinator)
    const other = await w.signIn(cast.administrator)
    const page = await app.inject({ url: '/account', headers: { cookie } })
    const { fields } = formOn(page.body, '/sign-out')
    const send = async (headers: Record<string, string>, sent: Record<string, unknown>) =>
      (
        await app.inject({
          ...{ method: 'POST', url: '/app/groups/new' },
          headers: { ...headers, cookie, 'content-type': 'application/x-www-form-urlencoded' },
          payload: new URLSearchParams(sent as Record<string, string>).toString(),
        })
      ).statusCode
    t.equal(await send({ 'sec-fetch-site': 'cross-site' }, fields), 403)
    t.equal(await send({ 'sec-fetch-site': 'same-site' }, fields), 403)
    t.equal(await send({ origin: 'https://zq.example' }, fields), 403)
    t.equal(await send({ origin: 'null' }, {}), 403)
    t.equal(await send({}, {}), 403)
    const foreign = formOn((await app.inject({ url: '/account', headers: { cookie: other } })).body, '/sign-out').fields
    t.equal(await send({ origin: 'null' }, foreign), 403)
    t.equal(await send({ origin: 'null' }, fields), 422, 'one’s own token is enough where a browser says nothing')
  },
)

t.test(
  'signing out stands on each page of staff and on a speaker’s profile, ends the session and clears the browser',
  async t => {
    for (const [email, url] of [
      [cast.coordinator, '/app'],
      [cast.viewer, '/app/reports'],
      [cast.psychologist, '/me/profile'],
    ] as const) {
      const cookie = await w.signIn(email)
      const page = await app.inject({ url, headers: { cookie } })
      const out = await submit(app, '/sign-out', formOn(page.body, '/sign-out').fields, cookie)
      t.equal(out.headers['clear-site-data'], '"storage"')
      t.equal((await app.inject({ url, headers: { cookie } })).headers.location, '/sign-in')
    }
  },
)

t.test('a password is typed unseen, and may be pasted', async t => {
  const cookie = await w.signIn(cast.coordinator)
  for (const [url, headers] of [
    ['/sign-in', {}],
    ['/account/factors', { cookie }],
  ] as const) {
    const { body } = await app.inject({ url, headers })
    const field = /<input[^>]*name="password"[^>]*>/.exec(body)?.[0] ?? ''
    t.match(field, 'type="password"', url)
    t.match(field, /autocomplete="(current|new)-password"/, url)
    t.notMatch(body, /onpaste|oncopy/)
  }
})

t.test('an address with a secret in it is kept by nobody on the way, and leads on with no referrer', async t => {
  for (const url of ['/r/none', '/i/none', '/s/none', '/sign-in/none', '/c/none', '/f/none.ics']) {
    const answer = await app.inject({ url })
    t.equal(answer.headers['referrer-policy'], 'no-referrer', url)
    t.equal(answer.headers['cache-control'], 'no-store', url)
  }
})

t.test('there are no files but ours, no lists of them, and no method that echoes', async t => {
  for (const url of [
    '/.git/config',
    '/.env',
    '/assets/',
    '/assets/../package.json',
    '/assets/%2e%2e%2fpackage.json',
    '/views/',
  ])
    t.equal((await app.inject({ url })).statusCode, 404, url)
  const traced = await app.inject({ method: 'TRACE' as 'GET', url: '/kk', headers: { 'x-zq': 'echo' } })
  t.ok(traced.statusCode >= 400 && traced.statusCode < 500)
  t.notMatch(traced.body, 'echo')
  t.equal((await secure.inject({ url: '/dev' })).statusCode, 404, 'nor what only the demonstration has')
})
