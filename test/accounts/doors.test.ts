import t from 'tap'
import { buildApp } from '../../src/app.ts'
import { sleeping } from '../../src/base/jobs.ts'
import { cast } from '../cast.ts'
import { server, submit, type TestWorld, world } from '../world.ts'
import { browser, byLetter, codeNow, takeCodes } from './factors.ts'

const w = await world(t)
const { app, db, clock, signIn } = w
const accountOf = (email: string) =>
  db.selectFrom('accounts').select('id').where('email', '=', email).executeTakeFirstOrThrow()
const weaken = async (cookie: string) => {
  await db.updateTable('sessions').set({ strength: 'letter' }).execute()
  return cookie
}

/** An address for a route's pattern. */
const filled = (url: string) =>
  url
    .replace(/\(\^?\(\?:kk\|ru\|en\)\$?\)/g, '')
    .replace(':l', 'kk')
    .replace(/:(number)\b/g, '418')
    .replace(/:\w+/g, '00000000-0000-4000-8000-000000000000')
    .replaceAll('*', '')

t.test('no door of staff opens for a letter alone, but those where a factor is set up or shown', async t => {
  const weak = await weaken(await signIn(cast.administrator))
  const doors = app.doors.filter(
    ({ method, access }) =>
      ['GET', 'POST'].includes(method) &&
      access !== undefined &&
      !['open', 'static', 'link', 'loopback'].includes(access),
  )
  t.ok(doors.length > 150, `${doors.length} doors`)
  const opened = new Set<string>()
  for (const { method, url, weak: may } of doors) {
    const path = filled(url)
    const answer =
      method === 'GET' ? await app.inject({ url: path, headers: { cookie: weak } }) : await submit(app, path, {}, weak)
    if (may) {
      opened.add(`${method} ${url}`)
      continue
    }
    const shut = method === 'GET' ? answer.headers.location === '/account/factors' : answer.statusCode === 403
    if (!shut) t.fail(`${method} ${url} answered ${answer.statusCode} ${answer.headers.location ?? ''}`)
  }
  t.same([...opened].sort(), [
    'GET /account/again',
    'GET /account/codes',
    'GET /account/factors',
    'GET /account/sessions',
    'POST /account/again',
    'POST /account/again/letter',
    'POST /account/again/passkey',
    'POST /account/again/question',
    'POST /account/codes',
    'POST /account/codes/confirmation',
    'POST /account/codes/removal',
    'POST /account/house',
    'POST /account/passkeys',
    'POST /account/passkeys/:id/removal',
    'POST /account/passkeys/question',
    'POST /account/password',
    'POST /account/recovery',
    'POST /account/sessions',
  ])
  const open = app.doors.filter(({ access, method }) => access === 'open' && method === 'GET')
  for (const { url } of open) {
    const path = filled(url)
    const [weakly, nobody] = await Promise.all([
      app.inject({ url: path, headers: { cookie: weak } }),
      app.inject({ url: path }),
    ])
    if (path === '/sign-in') continue
    t.equal(weakly?.statusCode, nobody?.statusCode, `${url}: somebody half signed in is nobody`)
  }
})

t.test('a letter alone is enough for a speaker, and for staff where the demonstration says so', async t => {
  clock.now = clock.now.plus({ minutes: 1 })
  const speaker = await byLetter(w, cast.psychologist)
  t.equal((await speaker.get('/me')).statusCode, 200)
  const demonstration = await buildApp({
    db,
    jobs: sleeping,
    now: () => clock.now,
    config: app.config,
    development: true,
    letterSuffices: true,
  })
  const one = await byLetter(w, cast.coordinator)
  t.equal((await one.get('/app')).headers.location, '/account/factors')
  const there = browser({ app: demonstration }, one.jar)
  t.equal((await there.get('/app')).statusCode, 200)
  t.match((await there.get('/account')).body, 'В режиме показа достаточно ссылки из письма')
  t.equal((await there.get('/account/factors')).statusCode, 200)
  await demonstration.close()
})

