import t from 'tap'
import { findRoster } from '../../src/matching/roster-store.ts'
import { refusalSaid, type Say } from '../../src/matching/words.ts'
import { cast } from '../cast.ts'
import { formOn, submit, world } from '../world.ts'

const w = await world(t)
const get = (url: string, cookie: string) => w.app.inject({ url, headers: { cookie } })
const changes = (kinds: string) =>
  w.db.selectFrom('changes').select(['kind', 'detail']).where('kind', 'like', kinds).orderBy('id').execute()
const named = { name_kk: 'Аязды күн', name_ru: 'Морозный день', name_en: 'Frost day' }

t.test('a coordinator sees the year with days off that moved in both week types', async t => {
  const cookie = await w.signIn(cast.coordinator)
  const page = await get('/app/calendar?year=2026&l=en', cookie)
  t.equal(page.statusCode, 200)
  t.match(
    page.body,
    /Saturday 21 March[\s\S]*?Tue, 24 March[\s\S]*?Sunday 22 March[\s\S]*?Wed, 25 March[\s\S]*?Tue, 24 March/,
  )
  t.notMatch(page.body, 'calendar/holidays', 'holidays are not a coordinator’s to change')
  for (const year of ['', '?year=abc', '?year=2026&year=2027', '?year=99999', '?year=2099'])
    t.equal((await get(`/app/calendar${year}`, cookie)).statusCode, 200, year)
})

t.test('a guessed school year carries a banner until it is confirmed, once', async t => {
  const cookie = await w.signIn(cast.coordinator)
  const page = await get('/app/calendar?year=2027', cookie)
  const form = formOn(page.body, '/app/calendar/years/2026-27/confirmation?year=2027')
  for (const _ of [1, 2]) {
    const done = await submit(w.app, form.action, form.fields, cookie)
    t.same([done.statusCode, done.headers.location], [303, '/app/calendar?year=2027'])
  }
  t.notMatch((await get('/app/calendar?year=2027', cookie)).body, 'confirmation')
  t.same(await changes('school-year-%'), [{ kind: 'school-year-confirmed', detail: { year: '2026-27' } }])
  for (const id of ['2099-00', 'x', '%00'])
    t.equal((await submit(w.app, `/app/calendar/years/${id}/confirmation`, { _key: id }, cookie)).statusCode, 404, id)
})

t.test('a coordinator adds a ban of the House, mends it and removes it', async t => {
  const cookie = await w.signIn(cast.coordinator)
  const { fields, action } = formOn((await get('/app/calendar/bans/new', cookie)).body, '/app/calendar/bans/new')
  const wrong = await submit(
    w.app,
    action,
    { ...fields, ...named, name_kk: '', from: '2026-12-09', to: '2026-12-08', grades: ['9', '11'] },
    cookie,
  )
  t.equal(wrong.statusCode, 422)
  const again = formOn(wrong.body, action)
  t.match(
    again.fields,
    { name_ru: 'Морозный день', from: '2026-12-09', to: '2026-12-08', grades: ['9', '11'], kinds: 'school' },
    'everything typed is kept',
  )
  const done = await submit(w.app, action, { ...again.fields, ...named, to: '2026-12-10' }, cookie)
  t.same([done.statusCode, done.headers.location], [303, '/app/calendar?year=2026'])
  const rows = () =>
    w.db
      .selectFrom('bans')
      .select(['id', 'kind', 'strength', 'from_on', 'to_on', 'host_kinds', 'grades', 'name_ru'])
      .where('house_id', 'is not', null)
      .execute()
  const [ban] = await rows()
  t.match(await rows(), [
    {
      kind: 'other',
      strength: 'ban',
      from_on: '2026-12-09',
      to_on: '2026-12-10',
      host_kinds: ['school'],
      grades: [9, 11],
      name_ru: 'Морозный день',
    },
  ])
  const path = `/app/calendar/bans/${ban?.id}`
  const edit = formOn((await get(path, cookie)).body, path)
  t.equal((await submit(w.app, path, { ...edit.fields, strength: 'warn' }, cookie)).statusCode, 303)
  t.equal((await rows())[0]?.strength, 'warn')
  const other = await w.signIn(cast.coordinatorOfAnotherHouse)
  t.equal((await get(path, other)).statusCode, 404)
  t.equal((await submit(w.app, path, named, other)).statusCode, 404)
  t.equal((await submit(w.app, `${path}/removal`, {}, other)).statusCode, 404)
  const removal = formOn((await get(path, cookie)).body, `${path}/removal`)
  for (const _ of [1, 2]) t.equal((await submit(w.app, removal.action, removal.fields, cookie)).statusCode, 303)
  t.same(await rows(), [])
})

t.test('rows of the whole country are an administrator’s to change', async t => {
  const [coordinator, administrator] = [await w.signIn(cast.coordinator), await w.signIn(cast.administrator)]
  const { id } = await w.db
    .selectFrom('bans')
    .select('id')
    .where('house_id', 'is', null)
    .limit(1)
    .executeTakeFirstOrThrow()
  const path = `/app/calendar/bans/${id}`
  t.equal((await get(path, coordinator)).statusCode, 404)
  t.equal((await submit(w.app, `${path}/removal`, {}, coordinator)).statusCode, 404)
  for (const url of [
    '/app/calendar/holidays/new',
    '/app/calendar/swaps/new',
    '/app/calendar/holidays/2026-03-21/nauryz',
  ])
    t.equal((await get(url, coordinator)).statusCode, 404, url)
  const edit = formOn((await get(path, administrator)).body, path)
  t.equal((await submit(w.app, path, { ...edit.fields, name_en: 'Autumn' }, administrator)).statusCode, 303)
  t.same(await w.db.selectFrom('bans').select(['name_en', 'house_id']).where('id', '=', id).execute(), [
    { name_en: 'Autumn', house_id: null },
  ])
  for (const bad of ['x', '00000000-0000-0000-0000-000000000000', '%00'])
    t.equal((await get(`/app/calendar/bans/${bad}`, administrator)).statusCode, 404, bad)
})

