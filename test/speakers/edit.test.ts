import t from 'tap'
import { cast } from '../cast.ts'
import { summary, visitor } from '../requests/visitor.ts'
import { ask, bookedTalk, names } from '../talks/situation.ts'
import { submit, world } from '../world.ts'

const w = await world(t)
const named = await names(w)
const staff = visitor(w, await w.signIn(cast.coordinator))
const theirs = visitor(w, await w.signIn(cast.coordinatorOfAnotherHouse))

const filled = {
  name_kk: 'Сейітова Әсем',
  name_ru: 'Сейитова Асем',
  name_en: 'Asem Seyitova',
  address_ru: 'Асем',
  email: 'Asem@Example.kz',
  phone: '8 701 123 45 67',
  language: 'ru',
  professions: ['lawyer', 'mediator'],
  languages: ['kk', 'ru'],
  audiences: ['pupils'],
  district: '751510000',
  point: '43.2389, 76.8897',
  transport: 'car',
  day: '1',
  week: '3',
  month: '8',
  hours: '36,5',
  'given-1': '9:00-13:00; 15:00–18:00',
  'busy-2': '08:00–12:00',
  'credential-kind-1': 'no-record',
  'credential-from-1': '2026-01-10',
  'credential-until-1': '2027-01-10',
  consentOn: '2026-11-20',
  consentVersion: '2',
  pausedFrom: '2026-12-28',
  pausedTo: '2027-01-08',
}

t.test('a speaker is added with everything the engine asks, and may sign in by the same address', async t => {
  const district = await w.db
    .selectFrom('districts')
    .innerJoin('houses', 'houses.region', 'districts.region')
    .select('kato')
    .where('houses.id', '=', named.house)
    .orderBy('kato')
    .executeTakeFirstOrThrow()
  const mine = { ...filled, district: district.kato }
  await staff.get('/app/speakers?l=ru')
  t.match(staff.page(), 'href="/app/speakers/new"')
  await staff.get('/app/speakers/new?l=ru')
  const wrong = await staff.send(/speakers\/new/, {
    ...mine,
    name_kk: ' ',
    name_en: 'x'.repeat(151),
    email: 'nobody',
    phone: '12',
    point: '43, 76',
    professions: ['astronaut'],
    languages: [],
    topics: ['00000000-0000-4000-8000-000000000000'],
    day: '9',
    'given-1': 'утром',
    'credential-until-1': '2025-01-01',
    consentVersion: '',
    pausedTo: '2026-12-01',
    leftOn: '2026-02-30',
  })
  t.equal(wrong.statusCode, 422)
  t.same([...wrong.body.matchAll(/<li><a href="#([\w-]+)">/g)].map(([, field]) => field).sort(), [
    'consentVersion',
    'credential-until-1',
    'day',
    'email',
    'given-1',
    'languages',
    'leftOn',
    'name_en',
    'name_kk',
    'pausedTo',
    'phone',
    'point',
    'professions',
    'topics',
  ])
  t.match(summary(wrong.body).join('\n'), 'напишите по образцу: 09:00–13:00, 15:00–18:00')
  t.match(wrong.body, 'value="утром"')
  const before = await w.db.selectFrom('speakers').select('id').execute()
  await staff.get('/app/speakers/new?l=ru')
  const form = staff.page()
  const key = /name="_key" value="([^"]*)"/.exec(form)?.[1] ?? ''
  const [first, second] = [
    await staff.send('/app/speakers/new', { ...mine, _key: key }),
    await staff.send('/app/speakers/new', { ...mine, _key: key }),
  ]
  t.same([first.statusCode, second.headers.location], [303, first.headers.location])
  t.equal(
    (await w.db.selectFrom('speakers').select('id').execute()).length,
    before.length + 1,
    'sent twice, added once',
  )
  const row = await w.db
    .selectFrom('speakers')
    .innerJoin('accounts', 'accounts.id', 'account_id')
    .innerJoin('roles', 'roles.account_id', 'accounts.id')
    .select([
      'speakers.id',
      'speakers.address_kk',
      'speakers.address_ru',
      'accounts.email',
      'role',
      'lat',
      'limit_month',
    ])
    .select(['hours_offered_a_quarter as hours', 'paused_to', 'consent_version', 'roles.house_id'])
    .where('speakers.email', '=', 'asem@example.kz')
    .executeTakeFirstOrThrow()
  t.match(row, {
    address_kk: 'Сейітова Әсем',
    address_ru: 'Асем',
    email: 'asem@example.kz',
    role: 'speaker',
    lat: 43.2389,
    limit_month: 8,
    hours: '36.5',
    paused_to: '2027-01-08',
    consent_version: '2',
    house_id: named.house,
  })
  t.same(
    await w.db
      .selectFrom('weekly_hours')
      .select(['weekday', 'given', 'from_time as from', 'to_time as to'])
      .where('speaker_id', '=', row.id)
      .orderBy('weekday')
      .orderBy('from_time')
      .execute(),
    [
      { weekday: 1, given: true, from: '09:00', to: '13:00' },
      { weekday: 1, given: true, from: '15:00', to: '18:00' },
      { weekday: 2, given: false, from: '08:00', to: '12:00' },
    ],
  )
  t.equal((await visitor(w, await w.signIn('asem@example.kz')).get('/me')).statusCode, 200)
  t.equal((await staff.follow(first)).statusCode, 200)
  t.match(staff.page(), 'Справка о несудимости, последний день: 10.01.2027')

  await staff.get('/app/speakers/new?l=ru')
  const twin = await staff.send('/app/speakers/new', mine)
  t.same(summary(twin.body), ['Электронная почта: такая запись уже есть'])

  const url = `/app/speakers/${row.id}/edit`
  await staff.get(`${url}?l=ru`)
  const kept = await staff.send(url, {
    email: 'other@example.kz',
    'credential-kind-1': '',
    'credential-from-1': '',
    'credential-until-1': '',
    'given-1': '',
  })
  t.equal(kept.statusCode, 303)
  t.same(await w.db.selectFrom('credentials').select('kind').where('speaker_id', '=', row.id).execute(), [])
  t.ok(
    await w.db.selectFrom('accounts').select('id').where('email', '=', 'other@example.kz').executeTakeFirst(),
    'the account went along',
  )
  await staff.get(`${url}?l=ru`)
  t.same(summary((await staff.send(url, { email: cast.viewer })).body), ['Электронная почта: такая запись уже есть'])
  t.same(
    (await w.db.selectFrom('changes').select('kind').where('speaker_id', '=', row.id).orderBy('id').execute()).map(
      ({ kind }) => kind,
    ),
    ['speaker-added', 'speaker-kept'],
  )
})