t.test('a role that is taken away is gone at the next request, and so is a session after signing out', async t => {
  const cookie = await signIn(cast.coordinator)
  const { id } = await accountOf(cast.coordinator)
  const visit = async (url = '/app/speakers') => (await app.inject({ url, headers: { cookie } })).statusCode
  t.equal(await visit(), 200)
  await db.updateTable('roles').set({ role: 'viewer' }).where('account_id', '=', id).execute()
  t.equal(await visit('/app/messages'), 404, 'another role sees what it may see')
  await db.deleteFrom('roles').where('account_id', '=', id).execute()
  t.equal(await visit(), 303)
  const { house_id } = await db
    .selectFrom('roles')
    .innerJoin('accounts', 'accounts.id', 'roles.account_id')
    .select('house_id')
    .where('email', '=', cast.administrator)
    .executeTakeFirstOrThrow()
  await db.insertInto('roles').values({ account_id: id, house_id, role: 'coordinator' }).execute()
  t.equal(await visit(), 200)
  const stolen = cookie
  t.equal((await submit(app, '/sign-out', {}, cookie)).statusCode, 303)
  const after = await app.inject({ url: '/app', headers: { cookie: stolen } })
  t.equal(after.headers.location, '/sign-in')
  t.notMatch(after.body, 'sid=')
})

t.test('a role and a House come from the session, whatever a form says besides', async t => {
  const cookie = await signIn(cast.viewer)
  const { id } = await accountOf(cast.viewer)
  const other = await db
    .selectFrom('roles')
    .innerJoin('accounts', 'accounts.id', 'roles.account_id')
    .select('house_id')
    .where('email', '=', cast.coordinatorOfAnotherHouse)
    .executeTakeFirstOrThrow()
  const more = {
    role: 'administrator',
    house_id: other.house_id,
    houseId: other.house_id,
    account_id: crypto.randomUUID(),
    strength: 'strong',
    email: 'mine@dom.kz',
    disabled_at: '',
    '__proto__[role]': 'administrator',
  }
  const before = await db.selectFrom('roles').selectAll().orderBy('account_id').execute()
  for (const [url, fields] of [
    ['/account', { language: 'ru', theme: 'auto', keys: '1' }],
    ['/account/codes', {}],
    ['/account/password', { password: 'сары ала қаз 7 таудың' }],
    ['/account/sessions', { session: 'others' }],
  ] as const)
    t.equal((await submit(app, url, { ...fields, ...more }, cookie)).statusCode, 303, url)
  t.equal((await submit(app, '/account/house', { ...more, house: other.house_id }, cookie)).statusCode, 404)
  t.same(await db.selectFrom('roles').selectAll().orderBy('account_id').execute(), before)
  t.match(await db.selectFrom('accounts').select(['email', 'disabled_at']).where('id', '=', id).execute(), [
    { email: cast.viewer, disabled_at: null },
  ])
  const administrator = await signIn(cast.administrator)
  const added = await submit(
    app,
    '/admin/accounts',
    { name_kk: 'Иманова Сара', ...more, role: 'viewer' },
    administrator,
  )
  t.equal(added.statusCode, 303)
  const rows = await db
    .selectFrom('roles')
    .innerJoin('accounts', 'accounts.id', 'roles.account_id')
    .select(['role', 'house_id'])
    .where('email', '=', 'mine@dom.kz')
    .execute()
  t.equal(rows.length, 1)
  t.not(rows[0]?.house_id, other.house_id, 'into the House of who adds them')
  await w.deliver()
  t.match(
    w.mails.findLast(mail => mail.kind === 'account-added'),
    { to: { address: 'mine@dom.kz' } },
  )
})

