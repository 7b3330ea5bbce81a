import t from 'tap'
import { cast } from '../cast.ts'
import { ask, bookedTalk, names } from '../talks/situation.ts'
import { formOn, submit, world } from '../world.ts'

const w = await world(t)
const cookie = await w.signIn(cast.coordinator)
const get = (url: string, by = cookie) => w.app.inject({ url, headers: { cookie: by } })
const linksTo = (html: string) => [...html.matchAll(/href="(\/app\/talks\/[^"]+)"/g)].map(([, href]) => href)

t.test('a closure shows the talks it touches before and after, stops the hours and is lifted again', async t => {
  const named = await names(w)
  const number = await ask(w, named)
  const talk = await bookedTalk(w, named, number, '2026-11-25T10:20', ['zhunisov'])
  const { district, kind } = await w.db
    .selectFrom('hosts')
    .select(['district', 'kind'])
    .where('id', '=', named.host('school-907'))
    .executeTakeFirstOrThrow()
  const elsewhere = await w.db
    .selectFrom('districts')
    .select('kato')
    .where('region', '=', '750000000')
    .where('kato', '<>', district)
    .limit(1)
    .executeTakeFirstOrThrow()

  const fresh = formOn((await get('/app/closures/new')).body, '/app/closures/new')
  t.match(fresh.fields, { from: '2026-11-23', to: '2026-11-23', cause: 'frost', outcome: 'online', kinds: 'school' })
  const asked = (districts: string, more: Record<string, string> = {}) => {
    const query = {
      from: '2026-11-25',
      to: '2026-11-25',
      cause: 'frost',
      outcome: 'postponed',
      kinds: kind,
      name_ru: 'Мороз',
      districts,
      ...more,
    }
    return `/app/closures/new?${new URLSearchParams(query)}`
  }
  const nothing = (await get(`${asked(elsewhere.kato)}&l=en`)).body
  t.same(linksTo(nothing), [])
  t.match(nothing, 'No talk is touched')
  t.notMatch(nothing, 'Letters leave at once')
  const check = await get(asked(district))
  t.equal(check.statusCode, 200)
  t.same(linksTo(check.body), [`/app/talks/${talk}`])
  t.equal(formOn(check.body, '/app/closures').fields[`fate_${talk}`], 'postponed')
  t.same(await w.db.selectFrom('closures').select('id').execute(), [], 'to look writes nothing')
  const back = await get(asked(district, { edit: '1' }))
  t.match(formOn(back.body, '/app/closures/new').fields, {
    name_ru: 'Мороз',
    districts: district,
    outcome: 'postponed',
  })

  const form = formOn(check.body, '/app/closures')
  const done = await submit(w.app, form.action, form.fields, cookie)
  t.equal(done.statusCode, 303)
  const path = String(done.headers.location)
  t.equal((await submit(w.app, form.action, form.fields, cookie)).headers.location, path, 'sent twice, entered once')
  t.same(linksTo((await get(path)).body), [`/app/talks/${talk}`])
  t.match((await get('/app/closures?l=en')).body, 'Touches 1 talk')
  t.same(
    await w.db.selectFrom('closures').select(['districts', 'host_kinds', 'outcome', 'name_ru', 'lifted_at']).execute(),
    [{ districts: [district], host_kinds: ['school'], outcome: 'postponed', name_ru: 'Мороз', lifted_at: null }],
  )

  const other = await w.signIn(cast.coordinatorOfAnotherHouse)
  t.equal((await get(path, other)).statusCode, 404)
  t.equal((await submit(w.app, `${path}/lifting`, {}, other)).statusCode, 404)
  t.notMatch((await get('/app/closures', other)).body, 'Мороз')
  t.match((await get(path)).body, `href="${path}/lifting"`)
  const lifting = formOn((await get(`${path}/lifting`)).body, `${path}/lifting`)
  for (const _ of [1, 2]) t.equal((await submit(w.app, lifting.action, lifting.fields, cookie)).statusCode, 303)
  t.not((await w.db.selectFrom('closures').select('lifted_at').executeTakeFirstOrThrow()).lifted_at, null)
  t.equal((await get(`${path}/lifting`)).headers.location, path, 'what is lifted is not lifted again')
  t.same(await w.db.selectFrom('changes').select('kind').where('kind', 'like', 'clos%').orderBy('id').execute(), [
    { kind: 'closed' },
    { kind: 'closure-lifted' },
  ])
})

t.test('what is wrong with a closure is said beside its field, and everything typed is kept', async t => {
  const typed = {
    from: '2026-11-31',
    to: '2026-11-25',
    cause: 'frost',
    outcome: 'sleep',
    shifts: 'II',
    grades: ['5', '6'],
    name_en: '<b>Frost',
  }
  const looked = await get(
    `/app/closures/new?${new URLSearchParams([...(Object.entries(typed).filter(([name]) => name !== 'grades') as [string, string][]), ['grades', '5'], ['grades', '6']])}`,
  )
  const posted = await submit(w.app, '/app/closures', { ...typed, _key: 'a' }, cookie)
  for (const page of [looked, posted]) {
    t.equal(page.statusCode, 422)
    t.same(
      [...page.body.matchAll(/<li><a href="#(\w+)">/g)].map(([, field]) => field),
      ['districts', 'from', 'outcome'],
    )
    t.match(formOn(page.body, '/app/closures/new').fields, {
      from: '2026-11-31',
      to: '2026-11-25',
      shifts: 'II',
      grades: ['5', '6'],
      name_en: '<b>Frost',
    })
  }
  for (const id of ['x', '00000000-0000-0000-0000-000000000000', '%00'])
    t.equal((await get(`/app/closures/${id}`)).statusCode, 404, id)
  for (const query of ['from=2026-11-25&from=2026-11-26', 'from=%00', `from=2026-11-25&districts=${'9'.repeat(300)}`])
    t.equal((await get(`/app/closures/new?${query}`)).statusCode, 422, query)
})
