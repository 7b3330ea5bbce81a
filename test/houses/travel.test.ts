import t from 'tap'
import { readTravel, travelFields, wayField, waySaid } from '../../src/houses/travel-rules.ts'
import type { Travel } from '../../src/matching/travel-rules.ts'
import { cast } from '../cast.ts'
import { formOn, submit, world } from '../world.ts'

const speeds = {
  'kmh-walk': '4,5',
  'fixed-walk': '2',
  'detour-walk': '1.3',
  'kmh-transit': '14',
  'fixed-transit': '12',
  'detour-transit': '1.35',
  'kmh-car': '24',
  'fixed-car': '8',
  'detour-car': '1.35',
}

t.test('an empty cell keeps nothing, the way back only where it has its own', async t => {
  const districts = ['a', 'b']
  const read = (texts: Record<string, string>) => {
    const all = Object.fromEntries(travelFields(districts).map(field => [field, '']))
    return readTravel({ texts: { ...all, transport: 'car', ...speeds, ...texts }, lists: {}, repeated: [] }, districts)
  }
  t.same(read({ [wayField('a', 'b')]: '30' }), {
    value: {
      transport: 'car',
      journeys: [{ from: 'a', to: 'b', minutes: 30 }],
      speeds: {
        walk: { kmh: 4.5, fixedMinutes: 2, detour: 1.3 },
        transit: { kmh: 14, fixedMinutes: 12, detour: 1.35 },
        car: { kmh: 24, fixedMinutes: 8, detour: 1.35 },
      },
    },
    problems: [],
  })
  t.same(
    read({
      [wayField('a', 'b')]: '-1',
      [wayField('b', 'a')]: '601',
      transport: 'horse',
      'kmh-walk': '0',
      'fixed-car': '',
      'detour-car': '0.9',
    }).problems,
    [
      { field: 'transport', code: 'unknown' },
      { field: 'way-a-b', code: 'no-number', least: 0, most: 600 },
      { field: 'way-b-a', code: 'no-number', least: 0, most: 600 },
      { field: 'kmh-walk', code: 'no-number', least: 1, most: 120 },
      { field: 'fixed-car', code: 'empty' },
      { field: 'detour-car', code: 'no-number', least: 1, most: 5 },
    ],
  )
})

t.test('beside a cell stands what the distance gives, or the minutes of the way back', async t => {
  const speed = { kmh: 60, fixedMinutes: 0, detour: 1 }
  const travel: Travel = {
    table: [
      { from: 'a', to: 'b', transport: 'car', minutes: 30 },
      { from: 'a', to: 'a', transport: 'car', minutes: 9 },
    ],
    speeds: { walk: speed, transit: speed, car: speed },
    centres: [
      { district: 'a', point: { lat: 43.2, lon: 76.9 } },
      { district: 'b', point: { lat: 43.3, lon: 76.9 } },
    ],
  }
  t.same(
    [
      waySaid(travel, 'a', 'b', 'car'),
      waySaid(travel, 'b', 'a', 'car'),
      waySaid(travel, 'b', 'a', 'walk'),
      waySaid(travel, 'a', 'a', 'car'),
    ],
    [
      { byDistance: 12, back: undefined },
      { byDistance: 12, back: 30 },
      { byDistance: 12, back: undefined },
      { byDistance: 2, back: undefined },
    ],
  )
})

t.test('the whole table is one form: kept, shown again, mended, and of this House alone', async t => {
  const { app, db, signIn } = await world(t)
  const cookie = await signIn(cast.coordinator)
  const page = async (query = '') => (await app.inject({ url: `/app/travel${query}`, headers: { cookie } })).body
  const rows = () =>
    db
      .selectFrom('travel_times')
      .select(['from_district', 'to_district', 'transport', 'minutes'])
      .orderBy('transport')
      .orderBy('from_district')
      .execute()
  const districts = await db
    .selectFrom('districts')
    .select('kato')
    .where('region', '=', '750000000')
    .orderBy('kato')
    .execute()
  const [a = '', b = ''] = districts.map(({ kato }) => kato)
  const { fields, action } = formOn(await page(), '/app/travel')
  t.same(Object.keys(fields).filter(name => name.startsWith('way-')).length, districts.length ** 2)

  const wrong = await submit(app, action, { ...fields, [wayField(a, b)]: '20 min', 'kmh-car': '30' }, cookie)
  t.equal(wrong.statusCode, 422)
  t.match(wrong.body, `<a href="#${wayField(a, b)}">`)
  t.match(formOn(wrong.body, action).fields, { [wayField(a, b)]: '20 min', 'kmh-car': '30' })
  t.same(await rows(), [])

  const done = await submit(app, action, { ...fields, [wayField(a, b)]: '35', 'kmh-car': '30' }, cookie)
  t.same([done.statusCode, done.headers.location], [303, '/app/travel?transport=transit'])
  t.same(await rows(), [{ from_district: a, to_district: b, transport: 'transit', minutes: 35 }])
  t.match(await page('?transport=transit&l=en'), new RegExp(`id="${wayField(b, a)}-h">back: 35<`))
  t.same(
    await db
      .selectFrom('travel_speeds')
      .innerJoin('houses', 'houses.id', 'house_id')
      .select(['slug', 'kmh'])
      .where('transport', '=', 'car')
      .orderBy('slug')
      .execute(),
    [
      { slug: 'almaty', kmh: 30 },
      { slug: 'shymkent', kmh: 24 },
    ],
  )
  const car = formOn(await page('?transport=car'), action)
  t.equal((await submit(app, action, { ...car.fields, [wayField(a, b)]: '20' }, cookie)).statusCode, 303)
  t.equal((await rows()).length, 2, 'another transport has a table of its own')
  const cleared = formOn(await page('?transport=transit'), action)
  t.equal(cleared.fields[wayField(a, b)], '35')
  t.equal((await submit(app, action, { ...cleared.fields, [wayField(a, b)]: '' }, cookie)).statusCode, 303)
  t.same(await rows(), [{ from_district: a, to_district: b, transport: 'car', minutes: 20 }])
  for (const query of ['?transport=horse', '?transport=car&transport=walk'])
    t.match(await page(query), 'name="transport" value="transit"')
})
