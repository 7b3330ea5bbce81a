import t from 'tap'
import { cast } from '../cast.ts'
import { boxes, summary, visitor } from '../requests/visitor.ts'
import { formOn, world } from '../world.ts'

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
  const url = `/app/hosts/${id}/edit`
  const before = await w.db.selectFrom('hosts').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  await staff.get(`${url}?l=ru`)
  const wrong = await staff.send(url, {
    name_kk: ' ',
    seats: 'сто',
    'shift-lessons-1': '08:00-08:45\n08:30-09:00',
    'shift-grades-1': '1, x',
    lunch: '13',
  })
  t.equal(wrong.statusCode, 422)
  t.strictSame(summary(wrong.body), [
    'Название, на казахском: заполните',
    'Зал 1, Число мест: напишите число, 0–5000',
    'Смена 1, Классы: напишите по образцу: 1, 4, 5, 9',
    'Смена 1, Уроки: напишите по образцу: 08:00–08:45, 08:50–09:35',
    'Обед: напишите по образцу: 13:00–14:00',
  ])
  t.match(wrong.body, 'value="сто"')
  const saved = await staff.send(url, {
    name_kk: '№ 901 гимназия',
    seats: '90',
    'shift-lessons-1': '8:00-8:40\n08:50–09:30',
    'shift-grades-1': '9, 10',
    lunch: '',
    addressRu: 'ул. Сатпаева, 30',
    point: '43.2, 76.9',
  })
  t.equal(saved.headers.location, `/app/hosts/${id}?done=saved`)
  t.strictSame(
    await w.db
      .selectFrom('hosts')
      .select(['name_kk', 'hall_seats', 'address_ru', 'folded', 'lat', 'kind', 'class_hour_weekday'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
    {
      name_kk: '№ 901 гимназия',
      hall_seats: 90,
      address_ru: 'ул. Сатпаева, 30',
      folded: '901 гимназия школа 901 пример school no 901 demo',
      lat: 43.2,
      kind: 'school',
      class_hour_weekday: before.class_hour_weekday,
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

t.test(
  'a new host begins with the usual timetable of its kind, and one that may be there already is shown first',
  async t => {
    await staff.get('/app/hosts/new?l=ru&q=901')
    t.match(staff.page(), 'name="q" value="901"')
    await staff.get('/app/hosts/new?l=ru&kind=school&q=СШ 901')
    const { action, fields } = formOn(staff.page(), '/app/hosts/new')
    t.match(fields, { name_ru: 'СШ 901', kind: 'school', 'shift-name-2': 'II', weekType: '5' })
    t.match(String(fields['shift-lessons-1']), /^08:00–08:45\n/)
    const { district } = await w.db
      .selectFrom('hosts')
      .select('district')
      .where('name_ru', '=', 'Школа № 901 (пример)')
      .executeTakeFirstOrThrow()
    const wrong = await staff.send(action, { name_kk: '', name_en: 'x'.repeat(201), district: '', windows: 'x' })
    t.equal(wrong.statusCode, 422)
    t.same(
      [...wrong.body.matchAll(/<li><a href="#([\w-]+)">/g)].map(([, field]) => field),
      ['name_kk', 'name_en', 'district', 'windows'],
    )
    const filled = {
      name_kk: '901 мектеп',
      name_en: 'School 901',
      district,
      windows: '',
      'contact-name-1': 'Анна',
      'contact-phone-1': '8 701 000 00 02',
      'contact-language-1': 'ru',
    }
    const known = await staff.send(action, filled)
    t.equal(known.statusCode, 409)
    t.match(known.body, `href="/app/hosts/${await hostId('Школа № 901 (пример)')}"`)
    const added = await staff.send(action, { another: '1' })
    t.equal(added.statusCode, 303)
    const id = /hosts\/([^?]*)/.exec(String(added.headers.location))?.[1] ?? ''
    const contacts = () =>
      w.db.selectFrom('contacts').select(['name', 'phone', 'language']).where('host_id', '=', id).execute()
    t.same(await contacts(), [{ name: 'Анна', phone: '+77010000002', language: 'ru' }])
    t.equal((await w.db.selectFrom('host_lessons').select('n').where('host_id', '=', id).execute()).length, 12)
    await staff.get(`/app/hosts/${id}/edit`)
    const form = formOn(staff.page(), `/app/hosts/${id}/edit`)
    t.equal(
      (
        await staff.send(form.action, {
          'contact-name-1': '',
          'contact-phone-1': '',
          'shift-name-2': '',
          'shift-lessons-2': '',
          windows: '12:00–12:40',
        })
      ).statusCode,
      303,
    )
    t.same(await contacts(), [])
    t.same(await w.db.selectFrom('host_shifts').select('shift').where('host_id', '=', id).execute(), [{ shift: 'I' }])
    t.same(
      (await w.db.selectFrom('changes').select('kind').where('kind', 'like', 'host-%').orderBy('id').execute()).map(
        ({ kind }) => kind,
      ),
      ['host-kept', 'host-added', 'host-kept'],
    )
  },
)

t.test('a contact person is told as they wish, short messages only where the House has a gateway', async t => {
  const id = await hostId('Школа № 902 (пример)')
  const url = `/app/hosts/${id}/edit`
  const { house_id } = await w.db.selectFrom('hosts').select('house_id').where('id', '=', id).executeTakeFirstOrThrow()
  const kept = () =>
    w.db
      .selectFrom('contacts')
      .select(['email', 'phone', 'channel', 'reminder_days', 'reminder_day_before_at', 'reminder_hours'])
      .where('host_id', '=', id)
      .execute()
  await staff.get(`${url}?l=ru`)
  t.notMatch(staff.page(), 'name="contact-channel-1"')
  const sealed = { house_id, sealed_address: 'x', nonce: 'x', kept_at: w.clock.now, secret_at: w.clock.now }
  await w.db.insertInto('gateways').values(sealed).execute()
  await staff.get(url)
  const wishes = { 'contact-channel-1': 'webhook', 'contact-days-1': '3', 'contact-at-1': '06:00' }
  const wrong = await staff.send(url, { 'contact-name-1': 'Әсел', 'contact-email-1': 'asel@mektep.kz', ...wishes })
  t.equal(wrong.statusCode, 422)
  t.strictSame(summary(wrong.body), ['Лицо 1, Телефон: заполните', 'Лицо 1, Накануне в: напишите по образцу: 18:00'])
  t.match(wrong.body, /<details class="fold" open>/)
  t.match(wrong.body, /value="webhook" checked/)
  const saved = await staff.send(url, {
    'contact-email-1': '',
    'contact-phone-1': '8 701 000 00 03',
    'contact-at-1': '17:30',
    'contact-hours-1': '0',
  })
  t.equal(saved.statusCode, 303)
  const told = { email: null, phone: '+77010000003', channel: 'webhook', reminder_days: 3, reminder_hours: 0 }
  t.strictSame(await kept(), [{ ...told, reminder_day_before_at: '17:30' }])
  t.match(
    (await staff.get(`/app/hosts/${id}`)).body,
    'Короткие сообщения и письма · Напоминания: дней до встречи: 3, накануне в 17:30, в день встречи: нет',
  )
  await w.db.deleteFrom('gateways').execute()
  await staff.get(url)
  t.equal((await staff.send(url, { 'contact-days-1': '' })).statusCode, 303)
  t.strictSame(await kept(), [{ ...told, reminder_days: null, reminder_day_before_at: '17:30' }], 'the choice stays')
})

t.test('not there and not yours are one answer, also for merging', async t => {
  const id = await hostId('Школа № 901 (пример)')
  const theirs = visitor(w, await w.signIn(cast.coordinatorOfAnotherHouse))
  for (const url of [`/app/hosts/${id}`, '/app/hosts/00000000-0000-4000-8000-000000000000', '/app/hosts/x'])
    t.equal((await theirs.get(url)).statusCode, 404)
  for (const path of ['/edit', '/check', '/merge'])
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
  t.notMatch(viewer.page(), '/app/hosts/new')
  for (const url of [`/app/hosts/${id}`, `/app/hosts/${id}/edit`, '/app/hosts/new'])
    t.equal((await viewer.get(url)).statusCode, 404, 'contacts are not for viewers')
})
