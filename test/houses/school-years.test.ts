import t from 'tap'
import { quartersOf, readSchoolYear, schoolYearFields } from '../../src/houses/school-year-rules.ts'
import { cast } from '../cast.ts'
import { summary, visitor } from '../requests/visitor.ts'
import { ask, bookedTalk, names } from '../talks/situation.ts'
import { formOn, world } from '../world.ts'

const w = await world(t)
const { db } = w
const named = await names(w)
const administrator = visitor(w, await w.signIn(cast.administrator))
const coordinator = visitor(w, await w.signIn(cast.coordinator))
const breaks = (year: string) =>
  db
    .selectFrom('bans')
    .select(['part', 'from_on', 'to_on', 'grades', 'name_ru', 'house_id'])
    .where('school_year', '=', year)
    .where('part', 'is not', null)
    .orderBy('from_on')
    .execute()
const year = (id: string) => db.selectFrom('school_years').selectAll().where('id', '=', id).executeTakeFirst()
const dates = {
  from: '2027-09-01',
  to: '2028-05-25',
  'autumn-from': '2027-10-25',
  'autumn-to': '2027-10-31',
  'winter-from': '2027-12-27',
  'winter-to': '2028-01-09',
  'grade1-from': '2028-02-07',
  'grade1-to': '2028-02-13',
  'spring-from': '2028-03-20',
  'spring-to': '2028-03-29',
  source: 'order 1 of 5 July 2027',
}

t.test('an administrator adds a school year with its breaks, mends and removes it; others do not', async t => {
  for (const page of ['/app/calendar/years/new', '/app/calendar/years/2026-27'])
    t.equal((await coordinator.get(page)).statusCode, 404)
  await coordinator.get('/app/calendar?year=2026')
  t.notMatch(coordinator.page(), 'calendar/years/new')
  await administrator.get('/app/calendar/years/new?l=ru')
  const wrong = await administrator.send(/years\/new$/, {
    ...dates,
    'winter-to': '2027-12-20',
    'spring-from': '2027-10-30',
    'grade1-to': '2028-06-13',
  })
  t.equal(wrong.statusCode, 422)
  t.strictSame(summary(wrong.body), [
    'Зимние каникулы, Конец: конец раньше начала',
    'Дополнительные каникулы 1-х классов, Начало: не подходит к датам учебного года',
    'Весенние каникулы, Начало: пересекается с другими каникулами',
  ])
  t.match(formOn(wrong.body, '/app/calendar/years/new').fields, { 'autumn-from': '2027-10-25', source: dates.source })
  const done = await administrator.send(/years\/new$/, dates)
  t.same([done.statusCode, done.headers.location], [303, '/app/calendar?year=2027'])
  t.strictSame(await breaks('2027-28'), [
    {
      part: 'autumn',
      from_on: '2027-10-25',
      to_on: '2027-10-31',
      grades: [],
      name_ru: 'Осенние каникулы',
      house_id: null,
    },
    {
      part: 'winter',
      from_on: '2027-12-27',
      to_on: '2028-01-09',
      grades: [],
      name_ru: 'Зимние каникулы',
      house_id: null,
    },
    {
      part: 'grade1',
      from_on: '2028-02-07',
      to_on: '2028-02-13',
      grades: [1],
      name_ru: 'Дополнительные каникулы 1-х классов',
      house_id: null,
    },
    {
      part: 'spring',
      from_on: '2028-03-20',
      to_on: '2028-03-29',
      grades: [],
      name_ru: 'Весенние каникулы',
      house_id: null,
    },
  ])
  t.match(await year('2027-28'), { status: 'unconfirmed', confirmed_at: null, source: dates.source })
  await administrator.get('/app/calendar?year=2028&l=ru')
  t.match(administrator.page(), /Четверти: 1: 01\.09\.2027 – 24\.10\.2027; 2: 01\.11\.2027/)
  t.match(administrator.page(), dates.source)

  await administrator.get('/app/calendar/years/new')
  const again = await administrator.send(/years\/new$/, dates)
  t.equal(again.statusCode, 422, 'one year of these dates there is already')
  await administrator.get('/app/calendar/years/2027-28?l=ru')
  await administrator.send(/years\/2027-28$/, {
    confirmed: '1',
    'spring-from': '',
    'spring-to': '',
    'winter-to': '2028-01-08',
  })
  t.match(await year('2027-28'), { status: 'confirmed', confirmed_at: w.clock.now })
  t.strictSame(
    (await breaks('2027-28')).map(({ part, to_on }) => [part, to_on]),
    [
      ['autumn', '2027-10-31'],
      ['winter', '2028-01-08'],
      ['grade1', '2028-02-13'],
    ],
  )
  const confirmed = (await year('2027-28'))?.confirmed_at
  w.clock.now = w.clock.now.plus({ hours: 1 })
  await administrator.get('/app/calendar/years/2027-28?l=ru')
  await administrator.send(/years\/2027-28$/, { source: 'order 2' })
  t.same((await year('2027-28'))?.confirmed_at, confirmed, 'it stays confirmed since then')
  await administrator.get('/app/calendar/years/2027-28')
  t.equal((await administrator.send(/removal$/, {})).statusCode, 303)
  t.same([await year('2027-28'), await breaks('2027-28')], [undefined, []])
  t.same(
    (await db.selectFrom('changes').select('kind').where('kind', 'like', 'school-year-%').orderBy('id').execute()).map(
      ({ kind }) => kind,
    ),
    ['school-year-kept', 'school-year-kept', 'school-year-kept', 'school-year-removed'],
  )
})

