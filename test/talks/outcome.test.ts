import t from 'tap'
import { cast } from '../cast.ts'
import { formOn, submit, world } from '../world.ts'
import { booked } from './booked.ts'

t.test('a speaker answers and reports only their own talks', async t => {
  const { app, db, clock, signIn } = await world(t)
  const { talkId, seats, requestId } = await booked(db, clock.now)
  const mine = await signIn(cast.psychologist)
  const other = await db
    .selectFrom('accounts')
    .select('email')
    .where('email', 'not in', [cast.psychologist, cast.lawyer])
    .where('id', 'in', eb => eb.selectFrom('roles').select('account_id').where('role', '=', 'speaker'))
    .limit(1)
    .executeTakeFirstOrThrow()
  const strangers = {
    'another speaker': await signIn(other.email),
    coordinator: await signIn(cast.coordinator),
    'another House': await signIn(cast.coordinatorOfAnotherHouse),
  }
  for (const [who, cookie] of Object.entries(strangers)) {
    t.equal((await app.inject({ url: `/me/talks/${talkId}`, headers: { cookie } })).statusCode, 404, who)
    t.equal((await submit(app, `/me/talks/${talkId}/response`, { response: 'accept' }, cookie)).statusCode, 404, who)
    t.equal((await submit(app, `/me/talks/${talkId}/outcome`, { held: '1', heads: '5' }, cookie)).statusCode, 404, who)
  }
  t.equal((await app.inject(`/me/talks/${talkId}`)).headers.location, '/sign-in')
  for (const id of ['1', 'x', crypto.randomUUID(), `${talkId}x`])
    t.equal((await app.inject({ url: `/me/talks/${id}`, headers: { cookie: mine } })).statusCode, 404, id)

  const home = await app.inject({ url: '/me', headers: { cookie: mine } })
  const { action, fields } = formOn(home.body, `/me/talks/${talkId}/response`)
  t.equal((await submit(app, action, { ...fields, response: 'accept' }, mine)).headers.location, `/me/talks/${talkId}`)
  t.equal(
    (await submit(app, `/me/talks/${talkId}/outcome`, { held: '1', heads: '42' }, mine)).statusCode,
    409,
    'not before it begins',
  )

  clock.now = clock.now.plus({ days: 1, hours: 7 })
  const after = await app.inject({ url: '/me', headers: { cookie: mine } })
  const report = formOn(after.body, `/me/talks/${talkId}/outcome`)
  const wrong = await submit(app, report.action, { ...report.fields, held: '1', heads: 'сорок' }, mine)
  t.equal(wrong.statusCode, 422)
  t.match(wrong.body, 'value="сорок"')
  for (const _ of [1, 2])
    t.equal((await submit(app, report.action, { ...report.fields, held: '1', heads: '42' }, mine)).statusCode, 303)
  const talk = () =>
    db
      .selectFrom('talks')
      .select(['state', 'heads_counted', 'version'])
      .where('id', '=', talkId)
      .executeTakeFirstOrThrow()
  t.same(await talk(), { state: 'held', heads_counted: 42, version: 1 })
  t.equal(
    (await db.selectFrom('requests').select('state').where('id', '=', requestId).executeTakeFirstOrThrow()).state,
    'held',
  )
  t.equal(
    (await submit(app, report.action, { held: '1', heads: '45', leaflets: '30', heldIn: 'kk' }, mine)).statusCode,
    303,
    'a slip is mended',
  )
  t.same(await talk(), { state: 'held', heads_counted: 45, version: 1 })
  t.equal(
    (await submit(app, report.action, { held: '0' }, await signIn(cast.lawyer))).statusCode,
    303,
    'by anybody of the team',
  )
  t.same(await talk(), { state: 'not-held', heads_counted: null, version: 1 })
  t.equal(
    (await db.selectFrom('requests').select('state').where('id', '=', requestId).executeTakeFirstOrThrow()).state,
    'waiting',
  )
  const kinds = await db.selectFrom('changes').select('kind').where('talk_id', '=', talkId).orderBy('id').execute()
  t.same(
    kinds.map(({ kind }) => kind),
    ['accepted', 'held', 'held', 'not-held'],
  )
  t.equal(seats.length, 2)
})
