import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import t from 'tap'
import { comeBack, type Journey, setOut } from '../../src/base/proofs/oidc.ts'
import { readConfig } from '../../src/config.ts'
import { cast } from '../cast.ts'
import { world } from '../world.ts'
import { type Browser, browser, Jar } from './factors.ts'

const w = await world(t)
const { app, db, clock, signIn, mails, deliver } = w

/** A real provider on this machine: whoever signs in there says who they are. */
async function realProvider() {
  const http = createServer()
  await new Promise<void>(ready => http.listen(0, '127.0.0.1', ready))
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'kezdesu',
        client_secret: 'a secret of the test',
        redirect_uris: ['http://127.0.0.1:3000/sign-in/oidc/back'],
      },
    ],
    pkce: { required: () => true },
    // the same address for everybody: it must not matter
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: cast.administrator, email_verified: true }),
    }),
    cookies: { keys: ['a key of the test'] },
    features: { devInteractions: { enabled: true } },
  })
  http.on('request', provider.callback())
  t.teardown(() => new Promise(done => http.close(done)))
  return { issuer, clientId: 'kezdesu', clientSecret: 'a secret of the test' }
}
const provider = await realProvider()

/** Goes through the provider's own pages as this person, up to where it sends the browser back. */
async function throughProvider(address: string, login: string): Promise<URL> {
  const jar = new Map<string, string>()
  let url = new URL(address)
  let form: URLSearchParams | undefined
  for (let step = 0; step < 20; step++) {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: form } : {}),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    form = undefined
    const location = answer.headers.get('location')
    if (location) {
      url = new URL(location, url)
      if (url.port === '3000') return url
      continue
    }
    const html = await answer.text()
    const prompt = /name="prompt" value="(\w+)"/.exec(html)?.[1]
    const action = /action="([^"]+)"/.exec(html)?.[1]
    if (!prompt || !action) throw new Error(`the provider shows ${answer.status}: ${html.slice(0, 300)}`)
    url = new URL(action, url)
    form = new URLSearchParams({ prompt, ...(prompt === 'login' ? { login, password: 'x' } : {}) })
  }
  throw new Error('the provider sends the browser round and round')
}

const leaves = async (one: Browser, from = '/sign-in/oidc') => String((await one.get(from)).headers.location)
/** Who came in through the provider, as the journal has it. */
const came = async () =>
  (
    await db
      .selectFrom('journal')
      .innerJoin('accounts', 'accounts.id', 'actor_id')
      .select(['email', 'new'])
      .where('kind', '=', 'signed-in')
      .orderBy('n')
      .execute()
  ).map(it => `${it.email} ${it.new}`)
const home = (url: URL) => url.pathname + url.search

