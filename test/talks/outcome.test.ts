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

t.test('a coordinator says with the outcome who else reports the talk, where the House knows such bodies', async t => {
  const { app, db, clock, signIn } = await world(t)
  const { talkId, houseId, requestId } = await booked(db, clock.now)
  clock.now = clock.now.plus({ days: 1, hours: 7 })
  const coordinator = await signIn(cast.coordinator)
  const page = async () =>
    (await app.inject({ url: `/app/talks/${talkId}?l=ru`, headers: { cookie: coordinator } })).body
  const url = `/app/talks/${talkId}/outcome`
  t.notMatch(await page(), 'name="body"', 'a House without such bodies is not asked')
  const body = async (house_id: string, name: string, gone = false) =>
    (
      await db
        .insertInto('reporting_bodies')
        .values({ house_id, name_kk: name, name_ru: name, name_en: name, gone })
        .returning('id')
        .executeTakeFirstOrThrow()
    ).id
  const [akimat, faith] = [await body(houseId, 'Акимат'), await body(houseId, 'Управление')]
  await body(houseId, 'Прежний', true)
  const other = await db.selectFrom('houses').select('id').where('id', '<>', houseId).executeTakeFirstOrThrow()
  const theirs = await body(other.id, 'Чужой')
  const shown = await page()
  t.strictSame(
    [...shown.matchAll(/name="body" value="([^"]*)"/g)].map(([, id]) => id),
    [akimat, faith],
  )
  const { fields } = formOn(shown, url)
  const send = (more: Record<string, string | string[]>) =>
    submit(app, `${url}?l=ru`, { ...fields, ...more }, coordinator)
  const wrong = await send({ heads: 'сорок', body: [faith] })
  t.equal(wrong.statusCode, 422)
  t.match(wrong.body, `value="${faith}" checked`)
  t.notMatch(wrong.body, `value="${akimat}" checked`)
  for (const id of [theirs, crypto.randomUUID(), 'x'])
    t.equal((await send({ heads: '42', body: [id] })).statusCode, 404)
  const stands = async () =>
    (await db.selectFrom('talk_reporters').select('body_id').where('talk_id', '=', talkId).execute()).map(
      it => it.body_id,
    )
  t.strictSame(await stands(), [])
  const stale = await send({ heads: '42', body: [akimat, faith], version: '9.9' })
  t.equal(stale.statusCode, 409)
  for (const id of [akimat, faith]) t.match(stale.body, `name="body" value="${id}"`)
  t.strictSame(await stands(), [])
  t.equal((await send({ heads: '42', body: [akimat] })).statusCode, 303)
  t.strictSame(await stands(), [akimat])
  const kinds = await db.selectFrom('changes').select('kind').where('talk_id', '=', talkId).orderBy('id').execute()
  t.strictSame(
    kinds.map(({ kind }) => kind),
    ['reporters', 'held'],
  )
  const mine = await signIn(cast.psychologist)
  t.equal(
    (await submit(app, `/me/talks/${talkId}/outcome`, { held: '1', heads: '43', reporters: '1', body: faith }, mine))
      .statusCode,
    303,
  )
  t.strictSame(await stands(), [akimat], 'a speaker says nothing of it')
  t.equal(
    (await db.selectFrom('requests').select('state').where('id', '=', requestId).executeTakeFirstOrThrow()).state,
    'held',
  )
})