t.test('an administrator adds, moves and removes a holiday; the same day twice is refused in words', async t => {
  const cookie = await w.signIn(cast.administrator)
  const add = formOn((await get('/app/calendar/holidays/new', cookie)).body, '/app/calendar/holidays/new')
  const fields = { ...add.fields, ...named, on: '2028-01-15' }
  t.equal((await submit(w.app, add.action, fields, cookie)).statusCode, 303)
  t.equal((await submit(w.app, add.action, fields, cookie)).statusCode, 303, 'sent twice, done once')
  const taken = await submit(w.app, add.action, { ...fields, _key: 'another' }, cookie)
  t.equal(taken.statusCode, 422)
  t.match(taken.body, /<a href="#on">/)
  const path = '/app/calendar/holidays/2028-01-15/frost-day'
  t.match((await get('/app/calendar?year=2028&l=ru', cookie)).body, 'пн, 17 января', 'a Saturday moves to Monday')
  const edit = formOn((await get(path, cookie)).body, path)
  for (const _ of [1, 2])
    t.equal((await submit(w.app, path, { ...edit.fields, on: '2028-01-18' }, cookie)).statusCode, 303)
  const moved = '/app/calendar/holidays/2028-01-18/frost-day'
  const removal = formOn((await get(moved, cookie)).body, `${moved}/removal`)
  for (const _ of [1, 2]) t.equal((await submit(w.app, removal.action, removal.fields, cookie)).statusCode, 303)
  t.equal((await get(moved, cookie)).statusCode, 404)
  t.same(
    (await changes('holiday-%')).map(({ kind }) => kind),
    ['holiday-kept', 'holiday-kept', 'holiday-removed'],
  )
})

t.test('a swap makes a working Saturday, and each day is swapped once', async t => {
  const cookie = await w.signIn(cast.administrator)
  const add = formOn((await get('/app/calendar/swaps/new', cookie)).body, '/app/calendar/swaps/new')
  const fields = { ...add.fields, ...named, off: '2028-05-08', work: '2028-05-13' }
  t.equal((await submit(w.app, add.action, { ...fields, work: '2028-02-30' }, cookie)).statusCode, 422)
  t.equal((await submit(w.app, add.action, fields, cookie)).statusCode, 303)
  const taken = await submit(w.app, add.action, { ...fields, _key: 'another', off: '2028-05-10' }, cookie)
  t.equal(taken.statusCode, 422)
  t.match(taken.body, /<a href="#work">/)
  const path = '/app/calendar/swaps/2028-05-08'
  const edit = formOn((await get(path, cookie)).body, path)
  t.equal((await submit(w.app, path, { ...edit.fields, source: 'бұйрық' }, cookie)).statusCode, 303)
  t.match((await get('/app/calendar?year=2028&l=en', cookie)).body, 'Saturday 13 May')
  const removal = formOn((await get(path, cookie)).body, `${path}/removal`)
  t.equal((await submit(w.app, removal.action, removal.fields, cookie)).statusCode, 303)
  for (const off of ['2028-05-08', 'x'])
    t.equal((await submit(w.app, `/app/calendar/swaps/${off}`, edit.fields, cookie)).statusCode, 404)
})

t.test('the list of settings names what is kept; accounts and houses only to an administrator', async t => {
  const kept = async (email: string) => {
    const { body } = await get('/app/settings', await w.signIn(email))
    return [...body.slice(body.indexOf('class="kept"')).matchAll(/<li><a href="([^"]+)">/g)].map(([, href]) => href)
  }
  const all = ['topics', 'groups', 'travel', 'calendar', 'closures', 'calendars', 'messages', 'support', 'imports'].map(
    name => `/app/${name}`,
  )
  const everybodys = [...all, '/app/planner', '/app/words', '/admin/audit', '/admin/privacy', '/account']
  t.same(await kept(cast.coordinator), everybodys)
  t.same(await kept(cast.administrator), [
    ...everybodys,
    '/admin/accounts',
    '/admin/houses',
    '/app/settings/gateway',
    '/admin',
  ])
  t.equal((await get('/app/settings', await w.signIn(cast.psychologist))).statusCode, 404)
})

t.test('a break of a school year that nobody confirmed is said to be a guess until it is confirmed', async t => {
  const { id } = await w.db.selectFrom('houses').select('id').where('slug', '=', 'almaty').executeTakeFirstOrThrow()
  const guesses = async () =>
    ((await findRoster(w.db, id, w.clock.now))?.bans ?? []).filter(ban => ban.guess).length > 0
  const state = (confirmed_at: typeof w.clock.now | null, status: string) =>
    w.db.updateTable('school_years').set({ confirmed_at, status }).execute()
  await state(null, 'guess')
  t.ok(await guesses())
  await state(w.clock.now, 'guess')
  t.notOk(await guesses(), 'kept rosters are read anew')
  const say = { language: 'en', day: (day: string) => day } as unknown as Say
  const names = { kk: 'Қысқы каникул', ru: 'Зимние каникулы', en: 'Winter break' }
  const ban = { code: 'ban', kind: 'break', names, from: '2026-12-31', to: '2027-01-10' } as const
  t.match(refusalSaid('en', { ...ban, guess: true }, say), '(dates not confirmed)')
  t.notMatch(refusalSaid('en', ban, say), 'confirmed')
})