t.test('without a provider there is no way through it', async t => {
  t.equal((await app.inject('/sign-in/oidc')).statusCode, 404)
  t.equal((await app.inject('/sign-in/oidc/back?code=x&state=y')).statusCode, 404)
  t.notMatch((await app.inject('/sign-in')).body, '/sign-in/oidc')
  const whole = { OIDC_ISSUER: 'https://login.example', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' }
  t.match(readConfig(whole).oidc, { issuer: 'https://login.example' })
  t.equal(readConfig({}).oidc, undefined)
  t.throws(() => readConfig({ ...whole, OIDC_CLIENT_SECRET: '' }), /belong together/)
  t.throws(() => readConfig({ ...whole, OIDC_ISSUER: 'http://login.example' }), /must begin with https/)
})

t.test(
  'an account is linked by who is signed in, and then the provider signs in: by issuer and subject, never by address',
  async t => {
    app.config.oidc = provider
    const stranger = browser(w)
    const page = await stranger.get('/sign-in?l=ru')
    t.match(page.body, 'href="/sign-in/oidc?l=ru"')
    const unknown = await stranger.get(home(await throughProvider(await leaves(stranger), 'aidana')))
    t.equal(unknown.statusCode, 403, 'the provider says an address of ours, and it does not count')
    t.match(unknown.body, 'байланыстырылмаған')
    t.equal(stranger.jar.cookies.has('sid'), false)

    const owner = browser(w)
    owner.jar.cookies.set('sid', (await signIn(cast.coordinator)).slice(4))
    const linked = await owner.get(home(await throughProvider(await leaves(owner, '/account/provider'), 'aidana')))
    t.equal(linked.headers.location, '/account/factors')
    t.same(await db.selectFrom('identities').select(['issuer', 'subject']).execute(), [
      { issuer: provider.issuer, subject: 'aidana' },
    ])
    await deliver()
    t.match(mails.findLast(mail => mail.kind === 'account-changed')?.text, 'связана учётная запись системы организации')

    const one = browser(w)
    const done = await one.get(home(await throughProvider(await leaves(one), 'aidana')))
    t.equal(done.headers.location, '/app')
    t.equal((await one.get('/app')).statusCode, 200)
    t.match((await one.get('/account')).body, 'Моя учётная запись')

    const other = browser(w)
    other.jar.cookies.set('sid', (await signIn(cast.administrator)).slice(4))
    const taken = await other.get(home(await throughProvider(await leaves(other, '/account/provider'), 'aidana')))
    t.equal(taken.statusCode, 422, 'somebody else’s identity')
    await db.updateTable('accounts').set({ disabled_at: clock.now }).where('email', '=', cast.coordinator).execute()
    const shut = browser(w)
    t.equal((await shut.get(home(await throughProvider(await leaves(shut), 'aidana')))).statusCode, 403)
    await db.updateTable('accounts').set({ disabled_at: null }).where('email', '=', cast.coordinator).execute()
    t.same(await came(), [`${cast.coordinator} {"way":"provider"}`], 'neither the stranger nor the disabled one')
  },
)

t.test('an answer of the provider is for the browser that set out, once, and untouched', async t => {
  const one = browser(w)
  const url = await throughProvider(await leaves(one), 'aidana')
  const thief = browser(w)
  t.equal((await thief.get(home(url))).headers.location, '/sign-in', 'another browser')
  const crossed = browser(w)
  await leaves(crossed)
  t.equal((await crossed.get(home(url))).statusCode, 502, 'another journey')
  const copy = new Jar()
  for (const [name, value] of one.jar.cookies) copy.cookies.set(name, value)
  t.equal((await one.get(home(url))).headers.location, '/app')
  t.equal((await browser(w, copy).get(home(url))).statusCode, 502, 'the same again, even with the cookies of then')
  t.same(await came(), Array(2).fill(`${cast.coordinator} {"way":"provider"}`), 'and the copy is not in the journal')
  const two = browser(w)
  const changed = await throughProvider(await leaves(two), 'aidana')
  changed.searchParams.set('state', 'another')
  t.equal((await two.get(home(changed))).statusCode, 502)
  const three = browser(w)
  await leaves(three)
  t.equal((await three.get('/sign-in/oidc/back?error=access_denied&state=x')).statusCode, 502)
  const four = browser(w)
  const late = await throughProvider(await leaves(four), 'aidana')
  clock.now = clock.now.plus({ minutes: 11 })
  t.equal((await four.get(home(late))).headers.location, '/sign-in')

  const linking = browser(w)
  linking.jar.cookies.set('sid', (await signIn(cast.administrator)).slice(4))
  const back = await throughProvider(await leaves(linking, '/account/provider'), 'somebody')
  linking.jar.cookies.set('sid', (await signIn(cast.viewer)).slice(4))
  t.equal((await linking.get(home(back))).headers.location, '/sign-in', 'in another session nothing is linked')
  t.equal((await db.selectFrom('identities').select('subject').execute()).length, 1)
  clock.now = clock.now.plus({ minutes: 10 })
  t.equal(
    (await linking.get('/account/provider')).headers.location,
    '/account/again?to=%2Faccount%2Fprovider',
    'linking needs a fresh proof',
  )
})

t.test('an identity that was made out for another journey is nobody’s', async t => {
  const redirect = 'http://127.0.0.1:3000/sign-in/oidc/back'
  const back = async (another: Partial<Journey>) => {
    const { address, journey } = await setOut(provider, redirect)
    return comeBack(provider, await throughProvider(address, 'aidana'), { ...journey, ...another })
  }
  t.same(await back({}), { issuer: provider.issuer, subject: 'aidana' })
  t.equal(await back({ nonce: 'of another journey' }), undefined)
  t.equal(await back({ verifier: 'of another journey, 43 characters and more of it' }), undefined)
})

t.test('a provider that does not answer is said, and the other ways stay', async t => {
  app.config.oidc = { ...provider, issuer: 'http://127.0.0.1:9' }
  const answer = await browser(w).get('/sign-in/oidc')
  t.equal(answer.statusCode, 502)
  t.match(answer.body, 'action="/sign-in"')
})
