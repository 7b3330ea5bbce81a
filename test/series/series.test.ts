import t, { type Test } from 'tap'
import { cast } from '../cast.ts'
import { ask, names } from '../talks/situation.ts'
import { formOn, submit, world } from '../world.ts'

const here = await world(t)
const named = await names(here)
const { db, app, mails, clock } = here
const coordinator = await here.signIn(cast.coordinator)
const get = async (url: string) => app.inject({ url, headers: { cookie: coordinator } })

/** Makes a request into a series by its form; the address of the plan. */
async function make(t: Test, number: number, kind: string, fields: Record<string, string>): Promise<string> {
  const page = await get(`/app/requests/${number}/series?kind=${kind}`)
  t.equal(page.statusCode, 200)
  const form = formOn(page.body, `/app/requests/${number}/series`)
  const done = await submit(app, form.action, { ...form.fields, ...fields }, coordinator)
  t.equal(done.statusCode, 303, done.body.slice(0, 300))
  return String(done.headers.location)
}

const dates = (seriesId: string) =>
  db
    .selectFrom('requests')
    .leftJoin('talks', 'talks.request_id', 'requests.id')
    .select([
      'number',
      'series_position',
      'class_name',
      'requests.heads',
      'requests.state',
      'held_on',
      'from_time',
      'talks.id',
    ])
    .where('series_id', '=', seriesId)
    .orderBy('series_position')
    .execute()
const times = async (seriesId: string) =>
  (await dates(seriesId)).map(row =>
    `${row.class_name || row.series_position} ${row.held_on ?? row.state} ${row.from_time ?? ''}`.trim(),
  )
const idOf = (address: string) => address.split('/')[3] ?? ''
const lettersOf = (kind: string) => mails.filter(mail => mail.kind === kind)
async function afterAMinute() {
  clock.now = clock.now.plus({ minutes: 3 })
  await here.deliver()
}

t.test(
  'three classes of one day are booked in consecutive lessons by one form, and told in one letter each',
  async t => {
    const number = await ask(here, named, { windows: [{ from: '2026-12-01', to: '2026-12-01' }] })
    const plan = await make(t, number, 'day', {
      name: '9 сыныптар',
      first: '2026-12-01',
      'class-1': '9А',
      'heads-1': '25',
      'class-2': '9Ә',
      'heads-2': '28',
      'class-3': '9Б',
      'heads-3': '24',
    })
    const id = idOf(plan)
    t.same(await times(id), ['9А waiting', '9Ә waiting', '9Б waiting'])
    const inbox = (await get('/app')).body
    t.equal(inbox.split(`/app/series/${id}/plan`).length - 1 <= 1, true)
    t.match(inbox, 'Серия: 3 даты')
    t.equal((inbox.match(/id="r\d+"/g) ?? []).length, 1, 'one line for the whole series')
    const { number: second } = await db
      .selectFrom('requests')
      .select('number')
      .where('series_id', '=', id)
      .where('series_position', '=', 2)
      .executeTakeFirstOrThrow()
    const ofSecond = (await get(`/app?request=${second}`)).body
    t.match(ofSecond, `action="/app/requests/${second}/booking"`, 'each date has an address of its own')
    t.match(ofSecond, /class="req"[^>]*aria-current="true"/)
    mails.length = 0
    const page = await get(plan)
    const form = formOn(page.body, plan)
    const done = await submit(app, plan, form.fields, coordinator)
    t.equal(done.statusCode, 303, done.body.slice(0, 400))
    const rows = await dates(id)
    t.equal(new Set(rows.map(row => row.id)).size, 3)
    const begin = rows.map(row => row.from_time)
    t.same([...begin].sort(), begin, 'in the order of the classes')
    const bells = ['08:30', '09:20', '10:20', '11:20', '12:15', '13:10', '14:00']
    t.equal(bells.indexOf(begin[2] ?? '') - bells.indexOf(begin[0] ?? ''), 2)
    const people = await db
      .selectFrom('assignments')
      .select(['speaker_id', 'travel_minutes'])
      .where(
        'talk_id',
        'in',
        rows.map(row => row.id ?? ''),
      )
      .execute()
    t.equal(new Set(people.map(row => row.speaker_id)).size, people.length / 3, 'one team')
    t.equal(people.filter(row => row.travel_minutes > 0).length <= people.length / 3, true, 'one trip')

    await here.deliver()
    t.same(mails, [], 'letters wait for each other')
    await afterAMinute()
    const invitations = lettersOf('invitation')
    t.equal(invitations.length, people.length / 3)
    t.equal(lettersOf('talk-booked').length, 1)
    const [letter] = lettersOf('talk-booked')
    for (const at of begin) t.match(letter?.text, at ?? '')
    for (const each of ['9А', '9Ә', '9Б']) t.match(letter?.text, each)
    for (const mail of [...invitations, ...lettersOf('talk-booked')]) {
      t.equal(mail.calendar, undefined)
      t.equal(mail.calendars?.length, 3)
      for (const { content, method } of mail.calendars ?? []) {
        t.equal(method, 'REQUEST')
        t.equal(content.match(/BEGIN:VEVENT/g)?.length, 1)
        t.equal(content.match(/^ATTENDEE/gm)?.length, 1)
      }
    }
    const ledger = await db
      .selectFrom('messages')
      .select(['kind', 'state'])
      .where('joins', '=', `series:${id}`)
      .execute()
    t.same(
      Object.entries(Object.groupBy(ledger, row => `${row.kind} ${row.state}`))
        .map(([kind, all]) => `${kind} ${all?.length}`)
        .sort(),
      [`invitation sent ${people.length}`, 'talk-booked sent 3'],
      'the ledger has a line for each date',
    )

    const again = await submit(app, plan, form.fields, coordinator)
    t.equal(again.statusCode, 303, 'the same form sent twice')
    t.equal((await dates(id)).length, 3)
    const show = (await get(`/app/series/${id}`)).body
    t.match(show, 'Проведено: 0 / 3')
    t.match((await get(`/app/talks/${rows[1]?.id}`)).body, 'Серия: 2 / 3, «9 сыныптар»')
    t.match((await get(`/app/requests/${number}`)).body, `/app/series/${id}`)
  },
)