t.test('the form of a year that was seeded shows its breaks and loses none of them', async t => {
  const before = await breaks('2026-27')
  await administrator.get('/app/calendar/years/2026-27?l=ru')
  t.equal((await administrator.send(/years\/2026-27$/, {})).statusCode, 303)
  t.strictSame(await breaks('2026-27'), before)
  t.equal(before.length, 5)
})

t.test('talks in a new break stay, and are counted and named; a country-wide ban is an administrator’s', async t => {
  const day = '2026-12-02'
  for (const [at, speaker] of ['zhunisov', 'suleimenova'].entries()) {
    const number = await ask(w, named, {
      host: ['school-907', 'school-912'][at] ?? '',
      windows: [{ from: day, to: day }],
    })
    await bookedTalk(w, named, number, `${day}T09:20`, [speaker])
  }
  await administrator.get('/app/calendar/years/2026-27?l=ru')
  await administrator.send(/years\/2026-27$/, { 'autumn-from': day, 'autumn-to': '2026-12-03' })
  await coordinator.get('/app/calendar?year=2026&l=ru')
  const [, list = ''] = /href="(\/app\/calendar\/bans\/[^"]+\/talks)">Встреч: 2</.exec(coordinator.page()) ?? []
  t.match(coordinator.page(), 'На эти дни назначены встречи')
  await coordinator.get(`${list}?l=ru`)
  t.equal([...coordinator.page().matchAll(/href="\/app\/talks\//g)].length, 2)
  t.same(
    (await db.selectFrom('talks').select('state').where('held_on', '=', day).execute()).map(({ state }) => state),
    ['booked', 'booked'],
  )
  const theirs = visitor(w, await w.signIn(cast.coordinatorOfAnotherHouse))
  await theirs.get(`${list}?l=ru`)
  t.notMatch(theirs.page(), '/app/talks/', 'another House sees its own talks only')

  const fields = {
    name_kk: 'ҰБТ',
    name_ru: 'ЕНТ',
    name_en: 'UNT',
    from: '2027-06-20',
    to: '2027-06-25',
    kind: 'exam',
    reach: 'country',
  }
  for (const [who, house_id, school_year] of [
    [coordinator, named.house, null],
    [administrator, null, '2026-27'],
  ] as const) {
    await who.get('/app/calendar/bans/new')
    t.equal((await who.send(/bans\/new$/, fields)).statusCode, 303)
    const row = await db
      .selectFrom('bans')
      .select(['house_id', 'school_year', 'kind', 'id'])
      .where('name_en', '=', 'UNT')
      .executeTakeFirstOrThrow()
    t.match(row, { house_id, school_year, kind: 'exam' })
    await db.deleteFrom('bans').where('id', '=', row.id).execute()
  }
})

t.test('quarters lie between the breaks', t => {
  const breaks = [
    { part: 'spring', from: '2027-03-18', to: '2027-03-28' },
    { part: 'autumn', from: '2026-10-26', to: '2026-11-01' },
    { part: 'grade1', from: '2027-02-08', to: '2027-02-14' },
    { part: 'winter', from: '2026-12-28', to: '2027-01-06' },
  ]
  const lessons = { from: '2026-09-01', to: '2027-05-25' }
  t.strictSame(
    quartersOf(lessons, breaks).map(({ from, to }) => `${from} ${to}`),
    ['2026-09-01 2026-10-25', '2026-11-02 2026-12-27', '2027-01-07 2027-03-17', '2027-03-29 2027-05-25'],
  )
  t.strictSame(quartersOf(lessons, breaks.slice(0, 3)), [])
  const texts = Object.fromEntries(schoolYearFields.map(field => [field, '']))
  const read = (more: object) => readSchoolYear({ texts: { ...texts, ...more }, lists: {}, repeated: [] }).problems
  t.strictSame(read({ from: '2026-09-01', to: '2027-09-02' }), [{ field: 'to', code: 'far-year' }])
  t.strictSame(read({ ...lessons, 'summer-from': '2027-05-20', 'summer-to': '2027-08-31' }), [
    { field: 'summer-from', code: 'outside-year' },
  ])
  t.end()
})
