import t from 'tap'
import { cast } from '../cast.ts'
import { formOn, submit, world } from '../world.ts'
import { ask, bookedTalk, names } from './situation.ts'

const here = await world(t)
const named = await names(here)
const { app, db, clock } = here
const cookie = await here.signIn(cast.coordinator)
const stranger = await here.signIn(cast.coordinatorOfAnotherHouse)
const get = (url: string, as = cookie) => app.inject({ url, headers: { cookie: as } })

t.test('an empty inbox says so and leads on', async t => {
  const page = await get('/app')
  t.equal(page.statusCode, 200)
  t.ok(page.body.includes('Всё рассмотрено'), 'Всё рассмотрено')
  t.ok(page.body.includes('/app/requests/new'), '/app/requests/new')
})

t.test('the best offer of the inbox is booked by its button, and the talk says who comes', async t => {
  const number = await ask(here, named)
  const inbox = await get('/app')
  t.ok(inbox.body.includes('№ 907'), '№ 907')
  const form = formOn(inbox.body, `/app/requests/${number}/booking`)
  t.same(Object.keys(form.fields).sort(), ['_csrf', '_key', 'minutes', 'note', 'speakers', 'startsAt'])
  const done = await submit(app, form.action, form.fields, cookie)
  t.equal(done.statusCode, 303)
  const talk = await get(String(done.headers.location))
  t.equal(talk.statusCode, 200)
  t.ok(talk.body.includes('ждём ответа'), 'ждём ответа')
  const twice = await submit(app, form.action, form.fields, cookie)
  t.equal(twice.headers.location, done.headers.location)
  t.equal((await db.selectFrom('talks').select('id').execute()).length, 1)
})

t.test('the page of offers holds one form an offer, each of them bookable; a foreign House sees nothing', async t => {
  const number = await ask(here, named, { host: 'school-912' })
  const page = await get(`/app/requests/${number}/offers`)
  t.equal(page.statusCode, 200)
  const forms = [...page.body.matchAll(/<form method="post" action="\/app\/requests\/\d+\/booking"/g)]
  t.ok(forms.length > 3)
  for (const url of [
    `/app/requests/${number}`,
    `/app/requests/${number}/offers`,
    '/app/requests/99999',
    '/app/requests/0',
    '/app/requests/x',
  ])
    t.equal((await get(url, stranger)).statusCode, 404, url)
  const form = formOn(page.body, `/app/requests/${number}/booking`)
  t.equal((await submit(app, form.action, { ...form.fields, _csrf: '' }, stranger)).statusCode, 403)
  const { _csrf: _, ...bare } = form.fields
  t.equal((await submit(app, form.action, bare, stranger)).statusCode, 404)
})

t.test('a request that can not be placed has no form and says why', async t => {
  const number = await ask(here, named, { host: 'school-912', windows: [{ from: '2026-11-28', to: '2026-11-29' }] })
  const page = await get(`/app/requests/${number}/offers`)
  t.notOk(page.body.includes(`action="/app/requests/${number}/booking"`), `action="/app/requests/${number}/booking"`)
  t.ok(page.body.includes('Что мешает'), 'Что мешает')
  t.ok(page.body.includes('Что изменить'), 'Что изменить')
})

t.test('what a form lacks is said beside it, with everything typed kept', async t => {
  const number = await ask(here, named, { host: 'school-913' })
  const url = `/app/requests/${number}/booking`
  const bad = async (fields: Record<string, string | string[]>) => {
    const answer = await submit(app, url, fields, cookie)
    t.equal(answer.statusCode, 422, JSON.stringify(fields).slice(0, 80))
    return answer.body
  }
  t.ok(
    (await bad({ startsAt: '2026-02-30T10:00', speakers: named.speaker('baizhan') })).includes(
      'value="2026-02-30T10:00"',
    ),
    'value="2026-02-30T10:00"',
  )
  t.ok(
    (await bad({ startsAt: '2026-11-26T10:20' })).includes('Выберите хотя бы одного лектора'),
    'Выберите хотя бы одного лектора',
  )
  await bad({})
  await bad({ startsAt: ['2026-11-26T10:20', '2026-11-26T11:20'], speakers: named.speaker('baizhan') })
  await bad({ startsAt: '2026-11-26T10:20\u0000', speakers: named.speaker('baizhan') })
  await bad({ startsAt: '2026-11-26T10:20', speakers: 'nobody' })
  await bad({ startsAt: '2026-11-26T10:20', speakers: named.speaker('baizhan'), minutes: '100000' })
  await bad({ startsAt: 'x'.repeat(5000), speakers: named.speaker('baizhan') })
  const unknown = await submit(
    app,
    url,
    { startsAt: '2026-11-26T10:20', speakers: '00000000-0000-4000-8000-000000000000' },
    cookie,
  )
  t.equal(unknown.statusCode, 409)
  t.equal(
    (await db.selectFrom('talks').select('id').where('host_id', '=', named.host('school-913')).execute()).length,
    0,
  )
})

t.test('who comes too late is told what is in the way and gets the nearest possibilities as buttons', async t => {
  const first = await ask(here, named, { host: 'school-901' })
  await bookedTalk(here, named, first, '2026-11-27T10:50', ['baizhan'])
  const second = await ask(here, named, { host: 'school-909' })
  const late = await submit(
    app,
    `/app/requests/${second}/booking`,
    { startsAt: '2026-11-27T10:50', speakers: named.speaker('baizhan') },
    cookie,
  )
  t.equal(late.statusCode, 409)
  t.ok(late.body.includes('другая встреча, 10:50–11:35'), 'другая встреча, 10:50–11:35')
  t.equal([...late.body.matchAll(new RegExp(`action="/app/requests/${second}/booking"`, 'g'))].length, 3)
  const form = formOn(late.body, `/app/requests/${second}/booking`)
  t.equal((await submit(app, form.action, form.fields, cookie)).statusCode, 303)
  const again = await submit(
    app,
    `/app/requests/${second}/booking`,
    { startsAt: '2026-11-27T10:50', speakers: named.speaker('baizhan') },
    cookie,
  )
  t.equal(again.statusCode, 409)
  t.ok(again.body.includes('Заявка уже рассмотрена'), 'Заявка уже рассмотрена')
})