t.test('a weekly series keeps its hour, goes round a holiday, and is moved from one date on', async t => {
  const number = await ask(here, named, { host: 'school-908', windows: [{ from: '2026-12-02', to: '2026-12-02' }] })
  // 16 December is Independence Day
  const plan = await make(t, number, 'weekly', { first: '2026-12-02', time: '10:20', weeks: '4' })
  const id = idOf(plan)
  const page = await get(plan)
  t.match(page.body, 'Что мешает')
  const done = await submit(app, plan, formOn(page.body, plan).fields, coordinator)
  t.equal(done.statusCode, 303, done.body.slice(0, 300))
  const booked = await times(id)
  t.same([booked[0], booked[1], booked[3]], ['1 2026-12-02 10:20', '2 2026-12-09 10:20', '4 2026-12-23 10:20'])
  t.match(booked[2], /^3 2026-12-1[4578] \d\d:\d\d$/, 'another day of the week of the holiday')
  await afterAMinute()
  mails.length = 0

  const address = `/app/series/${id}/change`
  const asked = `${address}?what=move&from=2&scope=following&startsAt=2026-12-10T11:20`
  const preview = await get(asked)
  t.match(preview.body, 'Что будет')
  const form = formOn(preview.body, address)
  t.ok(form.fields['date'])
  t.equal((await submit(app, address, form.fields, coordinator)).statusCode, 303)
  // another coordinator's page, opened before that
  const late = await submit(
    app,
    address,
    { ...form.fields, _key: 'an older page', startsAt: '2026-12-10T12:15' },
    coordinator,
  )
  t.equal(late.statusCode, 409)
  t.match(late.body, 'Встреча изменилась, пока была открыта страница')
  const after = await times(id)
  t.same([after[0], after[1], after[3]], ['1 2026-12-02 10:20', '2 2026-12-10 11:20', '4 2026-12-24 11:20'])
  await afterAMinute()
  t.equal(lettersOf('talk-changed').length, 1, 'the host reads of all in one letter')
  const moved = (await dates(id)).filter((_, at) => after[at] !== booked[at]).length
  t.equal(lettersOf('talk-changed')[0]?.calendars?.length, moved)

  await db.updateTable('houses').set({ undo_seconds: 0 }).where('id', '=', named.house).execute()
  const off = await get(`${address}?what=cancel&from=3&scope=following&reason=timetable`)
  mails.length = 0
  t.equal((await submit(app, address, formOn(off.body, address).fields, coordinator)).statusCode, 303)
  t.same(
    (await dates(id)).map(row => row.state),
    ['booked', 'booked', 'waiting', 'waiting'],
  )
  await here.deliver()
  t.same(lettersOf('talk-cancelled'), [], 'they wait for each other where a House has no time to undo, too')
  await afterAMinute()
  t.equal(lettersOf('talk-cancelled').length, 1)
  for (const { method } of lettersOf('talk-cancelled')[0]?.calendars ?? []) t.equal(method, 'CANCEL')
})

