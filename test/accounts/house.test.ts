import t from 'tap'
import { cast } from '../cast.ts'
import { summary, visitor } from '../requests/visitor.ts'
import { submit, world } from '../world.ts'

const filled = {
  name_kk: 'Тараз Достық үйі',
  name_ru: 'Дом дружбы Тараза',
  name_en: 'House of Friendship, Taraz',
  region: '310000000',
  opens_at: '08:30',
  closes_at: '17:30',
  phone: '8 7262 12 34 56',
  person_kk: 'Сейітова Әсем',
  person_ru: 'Сейитова Асем',
  person_en: 'Asem Seyitova',
  email: 'Asem@dom.kz',
  language: 'ru',
}

t.test('an administrator founds a second House, whose coordinator gets a letter and signs in to it alone', async t => {
  const w = await world(t)
  const admin = visitor(w, await w.signIn(cast.administrator))
  await admin.get('/admin/houses?l=ru')
  t.match(admin.page(), 'href="/admin/houses/new"')
  await admin.get('/admin/houses/new?l=ru')
  const wrong = await admin.send('/admin/houses/new', {
    ...filled,
    name_ru: '',
    slug: 'Тараз',
    region: 'mars',
    zone: 'Europe/Paris',
    opens_at: '25:00',
    phone: '1',
    email: 'x',
  })
  t.equal(wrong.statusCode, 422)
  t.same([...wrong.body.matchAll(/<li><a href="#(\w+)">/g)].map(([, field]) => field).sort(), [
    'closes_at',
    'email',
    'name_ru',
    'opens_at',
    'phone',
    'region',
    'slug',
    'zone',
  ])
  t.match(wrong.body, 'value="Asem Seyitova"')
  await admin.get('/admin/houses/new?l=ru')
  t.same(summary((await admin.send('/admin/houses/new', { ...filled, slug: 'almaty' })).body), [
    'Короткое имя в адресе, необязательно: такая запись уже есть',
  ])
  await admin.get('/admin/houses/new?l=ru')
  t.equal((await admin.send('/admin/houses/new', { ...filled, email: cast.administrator })).statusCode, 422)
  await admin.get('/admin/houses/new?l=ru')
  const key = /name="_key" value="([^"]*)"/.exec(admin.page())?.[1] ?? ''
  for (const _ of [1, 2])
    t.equal((await admin.send('/admin/houses/new', { ...filled, _key: key })).headers.location, '/admin/houses')
  const houses = await w.db
    .selectFrom('houses')
    .select(['id', 'slug', 'zone', 'opens_at', 'closes_at', 'phone'])
    .where('name_ru', '=', filled.name_ru)
    .execute()
  t.match(houses, [
    {
      slug: 'house-of-friendship-taraz',
      zone: 'Asia/Almaty',
      opens_at: '08:30',
      closes_at: '17:30',
      phone: '+77262123456',
    },
  ])
  t.equal(houses.length, 1, 'sent twice, founded once')
  const id = houses[0]?.id ?? ''
  t.equal((await w.db.selectFrom('topics').select('id').where('house_id', '=', id).execute()).length, 22)
  t.same(
    await w.db
      .selectFrom('roles')
      .innerJoin('accounts', 'accounts.id', 'account_id')
      .select(['email', 'role'])
      .where('house_id', '=', id)
      .orderBy('role')
      .execute(),
    [
      { email: cast.administrator, role: 'administrator' },
      { email: 'asem@dom.kz', role: 'coordinator' },
    ],
  )
  await w.deliver()
  t.match(w.mails, [{ kind: 'account-added', to: { address: 'asem@dom.kz' } }])
  t.equal(w.mails.length, 1)
  t.match(w.mails[0]?.text, /http:\/\/127\.0\.0\.1:3000\/sign-in\n/)
  t.same(await w.db.selectFrom('changes').select(['kind', 'house_id']).execute(), [
    { kind: 'house-founded', house_id: id },
  ])

  const coordinator = visitor(w, await w.signIn('asem@dom.kz'))
  const [speaker] = await w.db.selectFrom('speakers').select('id').limit(1).execute()
  await coordinator.get('/app/speakers')
  t.notMatch(coordinator.page(), speaker?.id ?? '')
  t.equal((await coordinator.get(`/app/speakers/${speaker?.id}`)).statusCode, 404)
  t.equal((await coordinator.get('/admin/houses')).statusCode, 404)

  await admin.get('/admin/houses')
  t.equal((await admin.send(`/admin/houses/${id}/entry`, {})).headers.location, '/app')
  await admin.get('/app/speakers')
  t.notMatch(admin.page(), speaker?.id ?? '', 'the session goes on in the new House')
  t.equal((await admin.get(`/admin/houses/${id}`)).statusCode, 200)
})

t.test('nobody else founds a House, and nobody enters one that is not theirs', async t => {
  const { app, db, signIn } = await world(t)
  const before = (await db.selectFrom('houses').select('id').execute()).length
  for (const who of [cast.coordinator, cast.viewer, cast.coordinatorOfAnotherHouse]) {
    const cookie = await signIn(who)
    t.equal((await app.inject({ url: '/admin/houses/new', headers: { cookie } })).statusCode, 404)
    t.equal((await submit(app, '/admin/houses/new', filled, cookie)).statusCode, 404)
  }
  const cookie = await signIn(cast.administrator)
  const other = await db.selectFrom('houses').select('id').orderBy('created_at', 'desc').limit(1).executeTakeFirst()
  for (const id of [other?.id, 'x', crypto.randomUUID(), '%00'])
    t.equal((await submit(app, `/admin/houses/${id}/entry`, {}, cookie)).statusCode, 404)
  const odd = { ...filled, name_kk: ['a', 'b'], person_kk: '\0', email: 'y'.repeat(9000) }
  t.equal((await submit(app, '/admin/houses/new', odd, cookie)).statusCode, 422)
  t.equal((await db.selectFrom('houses').select('id').execute()).length, before)
})
