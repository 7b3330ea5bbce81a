import t from 'tap'
import { seal, unseal } from '../../src/base/secrets.ts'
import { cast } from '../cast.ts'
import { formOn, submit, world } from '../world.ts'
import { gatewayServer, genuine } from './gateway-server.ts'

const here = await world(t)
const { app, db, clock } = here
const home = '/app/settings/gateway'
const get = (url: string, cookie: string) => app.inject({ url, headers: { cookie } })
const secretOn = (html: string) => /<textarea id="secret"[^>]*>([^<]+)</.exec(html)?.[1]
const houses = await db.selectFrom('houses').select(['id', 'slug']).execute()
const house = houses.find(({ slug }) => slug === 'almaty')?.id ?? ''
const other = houses.find(({ id }) => id !== house)?.id ?? ''
const administrator = await here.signIn(cast.administrator)
const gateways = () => db.selectFrom('gateways').select(['house_id', 'nonce', 'sealed_address']).execute()

t.test('the settings are an administrator’s alone, and of their own House', async t => {
  const { fields } = formOn((await get(home, administrator)).body, home)
  for (const email of [cast.coordinator, cast.viewer, cast.psychologist, cast.coordinatorOfAnotherHouse]) {
    const cookie = await here.signIn(email)
    const own = formOn((await get(email === cast.psychologist ? '/me/profile' : '/account', cookie)).body, '/sign-out')
    for (const path of ['', '/secret', '/removal', '/test']) {
      t.equal((await get(home + path, cookie)).statusCode, 404, `${email} ${path}`)
      const sent = await submit(
        app,
        home + path,
        { ...own.fields, address: 'https://sms.example/', phone: '87010000001' },
        cookie,
      )
      t.equal(sent.statusCode, 404)
    }
  }
  t.equal((await app.inject(home)).headers.location, '/sign-in')
  for (const path of ['/secret', '/removal'])
    t.equal((await get(home + path, administrator)).statusCode, 404, 'nothing yet')
  for (const path of ['/secret', '/removal', '/test'])
    t.equal((await submit(app, home + path, { ...fields, phone: '87010000001' }, administrator)).statusCode, 404)
  t.same(await gateways(), [])
})

