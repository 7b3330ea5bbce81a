import t from 'tap'
import { firstAdministratorLink } from '../../src/accounts/first-actions.ts'
import { slugOf } from '../../src/houses/founding-rules.ts'
import { cast } from '../cast.ts'
import { formOn, server, submit, world } from '../world.ts'

const filled = {
  person: 'Сейітова Әсем',
  email: 'asem@dom.kz',
  name_kk: 'Достық үйі',
  name_ru: 'Дом дружбы',
  name_en: 'House of Friendship, Taraz',
  region: '310000000',
  phone: '8 7262 12 34 56',
}

t.test('a new installation is opened once by the printed link, with House, topics and administrator', async t => {
  const { app, db, clock } = await world(t)
  t.equal(await firstAdministratorLink(db, 'http://127.0.0.1:3000', clock.now), undefined, 'there is an administrator')
  await db.deleteFrom('roles').where('role', '=', 'administrator').execute()
  const old = (await firstAdministratorLink(db, 'http://127.0.0.1:3000', clock.now)) ?? ''
  const link = (await firstAdministratorLink(db, 'http://127.0.0.1:3000', clock.now)) ?? ''
  t.equal((await app.inject(new URL(old).pathname)).statusCode, 404, 'only the newest counts')
  const { pathname } = new URL(link)
  const page = await app.inject(pathname)
  const { action, fields } = formOn(page.body, /first/)
  const wrong = await submit(app, action, { ...fields, person: '', region: 'mars', phone: '12' })
  t.equal(wrong.statusCode, 422)
  t.same(
    [...wrong.body.matchAll(/<li><a href="#(\w+)">/g)].map(([, id]) => id),
    ['person', 'email', 'name_kk', 'name_ru', 'name_en', 'region', 'phone'],
  )
  const done = await submit(app, action, { ...fields, ...filled })
  t.equal(done.statusCode, 303)
  t.equal(done.headers.location, '/app')
  const house = await db
    .selectFrom('houses')
    .select(['id', 'slug', 'zone', 'phone'])
    .where('region', '=', filled.region)
    .executeTakeFirstOrThrow()
  t.match(house, { slug: 'house-of-friendship-taraz', zone: 'Asia/Almaty', phone: '+77262123456' })
  t.equal((await db.selectFrom('topics').select('id').where('house_id', '=', house.id).execute()).length, 22)
  t.equal((await db.selectFrom('travel_speeds').select('kmh').where('house_id', '=', house.id).execute()).length, 3)
  const cookie = `sid=${done.cookies.find(({ name }) => name === 'sid')?.value}`
  t.equal((await app.inject({ url: '/admin/accounts', headers: { cookie } })).headers.location, '/account/factors')
  t.equal((await app.inject({ url: '/account/factors', headers: { cookie } })).statusCode, 200)
  t.equal((await app.inject(pathname)).statusCode, 404)
  t.equal((await submit(app, action, { ...filled, email: 'other@dom.kz' })).statusCode, 404)
  t.equal((await app.inject('/sign-in/first/nothing')).statusCode, 404)
})

t.test('the link ends after seven days, and a name makes a short name', async t => {
  const { app, db, clock } = await world(t)
  await db.deleteFrom('roles').where('role', '=', 'administrator').execute()
  const link = (await firstAdministratorLink(db, 'http://127.0.0.1:3000', clock.now)) ?? ''
  clock.now = clock.now.plus({ days: 7 })
  t.equal((await app.inject(new URL(link).pathname)).statusCode, 404)
  t.same(['House of Friendship, Almaty', '«»', 'É!'].map(slugOf), ['house-of-friendship-almaty', 'house', 'e'])
})

t.test('an administrator sets how a House works, and only an own one', async t => {
  const { app, db, signIn } = await world(t)
  const cookie = await signIn(cast.administrator)
  const [own, other] = await db.selectFrom('houses').select('id').orderBy('created_at').execute()
  const url = `/admin/houses/${own?.id}`
  const { fields } = formOn((await app.inject({ url, headers: { cookie } })).body, url)
  const wrong = await submit(
    app,
    url,
    {
      ...fields,
      name_kk: '',
      quiet_from: '25:00',
      notice_hours: 'soon',
      closes_at: '08:00',
      phone: '12',
      lessons: 'never',
    },
    cookie,
  )
  t.equal(wrong.statusCode, 422)
  t.same(
    new Set([...wrong.body.matchAll(/<li><a href="#(\w+)">/g)].map(([, id]) => id)),
    new Set(['name_kk', 'phone', 'closes_at', 'notice_hours', 'quiet_from', 'lessons']),
  )
  t.equal(
    (
      await submit(
        app,
        url,
        { ...fields, notice_hours: '48', lessons: 'classHourOnly', phone: '+7 727 111 22 33', reminder_days: '3' },
        cookie,
      )
    ).statusCode,
    303,
  )
  const stored = await db
    .selectFrom('houses')
    .select(['minimum_notice_minutes', 'lessons', 'phone', 'reminder_days', 'mentor_only_in_pair'])
    .where('id', '=', own?.id ?? '')
    .executeTakeFirstOrThrow()
  t.same(stored, {
    minimum_notice_minutes: 2880,
    lessons: 'classHourOnly',
    phone: '+77271112233',
    reminder_days: 3,
    mentor_only_in_pair: true,
  })
  for (const id of [other?.id, crypto.randomUUID(), 'x']) {
    t.equal((await app.inject({ url: `/admin/houses/${id}`, headers: { cookie } })).statusCode, 404)
    t.equal((await submit(app, `/admin/houses/${id}`, fields, cookie)).statusCode, 404)
  }
})

const postgres = server()
t.test('of ten who open a new installation at once one does', { skip: postgres ? false : 'no PostgreSQL' }, async t => {
  const { app, db, clock } = await world(t, postgres)
  await db.deleteFrom('roles').where('role', '=', 'administrator').execute()
  const { pathname } = new URL((await firstAdministratorLink(db, 'http://127.0.0.1:3000', clock.now)) ?? '')
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, at) => submit(app, pathname, { ...filled, email: `asem${at}@dom.kz` })),
  )
  t.same(answers.map(answer => answer.statusCode).sort(), [303, ...Array.from({ length: 9 }, () => 404)])
})
