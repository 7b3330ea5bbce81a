import t from 'tap'
import { cast } from '../cast.ts'
import { formOn, submit, world } from '../world.ts'
import { ask, newest, wrongCode } from './asking.ts'

t.test('a known and an unknown address get the same answer, and only the known one a letter', async t => {
  const { app, db } = await world(t)
  const known = await ask(app, cast.coordinator)
  const unknown = await ask(app, 'nobody@kezdesu.example')
  const seen = ({ answer }: typeof known) => ({
    status: answer.statusCode,
    to: answer.headers.location,
    cookies: answer.cookies.map(({ value: _, ...rest }) => rest),
    length: answer.body.length,
  })
  t.same(seen(unknown), seen(known))
  t.equal(known.answer.headers.location, '/sign-in/code?l=kk')
  const messages = await db
    .selectFrom('messages')
    .select(['kind', 'address', 'recipient', 'version', 'state'])
    .execute()
  const { id } = await db
    .selectFrom('accounts')
    .select('id')
    .where('email', '=', cast.coordinator)
    .executeTakeFirstOrThrow()
  t.same(messages, [
    { kind: 'sign-in', address: cast.coordinator, recipient: `account:${id}`, version: 1, state: 'waiting' },
  ])
  const [a, b] = await Promise.all(
    [known, unknown].map(({ asked }) => app.inject({ url: '/sign-in/code', headers: { cookie: asked } })),
  )
  const plain = (html: string | undefined) => html?.replace(/value="[^"]*"/g, '')
  t.equal(plain(b?.body), plain(a?.body))
})

t.test('the link shows one button, only the button consumes it, once and within ten minutes', async t => {
  const { app, db, clock } = await world(t)
  await ask(app, cast.coordinator)
  const { token } = await newest(db)
  for (const _ of [1, 2]) t.equal((await app.inject(`/sign-in/${token}`)).statusCode, 200)
  const page = await app.inject(`/sign-in/${token}`)
  t.equal(page.headers['referrer-policy'], 'no-referrer')
  t.equal(page.headers['cache-control'], 'no-store')
  const form = formOn(page.body, `/sign-in/${token}`)
  const done = await submit(app, form.action, form.fields)
  t.equal(done.statusCode, 303)
  t.equal(done.headers.location, '/app')
  const session = done.cookies.find(({ name }) => name === 'sid')
  t.match(session, { httpOnly: true, sameSite: 'Lax', path: '/' })
  const first = await app.inject({ url: '/account', headers: { cookie: `sid=${session?.value}` } })
  t.equal(first.headers.location, '/account/factors', 'and staff set up a factor first')
  const again = await submit(app, form.action, form.fields)
  t.equal(again.statusCode, 404)
  t.equal(again.cookies.length, 0)
  t.equal((await app.inject(`/sign-in/${token}`)).statusCode, 404)

  await ask(app, cast.psychologist)
  const late = await newest(db)
  clock.now = clock.now.plus({ minutes: 10 })
  t.equal((await app.inject(`/sign-in/${late.token}`)).statusCode, 404)
  t.equal((await submit(app, `/sign-in/${late.token}`, {})).statusCode, 404)
  t.equal((await app.inject('/sign-in/nonsense')).statusCode, 404)
})

t.test('the code lets in the browser that asked for it, and no other', async t => {
  const { app, db } = await world(t)
  const { asked } = await ask(app, cast.psychologist)
  const { code } = await newest(db)
  const elsewhere = await submit(app, '/sign-in/code', { code }, 'asked=of-somebody-else')
  t.equal(elsewhere.statusCode, 422)
  t.equal((await submit(app, '/sign-in/code', { code })).statusCode, 422)
  t.equal((await submit(app, '/sign-in/code', { code: wrongCode(code) }, asked)).statusCode, 422)
  const done = await submit(app, '/sign-in/code', { code: `${code.slice(0, 3)} ${code.slice(3)}` }, asked)
  t.equal(done.statusCode, 303)
  t.equal(done.headers.location, '/me')
  t.equal((await submit(app, '/sign-in/code', { code }, asked)).statusCode, 422, 'it is used up')
})
