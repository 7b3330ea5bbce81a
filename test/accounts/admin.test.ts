import t from 'tap'
import type { Db } from '../../src/base/db/open.ts'
import { cast } from '../cast.ts'
import { formOn, submit, world } from '../world.ts'

const accountOf = (db: Db, email: string) =>
  db
    .selectFrom('accounts')
    .leftJoin('roles', 'roles.account_id', 'accounts.id')
    .select(['accounts.id', 'role', 'disabled_at'])
    .where('email', '=', email)
    .executeTakeFirstOrThrow()

t.test('an administrator adds people, and what is missing is said beside the field', async t => {
  const { app, db, signIn } = await world(t)
  const cookie = await signIn(cast.administrator)
  const { action, fields } = formOn(
    (await app.inject({ url: '/admin/accounts', headers: { cookie } })).body,
    '/admin/accounts',
  )
  const wrong = await submit(app, action, { ...fields, name_kk: '', email: 'nowhere' }, cookie)
  t.equal(wrong.statusCode, 422)
  t.match(wrong.body, 'value="nowhere"')
  for (const field of ['#name_kk', '#email', '#role']) t.match(wrong.body, `href="${field}"`)
  for (const _ of [1, 2])
    t.equal(
      (await submit(app, action, { ...fields, name_kk: 'Иманова Сара', email: 'Sara@Dom.kz', role: 'viewer' }, cookie))
        .statusCode,
      303,
    )
  t.match(await accountOf(db, 'sara@dom.kz'), { role: 'viewer', disabled_at: null })
  t.match(
    (await submit(app, action, { name_kk: 'Тағы', email: 'sara@dom.kz', role: 'coordinator' }, cookie)).body,
    'Этот адрес уже есть в списке',
  )
  t.equal(
    (await submit(app, action, { name_kk: 'Дәріскер', email: 'unknown@dom.kz', role: 'speaker' }, cookie)).statusCode,
    422,
  )
  const speaker = await db
    .selectFrom('speakers')
    .select(['id', 'email'])
    .where('account_id', 'is', null)
    .limit(1)
    .executeTakeFirstOrThrow()
  t.equal(
    (await submit(app, action, { name_kk: 'Дәріскер', email: speaker.email, role: 'speaker' }, cookie)).statusCode,
    303,
  )
  const { id } = await accountOf(db, speaker.email)
  t.equal(
    (await db.selectFrom('speakers').select('account_id').where('id', '=', speaker.id).executeTakeFirstOrThrow())
      .account_id,
    id,
  )
  t.equal((await app.inject({ url: '/me', headers: { cookie: await signIn(speaker.email) } })).statusCode, 200)
})

t.test('another role or a closed account ends the sessions at once, and the last administrator stays', async t => {
  const { app, db, signIn } = await world(t)
  const cookie = await signIn(cast.administrator)
  const coordinator = await signIn(cast.coordinator)
  const { id } = await accountOf(db, cast.coordinator)
  t.equal((await submit(app, `/admin/accounts/${id}/role`, { role: 'viewer' }, cookie)).statusCode, 303)
  t.equal((await app.inject({ url: '/account', headers: { cookie: coordinator } })).statusCode, 303)
  t.equal((await accountOf(db, cast.coordinator)).role, 'viewer')
  const again = await signIn(cast.coordinator)
  t.equal((await submit(app, `/admin/accounts/${id}/access`, { open: '0' }, cookie)).statusCode, 303)
  t.equal((await app.inject({ url: '/account', headers: { cookie: again } })).statusCode, 303)
  t.ok((await accountOf(db, cast.coordinator)).disabled_at)
  t.equal((await submit(app, `/admin/accounts/${id}/access`, { open: '1' }, cookie)).statusCode, 303)
  t.equal((await accountOf(db, cast.coordinator)).disabled_at, null)

  const own = await accountOf(db, cast.administrator)
  t.equal((await submit(app, `/admin/accounts/${own.id}/access`, { open: '0' }, cookie)).statusCode, 409)
  t.equal((await submit(app, `/admin/accounts/${own.id}/role`, { role: 'viewer' }, cookie)).statusCode, 409)
  t.equal((await submit(app, `/admin/accounts/${id}/role`, { role: 'speaker' }, cookie)).statusCode, 409)
  const kinds = await db.selectFrom('changes').select('kind').orderBy('id').execute()
  t.same(
    kinds.map(({ kind }) => kind),
    ['role-changed', 'account-disabled', 'account-enabled'],
  )
})

t.test('people of another House, unknown ids and other roles find nothing here', async t => {
  const { app, db, signIn } = await world(t)
  const cookie = await signIn(cast.administrator)
  const stranger = await accountOf(db, cast.coordinatorOfAnotherHouse)
  for (const id of [stranger.id, crypto.randomUUID(), 'x', '1'])
    for (const [path, body] of [
      ['role', { role: 'viewer' }],
      ['access', { open: '0' }],
    ] as const)
      t.equal((await submit(app, `/admin/accounts/${id}/${path}`, body, cookie)).statusCode, 404, `${id} ${path}`)
  t.match(await accountOf(db, cast.coordinatorOfAnotherHouse), { role: 'coordinator', disabled_at: null })
  t.notMatch((await app.inject({ url: '/admin/accounts', headers: { cookie } })).body, cast.coordinatorOfAnotherHouse)
  for (const email of [cast.coordinator, cast.viewer, cast.psychologist, cast.coordinatorOfAnotherHouse]) {
    const other = await signIn(email)
    for (const url of ['/admin/accounts', '/admin/houses'])
      t.equal((await app.inject({ url, headers: { cookie: other } })).statusCode, 404, `${email} ${url}`)
    t.equal(
      (await submit(app, '/admin/accounts', { name_kk: 'x', email: 'x@dom.kz', role: 'administrator' }, other))
        .statusCode,
      404,
    )
  }
  t.equal((await submit(app, `/admin/accounts/${stranger.id}/role`, { role: 'nobody' }, cookie)).statusCode, 404)
})