t.test('an address is judged, kept sealed, and its secret shown once', async t => {
  const { fields } = formOn((await get(home, administrator)).body, home)
  for (const address of [
    '',
    'http://sms.example/',
    'https://10.0.0.1/',
    'https://127.0.0.1/',
    'https://a:b@sms.example/',
    `https://${'x'.repeat(3000)}/`,
  ]) {
    const refused = await submit(app, home, { ...fields, address }, administrator)
    t.equal(refused.statusCode, 422, address.slice(0, 40))
    t.match(refused.body, /aria-invalid="true"/)
    t.match(refused.body, /role="alert"/)
  }
  t.same(await gateways(), [])
  await db
    .insertInto('gateways')
    .values({
      house_id: other,
      sealed_address: seal(app.config.secret, 'https://other.example/'),
      nonce: 'n',
      kept_at: clock.now,
      secret_at: clock.now,
    })
    .execute()
  const made = await submit(app, home, { ...fields, address: 'https://sms.example/in?key=77' }, administrator)
  t.equal(made.statusCode, 200)
  t.equal(made.headers['cache-control'], 'no-store')
  const secret = secretOn(made.body)
  t.match(secret, /^[\w-]{43}$/)
  const again = await submit(app, home, { ...fields, address: 'https://sms.example/in?key=77' }, administrator)
  t.equal(secretOn(again.body), secret, 'the same form sent twice is one form')
  const page = await get(home, administrator)
  t.equal(secretOn(page.body), undefined, 'never again')
  t.equal(formOn(page.body, home).fields['address'], 'https://sms.example/in?key=77')
  const kept = (await gateways()).find(row => row.house_id === house)
  t.notMatch(JSON.stringify(kept), /sms\.example|77"/)
  t.equal(unseal(app.config.secret, kept?.sealed_address ?? ''), 'https://sms.example/in?key=77')
  t.notMatch(JSON.stringify(kept), secret ?? 'x')

  const next = formOn(page.body, home)
  const moved = await submit(app, home, { ...next.fields, address: 'https://sms.example/two' }, administrator)
  t.equal(moved.statusCode, 303, 'another address keeps its secret')
  t.equal((await gateways()).find(row => row.house_id === house)?.nonce, kept?.nonce)

  const asked = formOn((await get(`${home}/secret`, administrator)).body, `${home}/secret`)
  const renewed = await submit(app, asked.action, asked.fields, administrator)
  t.match(secretOn(renewed.body), /^[\w-]{43}$/)
  t.not(secretOn(renewed.body), secret)
  const detail = await db
    .selectFrom('changes')
    .select(['kind', 'detail'])
    .where('kind', 'like', 'gateway%')
    .orderBy('id')
    .execute()
  t.same(
    detail.map(row => row.kind),
    ['gateway-kept', 'gateway-kept', 'gateway-renewed'],
  )
  t.notMatch(JSON.stringify(detail), 'sms.example')
  t.same((await gateways()).find(row => row.house_id === other)?.nonce, 'n', 'the other House is untouched')
})

t.test('a test message goes to a typed phone, and what became of it is said in words', async t => {
  let status = 200
  const { address, taken } = await gatewayServer(t, response => response.writeHead(status).end())
  const first = formOn((await get(home, administrator)).body, home)
  await submit(app, home, { ...first.fields, address }, administrator)
  const asked = formOn((await get(`${home}/secret`, administrator)).body, `${home}/secret`)
  const secret = secretOn((await submit(app, asked.action, asked.fields, administrator)).body) ?? ''
  const send = async (phone: string) => {
    const { action, fields } = formOn((await get(home, administrator)).body, `${home}/test`)
    return submit(app, action, { ...fields, phone }, administrator)
  }
  t.equal((await send('12')).statusCode, 422)
  t.equal(taken.length, 0)
  for (const [given, words] of [
    [200, /Шлюз принял сообщение/],
    [429, /сейчас не принял/],
    [500, /сейчас не принял/],
    [400, /отказался/],
    [302, /проверьте адрес/],
  ] as const) {
    status = given
    const sent = await send('8 701 000 00 01')
    t.equal(sent.statusCode, 200)
    t.match(sent.body, words)
    t.equal(secretOn(sent.body), undefined)
  }
  const [one] = taken
  t.ok(one && genuine(secret, one, clock.now.toSeconds()))
  t.match(JSON.parse(one?.body ?? '{}'), { kind: 'test', to: '+77010000001', language: 'ru' })
  t.equal((await db.selectFrom('messages').select('id').execute()).length, 0, 'a test is no message of the ledger')
  for (let count = 0; count < 5; count++) t.equal((await send('87010000001')).statusCode, 200)
  t.equal((await send('87010000001')).statusCode, 429)
})

t.test('who is asked how they want to be told, and what it needs', async t => {
  const speaker = await here.signIn(cast.psychologist)
  const coordinator = await here.signIn(cast.coordinator)
  const profile = formOn((await get('/me/profile', speaker)).body, '/me/profile')
  t.equal(profile.fields['channel'], 'mail')
  const lacking = await submit(app, '/me/profile', { ...profile.fields, channel: 'webhook', phone: '' }, speaker)
  t.equal(lacking.statusCode, 422)
  t.equal(formOn(lacking.body, '/me/profile').fields['channel'], 'webhook')
  t.match(lacking.body, 'href="#phone"')
  const kept = await submit(
    app,
    '/me/profile',
    { ...profile.fields, channel: 'webhook', phone: '8 701 000 00 02' },
    speaker,
  )
  t.equal(kept.statusCode, 303)
  const row = () =>
    db
      .selectFrom('speakers')
      .select(['channel', 'phone'])
      .where('email', '=', cast.psychologist)
      .executeTakeFirstOrThrow()
  t.same(await row(), { channel: 'webhook', phone: '+77010000002' })

  const account = formOn((await get('/account', coordinator)).body, '/account')
  t.same(account.fields['channel'], 'mail')
  for (const phone of ['', '12', '<b>'])
    t.equal(
      (await submit(app, '/account', { ...account.fields, channel: 'webhook', phone }, coordinator)).statusCode,
      422,
      phone,
    )
  t.equal(
    (await submit(app, '/account', { ...account.fields, channel: 'webhook', phone: '87010000003' }, coordinator))
      .statusCode,
    303,
  )
  const told = () =>
    db
      .selectFrom('accounts')
      .select(['channel', 'phone'])
      .where('email', '=', cast.coordinator)
      .executeTakeFirstOrThrow()
  t.same(await told(), { channel: 'webhook', phone: '+77010000003' })
  t.equal(
    (await submit(app, '/account', { ...account.fields, channel: 'mail', phone: '' }, coordinator)).statusCode,
    303,
  )
  t.same(await told(), { channel: 'mail', phone: null })
  t.notMatch((await get('/account', administrator)).body, 'name="channel"', 'nothing is told to administrators')

  const removal = formOn((await get(`${home}/removal`, administrator)).body, `${home}/removal`)
  t.equal((await submit(app, removal.action, removal.fields, administrator)).statusCode, 303)
  t.same(
    (await gateways()).map(it => it.house_id),
    [other],
  )
  const without = formOn((await get('/me/profile', speaker)).body, '/me/profile')
  t.notOk('channel' in without.fields)
  t.equal((await submit(app, '/me/profile', { ...without.fields, channel: 'mail' }, speaker)).statusCode, 303)
  t.same((await row()).channel, 'webhook', 'the choice stays for the day there is a gateway again')
  t.notMatch((await get('/account', coordinator)).body, 'name="channel"')
})