t.test(
  'who works for several Houses goes from one to the other, and a speaker’s long session does not become one of staff',
  async t => {
    const { id } = await accountOf(cast.psychologist)
    const { house_id } = await db
      .selectFrom('roles')
      .innerJoin('accounts', 'accounts.id', 'roles.account_id')
      .select('house_id')
      .where('email', '=', cast.coordinatorOfAnotherHouse)
      .executeTakeFirstOrThrow()
    await db.insertInto('roles').values({ account_id: id, house_id, role: 'coordinator' }).execute()
    const one = browser(w)
    one.jar.cookies.set('sid', (await signIn(cast.psychologist)).slice(4))
    await db
      .updateTable('sessions')
      .set({
        house_id: eb => eb.selectFrom('speakers').select('house_id').where('account_id', '=', id).limit(1),
        strength: 'letter',
        ends_at: clock.now.plus({ days: 30 }),
      })
      .where('account_id', '=', id)
      .execute()
    t.equal((await one.get('/me')).statusCode, 200)
    t.equal((await one.post('/account/house', { house: house_id })).headers.location, '/app')
    const { ends_at } = await db
      .selectFrom('sessions')
      .select('ends_at')
      .where('id_hash', '=', one.jar.sessionHash)
      .executeTakeFirstOrThrow()
    t.ok(ends_at <= clock.now.plus({ days: 7 }), 'seven days at most')
    t.equal((await one.get('/app')).headers.location, '/account/factors')
    await takeCodes(w, one)
    const page = await one.get('/account')
    t.match(page.body, 'action="/account/house"')
    await db.deleteFrom('roles').where('account_id', '=', id).where('house_id', '=', house_id).execute()
  },
)

t.test('what a client says of its address counts only behind a proxy that is trusted', async t => {
  const asked = async (trustProxy: string[] | false) => {
    const behind = await buildApp({
      db,
      jobs: sleeping,
      now: () => clock.now,
      config: { ...app.config, trustProxy },
      development: false,
    })
    const answers = []
    for (let at = 0; at < 12; at++) {
      const answer = await behind.inject({
        method: 'POST',
        url: '/sign-in',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          'x-forwarded-for': `198.51.100.${at}`,
        },
        payload: `email=somebody${at}%40dom.kz`,
        remoteAddress: '203.0.113.77',
      })
      answers.push(answer.statusCode)
    }
    await behind.close()
    return answers
  }
  t.same(await asked(false), [...Array.from({ length: 10 }, () => 303), 429, 429])
  clock.now = clock.now.plus({ hours: 2 })
  t.same(
    await asked(['203.0.113.77']),
    Array.from({ length: 12 }, () => 303),
  )
  clock.now = clock.now.plus({ hours: 2 })
  t.same(
    await asked(['203.0.113.78']),
    [...Array.from({ length: 10 }, () => 303), 429, 429],
    'another machine is no proxy',
  )
})

const postgres = server()
t.test('of ten who send one code at once one is let in', { skip: postgres ? false : 'no PostgreSQL' }, async t => {
  const there: TestWorld = await world(t, postgres)
  const strong = browser(there)
  strong.jar.cookies.set('sid', (await there.signIn(cast.coordinator)).slice(4))
  const { secret } = await takeCodes(there, strong)
  const recovery = (await strong.get('/account/recovery')).body
  const [spare = ''] = [...recovery.matchAll(/<li><code>([^<]*)</g)].map(([, code = '']) => code)
  for (const code of [codeNow(there, secret, 1), spare]) {
    there.clock.now = there.clock.now.plus({ minutes: 20 })
    const sent = code === spare ? spare : codeNow(there, secret)
    const ten = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const one = browser(there)
        one.jar.cookies.set('sid', (await there.signIn(cast.coordinator)).slice(4))
        return one
      }),
    )
    const answers = await Promise.all(ten.map(one => one.post('/account/again', { code: sent })))
    t.same(answers.map(answer => answer.statusCode).sort(), [303, ...Array.from({ length: 9 }, () => 422)])
  }
})
