import t from 'tap'
import { cast } from '../cast.ts'
import { server, submit, world } from '../world.ts'
import { ask, newest, wrongCode } from './asking.ts'

t.test('a code has five tries, then the right one is of no use either, known address or not', async t => {
  const { app, db } = await world(t)
  const known = await ask(app, cast.coordinator)
  const { code } = await newest(db)
  const unknown = await ask(app, 'nobody@kezdesu.example')
  const tries = async (asked: string) => {
    const answers: number[] = []
    for (const _ of [1, 2, 3, 4, 5])
      answers.push((await submit(app, '/sign-in/code', { code: wrongCode(code) }, asked)).statusCode)
    const last = await submit(app, '/sign-in/code', { code }, asked)
    t.ok(Number(last.headers['retry-after']) > 0)
    return [...answers, last.statusCode]
  }
  t.same(await tries(known.asked), [422, 422, 422, 422, 422, 429])
  t.same(await tries(unknown.asked), [422, 422, 422, 422, 422, 429])
})

t.test('after three letters an hour to one address the fourth is refused, for unknown ones alike', async t => {
  const { app, db, clock } = await world(t)
  for (const email of [cast.coordinator, 'nobody@kezdesu.example']) {
    const answers = []
    for (const _ of [1, 2, 3, 4]) answers.push((await ask(app, email)).answer.statusCode)
    t.same(answers, [303, 303, 303, 429])
  }
  t.equal((await db.selectFrom('messages').select('id').execute()).length, 3)
  clock.now = clock.now.plus({ minutes: 71 })
  t.equal((await ask(app, cast.coordinator)).answer.statusCode, 303)
})

t.test('what is no address comes back with everything typed, and a forged form is refused', async t => {
  const { app } = await world(t)
  for (const email of [
    '',
    'aigul',
    'a@b',
    'a b@c.kz',
    'a@c.kz, b@c.kz',
    '<script>@c.kz',
    `${'a'.repeat(3000)}@c.kz`,
    'a@c.kz\0',
    'x\r\nBcc: y@c.kz',
  ]) {
    const { answer } = await ask(app, email)
    t.ok([422, 303].includes(answer.statusCode), email.slice(0, 20))
    if (answer.statusCode === 422) t.match(answer.body, 'Мекенжайды мына үлгімен жазыңыз')
  }
  const typed = await ask(app, 'aigul"<b>')
  t.match(typed.answer.body, 'value="aigul&#34;&#60;b&#62;"')
  const post = (headers: Record<string, string>, payload = 'email=a%40c.kz') =>
    app.inject({
      method: 'POST',
      url: '/sign-in',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload,
    })
  t.equal((await post({ 'sec-fetch-site': 'cross-site' })).statusCode, 403)
  t.equal((await post({ 'sec-fetch-site': 'same-site' })).statusCode, 403)
  t.equal((await post({ origin: 'https://elsewhere.example' })).statusCode, 403)
  t.equal((await post({ origin: 'null' })).statusCode, 403)
  t.equal((await post({})).statusCode, 403)
  t.equal((await post({ 'sec-fetch-site': 'same-origin' }, 'email=a%40c.kz&_csrf=made-up')).statusCode, 403)
  t.equal(
    (await post({ 'sec-fetch-site': 'same-origin' }, 'email=a%40c.kz&email=b%40c.kz')).statusCode,
    422,
    'one address, not two',
  )
  t.equal((await post({ 'sec-fetch-site': 'same-origin' }, 'email=%ff%fe%00')).statusCode, 422)
})

t.test('a disabled account, and one without a role, get no letter', async t => {
  const { app, db, clock } = await world(t)
  await db.updateTable('accounts').set({ disabled_at: clock.now }).where('email', '=', cast.coordinator).execute()
  await db
    .deleteFrom('roles')
    .where('account_id', 'in', eb => eb.selectFrom('accounts').select('id').where('email', '=', cast.viewer))
    .execute()
  for (const email of [cast.coordinator, cast.viewer]) t.equal((await ask(app, email)).answer.statusCode, 303)
  t.same(await db.selectFrom('messages').select('id').execute(), [])
})

const postgres = server()
t.test(
  'of twenty who use one link at once one gets a session',
  { skip: postgres ? false : 'no PostgreSQL' },
  async t => {
    const { app, db } = await world(t, postgres)
    await ask(app, cast.coordinator)
    const { token } = await newest(db)
    const answers = await Promise.all(Array.from({ length: 20 }, () => submit(app, `/sign-in/${token}`, {})))
    t.same(answers.map(answer => answer.statusCode).sort(), [303, ...Array.from({ length: 19 }, () => 404)])
    t.equal((await db.selectFrom('sessions').select('id_hash').execute()).length, 1)
  },
)

t.test('of forty codes guessed at once five are looked at', { skip: postgres ? false : 'no PostgreSQL' }, async t => {
  const { app, db } = await world(t, postgres)
  const { asked } = await ask(app, cast.coordinator)
  const { code } = await newest(db)
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => submit(app, '/sign-in/code', { code: wrongCode(code) }, asked)),
  )
  const counted = Map.groupBy(answers, answer => answer.statusCode)
  t.same([counted.get(422)?.length, counted.get(429)?.length], [5, 35])
  t.same(await db.selectFrom('sign_in_links').select('tries').execute(), [{ tries: 5 }])
  t.equal((await submit(app, '/sign-in/code', { code }, asked)).statusCode, 429)
})