t.test('a talk is moved, given somebody else and called off from its page', async t => {
  const number = await ask(here, named, { host: 'school-917', windows: [{ from: '2026-12-08', to: '2026-12-09' }] })
  const talk = await bookedTalk(here, named, number, '2026-12-08T10:20', ['suleimenova'])
  const url = `/app/talks/${talk}`
  t.equal((await get(url, stranger)).statusCode, 404)
  for (const id of ['x', '00000000-0000-4000-8000-000000000000'])
    t.equal((await get(`/app/talks/${id}`)).statusCode, 404)
  const moving = formOn((await get(url)).body, `${url}/move`)
  const moved = await submit(app, moving.action, moving.fields, cookie)
  t.equal(moved.statusCode, 303)
  t.ok((await get(url)).body.includes('Перенесена'), 'Перенесена')
  const clash = await submit(app, `${url}/move`, { startsAt: '2026-12-06T10:20' }, cookie)
  t.equal(clash.statusCode, 409)
  t.ok(formOn(clash.body, `${url}/move`))
  const swapping = formOn((await get(`${url}?out=${named.speaker('suleimenova')}`)).body, `${url}/team`)
  t.equal(swapping.fields['out'], named.speaker('suleimenova'))
  t.equal((await submit(app, `${url}/team`, swapping.fields, cookie)).statusCode, 303)
  t.equal(
    (await submit(app, `${url}/team`, { out: named.speaker('suleimenova'), in: named.speaker('kim') }, cookie))
      .statusCode,
    409,
  )
  t.equal((await submit(app, `${url}/team`, { out: 'x', in: '' }, cookie)).statusCode, 422)
  t.equal((await submit(app, `${url}/cancellation`, {}, cookie)).statusCode, 422)
  t.equal((await submit(app, `${url}/cancellation`, { reason: 'weather' }, stranger)).statusCode, 404)
  t.equal((await submit(app, `${url}/cancellation`, { reason: 'weather' }, cookie)).statusCode, 303)
  t.equal((await submit(app, `${url}/cancellation`, { reason: 'weather' }, cookie)).statusCode, 409)
  t.ok((await get(url)).body.includes('отменена'), 'отменена')
})

t.test('a declined place stands on top of the inbox with the next substitute ready', async t => {
  const number = await ask(here, named, { host: 'school-918', windows: [{ from: '2026-12-10', to: '2026-12-11' }] })
  const talk = await bookedTalk(here, named, number, '2026-12-10T10:20', ['zhunisov'])
  await db
    .updateTable('assignments')
    .set({ state: 'declined', answered_at: clock.now })
    .where('talk_id', '=', talk)
    .execute()
  const inbox = await get('/app')
  t.ok(inbox.body.includes('место свободно'), 'место свободно')
  const form = formOn(inbox.body, `/app/talks/${talk}/team`)
  await db.updateTable('talks').set({ version: 2 }).where('id', '=', talk).execute()
  t.equal((await submit(app, form.action, form.fields, cookie)).statusCode, 409, 'the talk changed since')
  await db.updateTable('talks').set({ version: 1 }).where('id', '=', talk).execute()
  t.equal((await submit(app, form.action, form.fields, cookie)).statusCode, 303)
  t.notOk((await get('/app')).body.includes(`/app/talks/${talk}/team`), `/app/talks/${talk}/team`)
})

t.test('a request is declined with a reason, and the list finds it by its state', async t => {
  const number = await ask(here, named, { host: 'school-919' })
  t.equal((await submit(app, `/app/requests/${number}/declining`, {}, cookie)).statusCode, 422)
  t.equal((await submit(app, `/app/requests/${number}/declining`, { reason: 'no-time' }, cookie)).statusCode, 303)
  t.ok((await get(`/app/requests/${number}`)).body.includes('нет подходящего времени'), 'нет подходящего времени')
  t.ok(
    (await get('/app/requests?state=declined')).body.includes(`/app/requests/${number}"`),
    `/app/requests/${number}"`,
  )
  t.notOk(
    (await get('/app/requests?state=waiting')).body.includes(`/app/requests/${number}"`),
    `/app/requests/${number}"`,
  )
  t.equal((await submit(app, `/app/requests/${number}/declining`, { reason: 'no-time' }, cookie)).statusCode, 409)
})

t.test('every page speaks all three languages', async t => {
  const number = await ask(here, named, { host: 'school-920' })
  const talk = await db
    .selectFrom('talks')
    .select('id')
    .where('state', '=', 'booked')
    .limit(1)
    .executeTakeFirstOrThrow()
  for (const language of ['kk', 'ru', 'en'])
    for (const url of [
      '/app',
      '/app/requests',
      `/app/requests/${number}`,
      `/app/requests/${number}/offers`,
      `/app/talks/${talk.id}`,
    ]) {
      const page = await get(`${url}?l=${language}`)
      t.equal(page.statusCode, 200, `${url} ${language}`)
      t.equal(page.headers['content-language'], language)
      t.notMatch(page.body, /undefined|\[object/)
    }
})
