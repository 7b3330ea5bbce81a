import t from 'tap'
import { hashOf } from '../../src/base/secrets.ts'
import { cast } from '../cast.ts'
import { formOn, submit, world } from '../world.ts'
import { byLetter, codeNow, takeCodes } from './factors.ts'

t.test('a session of staff is over after eight idle hours, and however busy after seven days', async t => {
  const { app, clock, signIn } = await world(t)
  const cookie = await signIn(cast.coordinator)
  const visit = async () => (await app.inject({ url: '/account', headers: { cookie } })).statusCode
  for (let at = 0; at < 23; at++) {
    clock.now = clock.now.plus({ hours: 7 })
    t.equal(await visit(), 200)
  }
  clock.now = clock.now.plus({ hours: 7 })
  t.equal(await visit(), 303, 'the seventh day is over')
  const other = await signIn(cast.coordinator)
  clock.now = clock.now.plus({ hours: 8 })
  t.equal((await app.inject({ url: '/account', headers: { cookie: other } })).headers.location, '/sign-in')
})

t.test('a speaker stays signed in for thirty days after the last visit', async t => {
  const { app, clock, signIn } = await world(t)
  const cookie = await signIn(cast.psychologist)
  const visit = async () => (await app.inject({ url: '/me', headers: { cookie } })).statusCode
  for (const days of [6, 29, 29]) {
    clock.now = clock.now.plus({ days })
    t.equal(await visit(), 200)
  }
  clock.now = clock.now.plus({ days: 30 })
  t.equal(await visit(), 303)
})

t.test('one sees one’s sessions, ends one or all others, and nobody else’s', async t => {
  const { app, db, signIn } = await world(t)
  const [mine, phone, library] = [
    await signIn(cast.coordinator),
    await signIn(cast.coordinator),
    await signIn(cast.coordinator),
  ]
  const stranger = await signIn(cast.administrator)
  const idOf = (cookie: string) => hashOf(cookie.slice(4))
  const left = async () => (await db.selectFrom('sessions').select('id_hash').execute()).map(row => row.id_hash).sort()
  const page = await app.inject({ url: '/account', headers: { cookie: mine } })
  t.same(
    new Set([...page.body.matchAll(/name="session" value="([^"]*)"/g)].map(([, id]) => id)),
    new Set([idOf(phone), idOf(library), 'others']),
  )
  t.equal((await submit(app, '/account/sessions', { session: idOf(stranger) }, mine)).statusCode, 404)
  t.equal((await submit(app, '/account/sessions', { session: idOf(phone) }, mine)).statusCode, 303)
  t.same(await left(), [idOf(mine), idOf(library), idOf(stranger)].sort())
  t.equal((await submit(app, '/account/sessions', { session: 'others' }, mine)).statusCode, 303)
  t.same(await left(), [idOf(mine), idOf(stranger)].sort())
  const out = await submit(app, '/sign-out', {}, mine)
  t.equal(out.headers.location, '/sign-in')
  t.match(
    out.cookies.find(({ name }) => name === 'sid'),
    { value: '' },
  )
  t.same(await left(), [idOf(stranger)])
  t.equal((await app.inject({ url: '/account', headers: { cookie: mine } })).statusCode, 303)
})

t.test(
  'who was left at a screen ends nothing: staff show their factor first, a speaker the code of a letter',
  async t => {
    const w = await world(t)
    const { db, clock, deliver, mails, signIn } = w
    const alive = async (email: string) =>
      (
        await db
          .selectFrom('sessions')
          .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
          .where('accounts.email', '=', email)
          .select('id_hash')
          .execute()
      ).length
    const asksFirst = '/account/again?to=%2Faccount%2Fsessions'

    const desk = await byLetter(w, cast.coordinator)
    const { secret } = await takeCodes(w, desk)
    await signIn(cast.coordinator)
    clock.now = clock.now.plus({ minutes: 10 })
    t.equal((await desk.post('/account/sessions', { session: 'others' })).headers.location, asksFirst)
    t.equal(await alive(cast.coordinator), 2, 'nothing has ended')
    const question = formOn((await desk.get(asksFirst)).body, '/account/again').fields as Record<string, string>
    const shown = await desk.post('/account/again', { ...question, code: codeNow(w, secret) })
    t.equal(shown.headers.location, '/account/sessions')
    t.equal((await desk.get('/account/sessions')).headers.location, '/account')
    t.equal((await desk.post('/account/sessions', { session: 'others' })).headers.location, '/account')
    t.equal(await alive(cast.coordinator), 1)

    const phone = await byLetter(w, cast.psychologist)
    await signIn(cast.psychologist)
    clock.now = clock.now.plus({ days: 3 })
    t.equal((await phone.post('/account/sessions', { session: 'others' })).headers.location, asksFirst)
    const { fields } = formOn((await phone.get(asksFirst)).body, '/account/again/letter')
    await phone.post('/account/again/letter', fields as Record<string, string>)
    await deliver()
    const letter = mails.findLast(({ kind }) => kind === 'sign-in')
    t.match(letter, { to: { address: cast.psychologist } })
    const [, first = '', second = ''] = /(\d{3}) (\d{3})/.exec(letter?.subject ?? '') ?? []
    const proved = await phone.post('/account/again', { ...(fields as object), code: first + second })
    t.equal(proved.headers.location, '/account/sessions')
    t.equal((await phone.get('/account/sessions')).headers.location, '/me/profile')
    t.equal((await phone.post('/account/sessions', { session: 'others' })).headers.location, '/me/profile')
    t.equal(await alive(cast.psychologist), 1)
  },
)

t.test('language and look are one’s own', async t => {
  const { app, signIn } = await world(t)
  const cookie = await signIn(cast.coordinator)
  const { fields } = formOn((await app.inject({ url: '/account', headers: { cookie } })).body, '/account')
  t.match(fields, { language: 'ru', theme: 'auto', keys: '1' })
  t.equal(
    (await submit(app, '/account', { ...fields, language: 'kk', theme: 'dark', keys: '0' }, cookie)).statusCode,
    303,
  )
  const { body } = await app.inject({ url: '/account', headers: { cookie } })
  t.match(body, '<html lang="kk" data-theme="dark">')
  t.match(formOn(body, '/account').fields, { language: 'kk', theme: 'dark', keys: undefined })
  for (const odd of [
    { language: 'xx', theme: 'pink' },
    { language: '', theme: '' },
  ])
    t.equal((await submit(app, '/account', odd, cookie)).statusCode, 303)
  t.match(
    (await app.inject({ url: '/account', headers: { cookie } })).body,
    'data-theme="dark"',
    'what is unknown changes nothing',
  )
})

t.test('one click signs in as anyone of the cast while developing', async t => {
  const { app } = await world(t)
  const page = await app.inject('/dev')
  t.equal(page.statusCode, 200)
  const { fields } = formOn(page.body, '/dev/sign-in')
  const done = await submit(app, '/dev/sign-in', fields)
  t.equal(done.statusCode, 303)
  const sid = done.cookies.find(({ name }) => name === 'sid')
  t.equal(
    (await app.inject({ url: String(done.headers.location), headers: { cookie: `sid=${sid?.value}` } })).statusCode,
    200,
  )
  t.equal((await submit(app, '/dev/sign-in', { account: crypto.randomUUID(), house: '' })).statusCode, 404)
})