t.test('booked talks that would no longer fit are named first, and stay when the coordinator saves anyway', async t => {
  const id = named.speaker('zhunisov')
  const talkId = await bookedTalk(w, named, await ask(w, named), '2026-11-26T10:20', ['zhunisov'])
  const url = `/app/speakers/${id}/edit`
  await staff.get(`${url}?l=ru`)
  t.equal((await staff.send(url, { phone: '87010000099' })).statusCode, 303, 'what changes nothing of it passes')
  await staff.get(`${url}?l=ru`)
  const held = await staff.send(url, { pausedFrom: '2026-11-24', pausedTo: '' })
  t.equal(held.statusCode, 409)
  t.match(held.body, `href="/app/talks/${talkId}"`)
  t.match(held.body, 'временно не участвует')
  t.match(held.body, 'value="2026-11-24"')
  const paused = () =>
    w.db.selectFrom('speakers').select(['paused_from', 'left_on']).where('id', '=', id).executeTakeFirst()
  t.same(await paused(), { paused_from: null, left_on: null })
  t.equal((await staff.send(url, { anyway: '1' })).statusCode, 303)
  t.same(await paused(), { paused_from: '2026-11-24', left_on: null })
  t.match((await staff.get(`/app/speakers/${id}?l=ru`)).body, 'Назначенные встречи больше не подходят')
  await staff.get(`${url}?l=ru`)
  t.equal((await staff.send(url, { pausedFrom: '', pausedTo: '', leftOn: '2026-11-25' })).statusCode, 409)
  t.match(staff.page(), 'больше не выступает')
  t.equal((await w.db.selectFrom('talks').select('state').where('id', '=', talkId).executeTakeFirst())?.state, 'booked')
})

t.test('an account of another House stays as it is, and so does one with more to do', async t => {
  await staff.get('/app/speakers/new')
  const district = (await w.db.selectFrom('speakers').select('home_district').executeTakeFirstOrThrow()).home_district
  for (const [email, name] of [
    [cast.coordinatorOfAnotherHouse, 'Дина'],
    [cast.viewer, 'Ли'],
  ] as const) {
    await staff.get('/app/speakers/new')
    t.equal((await staff.send('/app/speakers/new', { ...filled, district, email, name_ru: name })).statusCode, 303)
  }
  t.same(
    await w.db
      .selectFrom('speakers')
      .leftJoin('roles', 'roles.account_id', 'speakers.account_id')
      .select(['speakers.email', 'role'])
      .where('email', 'in', [cast.coordinatorOfAnotherHouse, cast.viewer])
      .orderBy('email')
      .execute(),
    [
      { email: cast.viewer, role: 'viewer' },
      { email: cast.coordinatorOfAnotherHouse, role: null },
    ],
  )
})

t.test('not there, not yours and not a coordinator’s are one answer, whatever is sent', async t => {
  const id = named.speaker('qasymov')
  for (const bad of [id, 'x', '%00', '00000000-0000-4000-8000-000000000000'])
    for (const tail of ['', '/edit']) t.equal((await theirs.get(`/app/speakers/${bad}${tail}`)).statusCode, 404)
  const other = await w.signIn(cast.coordinatorOfAnotherHouse)
  t.equal((await submit(w.app, `/app/speakers/${id}/edit`, { name_kk: 'x' }, other)).statusCode, 404)
  const viewer = visitor(w, await w.signIn(cast.viewer))
  for (const url of ['/app/speakers', '/app/speakers/new', `/app/speakers/${id}`, `/app/speakers/${id}/edit`])
    t.equal((await viewer.get(url)).statusCode, 404, url)
  const cookie = await w.signIn(cast.coordinator)
  const odd = await submit(
    w.app,
    `/app/speakers/${id}/edit`,
    { name_kk: ['a', 'b'], name_ru: '\0', phone: 'y'.repeat(9000) },
    cookie,
  )
  t.equal(odd.statusCode, 422)
  t.equal(
    (await submit(w.app, '/app/speakers/new', { _key: 'k', groups: [id], topics: ['\0'] }, cookie)).statusCode,
    422,
  )
})
