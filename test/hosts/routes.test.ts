import t from 'tap'
import { cast } from '../cast.ts'
import { boxes, summary, visitor } from '../requests/visitor.ts'
import { world } from '../world.ts'

const w = await world(t)
const staff = visitor(w, await w.signIn(cast.coordinator))
const hostId = async (name: string) =>
  (await w.db.selectFrom('hosts').select('id').where('name_ru', '=', name).executeTakeFirstOrThrow()).id

t.test('the list is searched by folded letters and by district', async t => {
  const names = (html: string) =>
    [...html.matchAll(/<th scope="row"><a href="[^"]*">([^<]*)</g)].map(([, name]) => name)
  await staff.get('/app/hosts?l=ru')
  t.equal(names(staff.page()).length, (await w.db.selectFrom('hosts').select('id').execute()).length)
  await staff.get('/app/hosts?l=ru&q=МЕКТЕП 901')
  t.strictSame(names(staff.page()), ['Школа № 901 (пример)'])
  await staff.get('/app/hosts?l=ru&q=901&district=751210000')
  t.strictSame(names(staff.page()), [])
  t.match(staff.page(), 'Такой организации нет')
})

t.test('a host is edited whole, and mistakes lose nothing', async t => {
  const id = await hostId('Школа № 901 (пример)')
  await staff.get(`/app/hosts/${id}?l=ru`)
  const wrong = await staff.send(`/app/hosts/${id}`, {
    kk: ' ',
    seats: 'сто',
    'lessons-I': '08:00-08:45\n08:30-09:00',
    'grades-I': '1, x',
    lunch: '13',
  })
  t.equal(wrong.statusCode, 422)
  t.strictSame(summary(wrong.body), [
    'Напишите название',
    'Напишите число мест: 0–5000',
    'Напишите классы через запятую: 1, 4, 5',
    'Пишите один урок в строке: 08:00–08:45. Уроки идут друг за другом',
    'Напишите время так: 09:00–18:00',
  ])
  t.match(wrong.body, 'value="сто"')
  const saved = await staff.send(`/app/hosts/${id}`, {
    kk: '№ 901 гимназия',
    seats: '90',
    'lessons-I': '8:00-8:40\n08:50–09:30',
    'grades-I': '9, 10',
    lunch: '',
    addressRu: 'ул. Сатпаева, 30',
  })
  t.equal(saved.headers.location, `/app/hosts/${id}?done=saved`)
  t.strictSame(
    await w.db
      .selectFrom('hosts')
      .select(['name_kk', 'hall_seats', 'address_ru', 'folded'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
    {
      name_kk: '№ 901 гимназия',
      hall_seats: 90,
      address_ru: 'ул. Сатпаева, 30',
      folded: '901 гимназия школа 901 пример school no 901 demo',
    },
  )
  t.strictSame(
    await w.db
      .selectFrom('host_lessons')
      .select(['n', 'from_time', 'to_time'])
      .where('host_id', '=', id)
      .where('shift', '=', 'I')
      .orderBy('n')
      .execute(),
    [
      { n: 1, from_time: '08:00', to_time: '08:40' },
      { n: 2, from_time: '08:50', to_time: '09:30' },
    ],
  )
})

t.test('a host is marked as checked', async t => {
  const id = await hostId('Школа № 902 (пример)')
  await staff.get(`/app/hosts/${id}`)
  t.equal((await staff.send(`/app/hosts/${id}/check`, {})).statusCode, 303)
  t.strictSame(
    (
      await w.db.selectFrom('hosts').select('checked_at').where('id', '=', id).executeTakeFirstOrThrow()
    ).checked_at?.toMillis(),
    w.clock.now.toMillis(),
  )
})

t.test('a duplicate is shown and merged with everything that hangs on it', async t => {
  const id = await hostId('Школа № 903 (пример)').catch(() => hostId('Школа-лицей № 903 (пример)'))
  const known = await w.db
    .selectFrom('hosts')
    .select(['house_id', 'district'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const { id: twin } = await w.db
    .insertInto('hosts')
    .values({
      ...known,
      kind: 'school',
      name_kk: '903 мектеп',
      name_ru: 'СШ 903',
      name_en: '903',
      folded: '903 мектеп сш 903',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await w.db.insertInto('contacts').values({ host_id: twin, name: 'Анна', phone: '+77010000001' }).execute()
  await staff.get(`/app/hosts/${id}?l=ru`)
  t.strictSame(boxes(staff.page(), 'duplicate'), [twin])
  t.equal((await staff.send(`/app/hosts/${id}/merge`, {})).headers.location, `/app/hosts/${id}?done=merged`)
  t.strictSame(await w.db.selectFrom('contacts').select(['host_id', 'name']).execute(), [{ host_id: id, name: 'Анна' }])
  t.equal((await staff.get(`/app/hosts/${twin}`)).statusCode, 404)
  t.match((await staff.get('/app/search?q=СШ 903&l=ru')).body, `/app/hosts/${id}`)
})

t.test('not there and not yours are one answer, also for merging', async t => {
  const id = await hostId('Школа № 901 (пример)')
  const theirs = visitor(w, await w.signIn(cast.coordinatorOfAnotherHouse))
  for (const url of [`/app/hosts/${id}`, '/app/hosts/00000000-0000-4000-8000-000000000000', '/app/hosts/x'])
    t.equal((await theirs.get(url)).statusCode, 404)
  for (const path of ['', '/check', '/merge'])
    t.equal(
      (
        await w.app.inject({
          method: 'POST',
          url: `/app/hosts/${id}${path}`,
          payload: `duplicate=${id}&kk=x`,
          headers: {
            cookie: await w.signIn(cast.coordinatorOfAnotherHouse),
            'content-type': 'application/x-www-form-urlencoded',
            'sec-fetch-site': 'same-origin',
          },
        })
      ).statusCode,
      404,
    )
  const viewer = visitor(w, await w.signIn(cast.viewer))
  t.equal((await viewer.get('/app/hosts')).statusCode, 200)
  t.equal((await viewer.get(`/app/hosts/${id}`)).statusCode, 404, 'contacts are not for viewers')
})