t.test('what has become impossible meanwhile is listed, and the others stand', async t => {
  const number = await ask(here, named, { host: 'school-912', windows: [{ from: '2027-01-13', to: '2027-01-13' }] })
  const plan = await make(t, number, 'weekly', { first: '2027-01-13', time: '10:20', weeks: '2' })
  const id = idOf(plan)
  const { fields } = formOn((await get(plan)).body, plan)
  const [second] = (await dates(id)).slice(1)
  await db
    .updateTable('requests')
    .set({ state: 'withdrawn' })
    .where('number', '=', second?.number ?? 0)
    .where('series_id', '=', id)
    .execute()
  const done = await submit(app, plan, fields, coordinator)
  t.equal(done.statusCode, 409)
  t.match(done.body, 'Назначено не всё')
  t.same(
    (await dates(id)).map(row => row.state),
    ['booked', 'withdrawn'],
  )
})

t.test('a programme has a topic a date, and a replacement is judged on every date', async t => {
  const topics = await db
    .selectFrom('topics')
    .innerJoin('topic_audiences', 'topic_id', 'topics.id')
    .select(['topics.id', 'slug'])
    .where('house_id', '=', named.house)
    .where('audience', '=', 'pupils')
    .orderBy('topics.position')
    .execute()
  const number = await ask(here, named, {
    host: 'school-913',
    windows: [{ from: '2027-01-12', to: '2027-01-12' }],
    grades: [9],
  })
  const plan = await make(t, number, 'programme', {
    name: 'Эмоциональный интеллект',
    first: '2027-01-12',
    every: '2',
    'topic-1': topics.find(({ slug }) => slug === 'unity-gives-life')?.id ?? '',
    'topic-2': topics.find(({ slug }) => slug !== 'unity-gives-life')?.id ?? '',
    'topic-3': topics.find(({ slug }) => slug === 'unity-gives-life')?.id ?? '',
  })
  const id = idOf(plan)
  const rows = await db
    .selectFrom('requests')
    .innerJoin('request_windows', 'request_id', 'requests.id')
    .select('from_on')
    .where('series_id', '=', id)
    .orderBy('series_position')
    .execute()
  t.same(
    rows.map(row => row.from_on),
    ['2027-01-12', '2027-01-26', '2027-02-09'],
  )
  const page = await get(plan)
  t.equal((await submit(app, plan, formOn(page.body, plan).fields, coordinator)).statusCode, 303)
  const show = (await get(`/app/series/${id}`)).body
  t.match(show, 'раз в две недели')
  const first = await db
    .selectFrom('assignments')
    .innerJoin('talks', 'talks.id', 'talk_id')
    .innerJoin('requests', 'requests.id', 'talks.request_id')
    .select('speaker_id')
    .where('series_id', '=', id)
    .where('series_position', '=', 1)
    .executeTakeFirstOrThrow()
  const other = ['zhunisov', 'baizhan', 'suleimenova'].map(named.speaker).find(each => each !== first.speaker_id) ?? ''
  const address = `/app/series/${id}/change`
  const asked = await get(`${address}?what=replace&from=1&scope=all&out=${first.speaker_id}&in=${other}`)
  t.equal(asked.statusCode, 200)
  t.match(asked.body, 'Что будет')
})

t.test('no one else may look: another House, a viewer, and what is not there', async t => {
  const { id } = await db.selectFrom('series').select('id').limit(1).executeTakeFirstOrThrow()
  for (const email of [cast.coordinatorOfAnotherHouse, cast.viewer]) {
    const cookie = await here.signIn(email)
    for (const page of ['', '/plan', '/change?from=1'])
      t.equal((await app.inject({ url: `/app/series/${id}${page}`, headers: { cookie } })).statusCode, 404)
  }
  t.equal((await get('/app/series/none')).statusCode, 404)
  t.equal((await get('/app/requests/99999/series')).statusCode, 404)
})

t.test('a form that has to be mended keeps everything typed; a date of a series is not made into another', async t => {
  const number = await ask(here, named, { host: 'school-917' })
  const url = `/app/requests/${number}/series`
  const { fields } = formOn((await get(`${url}?kind=day`)).body, url)
  const bad = await submit(
    app,
    url,
    { ...fields, name: '', first: '31.02.2027', 'class-1': '9А', 'heads-1': 'many' },
    coordinator,
  )
  t.equal(bad.statusCode, 422)
  t.match(bad.body, 'value="31.02.2027"')
  t.match(bad.body, 'value="many"')
  t.match(bad.body, 'Напишите хотя бы два класса')
  await make(t, number, 'weekly', { first: '2027-02-03', weeks: '2' })
  const twice = await submit(app, url, { ...fields, kind: 'weekly', first: '2027-02-03', weeks: '2' }, coordinator)
  t.equal(twice.statusCode, 409)
})
