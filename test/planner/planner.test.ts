import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import { cast } from '../cast.ts'
import { counting } from '../counting.ts'
import { ask, bookedTalk, names } from '../talks/situation.ts'
import { formOn, submit, world } from '../world.ts'

const w = await world(t)
const named = await names(w)
const { app, db } = w
const cookie = await w.signIn(cast.coordinator)
const get = (url: string, as = cookie) => app.inject({ url, headers: { cookie: as } })
const page = async (url: string) => (await get(`${url}${url.includes('?') ? '&' : '?'}l=en`)).body
const send = (url: string, fields: Record<string, string | string[]>, as = cookie) => submit(app, url, fields, as)
const usual = {
  ...{ from: '2026-11-23', to: '2026-12-06', seconds: '10', moves: 'none' },
  ...{ urgent: 'usual', driving: 'usual', even: 'usual', sooner: 'usual' },
}
const messages = async () => (await db.selectFrom('messages').select('id').execute()).length
const plan = (id: string) => db.selectFrom('plans').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const lines = (id: string) =>
  db
    .selectFrom('plan_talks')
    .innerJoin('requests', 'requests.id', 'plan_talks.request_id')
    .select(['number', 'kind', 'step', 'held_on', 'from_minute', 'team', 'people', 'pinned', 'excluded', 'outcome'])
    .where('plan_id', '=', id)
    .orderBy('number')
    .execute()
/** Waits until nothing works on the plan any longer. */
async function over(id: string) {
  for (;;) {
    const { state } = await plan(id)
    if (state !== 'running' && state !== 'releasing') return state
    await pause(50)
  }
}
async function made(fields: Record<string, string | string[]>): Promise<string> {
  const done = await send('/app/planner', { ...usual, ...fields })
  t.equal(done.statusCode, 303, done.body.slice(0, 2000))
  const id = String(done.headers.location).split('/').at(-1) ?? ''
  await over(id)
  return id
}
const speakersOf = (team: unknown) => (team as { speakerId: string }[]).map(({ speakerId }) => speakerId).sort()

t.test(
  'a draft is made, left, come back to, pinned, made again and released, and only then anybody hears of it',
  async t => {
    const day = (date: string) => ({ windows: [{ from: date, to: date }] })
    const numbers = [
      await ask(w, named, { host: 'school-907', ...day('2026-11-25') }),
      await ask(w, named, { host: 'school-912', ...day('2026-11-26') }),
      await ask(w, named, { host: 'school-913', ...day('2026-11-27') }),
      // a Sunday: nothing is taught
      await ask(w, named, { host: 'school-917', ...day('2026-11-29') }),
    ]
    const before = await messages()
    const begin = await page('/app/planner')
    for (const number of numbers) t.match(begin, new RegExp(`name="requests" value="${number}" checked`))
    const started = await send('/app/planner', { ...usual, requests: numbers.map(String) })
    t.equal(started.statusCode, 303)
    const path = String(started.headers.location)
    const id = path.split('/').at(-1) ?? ''
    const running = await page(path)
    t.match(running, /http-equiv="refresh"/)
    t.match(running, /data-follow/)
    t.equal((await send('/app/planner', { ...usual, requests: numbers.map(String) })).statusCode, 409, 'one at a time')
    const followed = await get(`${path}/progress?l=en`)
    t.match(followed.headers, { 'content-type': /event-stream/, 'cache-control': /no-transform/ })
    t.match(followed.body, /data: \{"doing":/)
    t.match(followed.body, /event: over/)
    t.equal(await over(id), 'done')

    const draft = await page(path)
    const first = await lines(id)
    t.same(
      first.map(({ kind }) => kind),
      ['new', 'new', 'new', 'unplaced'],
    )
    t.match(draft, /Down the list/)
    t.match(draft, /There is no better plan for these requests: proven\.|No plan of these requests is better/)
    t.match(draft, /What would help/)
    t.match(draft, /Release: 3 talks/)
    t.match(await page(`${path}?booked=1`), /Show the changes only/)
    t.equal(await messages(), before, 'nothing is sent before')

    const edit = await page(`${path}/talks/${numbers[1]}`)
    const ways = [...edit.matchAll(/name="way" value="([^"]+)"/g)].map(([, value]) => value ?? '')
    t.ok(ways.length > 3)
    const form = formOn(edit, `${path}/talks/${numbers[1]}`)
    t.equal((await send(form.action, { ...form.fields, way: ways[2] ?? '' })).statusCode, 303)
    t.equal((await send(form.action, { way: 'nonsense' })).statusCode, 422)
    const impossible = `2026-11-29T10:00 ${named.speaker('zhunisov')}`
    t.equal((await send(form.action, { way: impossible })).statusCode, 409)
    const edited = (await lines(id))[1]
    t.match(edited, { pinned: true, kind: 'new' })
    t.equal(`${edited?.held_on} ${edited?.from_minute}`, `${ways[2]?.slice(0, 10)} ${minuteOf(ways[2] ?? '')}`)

    const nobody = speakersOf(first[0]?.team)
    const again = formOn(await page(path), `${path}/marks`)
    t.match(again.fields, { pin: String(numbers[1]) })
    t.equal(
      (await send(`${path}/search`, { ...again.fields, out: String(numbers[2]), person: nobody })).statusCode,
      303,
    )
    t.equal(await over(id), 'done')
    const second = await lines(id)
    t.match(second[1], { from_minute: edited?.from_minute, pinned: true }, 'what is pinned stays')
    t.match(second[2], { excluded: true })
    t.notOk(
      speakersOf(second[0]?.team).some(each => nobody.includes(each)),
      'who is out gets no talk',
    )

    const { action, fields } = formOn(await page(path), `${path}/release`)
    const pressed = await Promise.all([send(action, fields), send(action, { ...fields, _key: 'another' })])
    t.same(
      pressed.map(({ statusCode }) => statusCode),
      [303, 303],
    )
    t.equal(await over(id), 'released')
    const talks = await db
      .selectFrom('talks')
      .innerJoin('requests', 'requests.id', 'talks.request_id')
      .select(['number', 'talks.id'])
      .where('number', 'in', numbers)
      .orderBy('number')
      .execute()
    t.same(
      talks.map(({ number }) => number),
      numbers.slice(0, 2),
      'each once, and what is out waits',
    )
    const told = await db
      .selectFrom('messages')
      .leftJoin('assignments', 'assignments.id', 'messages.assignment_id')
      .select(['kind', 'messages.talk_id', 'speaker_id', 'recipient'])
      .where('kind', 'in', [
        'invitation',
        'talk-booked',
        'talk-changed',
        'invitation-update',
        'invitation-cancellation',
      ])
      .execute()
    const expected = talks.flatMap(({ id: talk, number }) => {
      const line = second.find(each => each.number === number)
      return [...speakersOf(line?.team).map(each => `invitation ${talk} ${each}`), `talk-booked ${talk} contact`]
    })
    t.same(
      told.map(({ kind, talk_id, speaker_id }) => `${kind} ${talk_id} ${speaker_id ?? 'contact'}`).sort(),
      expected.sort(),
      'only those concerned are told, each once',
    )
    const result = await page(path)
    t.match(result, /Booked: 2 talks/)
    t.match(result, new RegExp(`requests=${numbers[2]}`))
    t.equal((await send(action, fields)).headers.location, path, 'a third press leads to the result')
    t.equal((await send(`${path}/removal`, {})).statusCode, 303)
    t.equal((await get(path)).statusCode, 404)
  },
)

const minuteOf = (way: string) => Number(way.slice(11, 13)) * 60 + Number(way.slice(14, 16))

t.test('an illness is mended with the least disturbance, and the others stay', async t => {
  const book = async (date: string, school: string, time: string, people: string[]) =>
    bookedTalk(
      w,
      named,
      await ask(w, named, { host: `school-${school}`, windows: [{ from: date, to: date }] }),
      `${date}T${time}`,
      people,
    )
  const hit = await book('2026-12-01', '907', '10:20', ['zhunisov'])
  const other = await book('2026-12-01', '912', '10:20', ['suleimenova'])
  await db.updateTable('assignments').set({ state: 'accepted', answered_at: w.clock.now }).execute()
  await db.deleteFrom('messages').execute()
  const away = { away: named.speaker('zhunisov'), awayFrom: '2026-12-01', awayTo: '2026-12-02' }
  const form = await page(`/app/planner?speaker=${away.away}&from=${away.awayFrom}&to=${away.awayTo}`)
  t.match(formOn(form, '/app/planner').fields, { away: away.away, awayFrom: away.awayFrom, awayTo: away.awayTo })
  const id = await made({ ...away, moves: 'unanswered', to: '2026-12-18' })
  const [line, ...more] = await lines(id)
  t.same(more, [])
  t.match(line, { kind: 'swapped', step: 'same-hour', people: 3, from_minute: 620 })
  t.match(await page(`/app/planner/${id}`), /Same hour, somebody else/)
  t.equal(await messages(), 0)
  const path = `/app/planner/${id}`
  const { action, fields } = formOn(await page(path), `${path}/release`)
  await send(action, fields)
  t.equal(await over(id), 'released')
  const seats = (talk: string) =>
    db
      .selectFrom('assignments')
      .select(['speaker_id', 'state'])
      .where('talk_id', '=', talk)
      .orderBy('invited_at')
      .execute()
  t.same(
    (await seats(hit)).map(({ state }) => state),
    ['replaced', 'invited'],
  )
  t.same(
    (await seats(other)).map(({ state }) => state),
    ['accepted'],
    'a talk that is accepted stays',
  )
  const told = await db
    .selectFrom('messages')
    .select(['kind', 'talk_id'])
    .where('due_at', '<', w.clock.now.plus({ hours: 1 }))
    .execute()
  t.same(told.map(({ kind }) => kind).sort(), ['invitation', 'invitation-cancellation', 'talk-changed'])
  t.same([...new Set(told.map(({ talk_id }) => talk_id))], [hit])
  const absences = await db.selectFrom('absences').select('id').where('speaker_id', '=', away.away).execute()
  t.equal(absences.length, 1, 'who is away is not asked for these days again')
})

t.test('what a form says wrongly is told, with all that was typed', async t => {
  const number = await ask(w, named, { windows: [{ from: '2026-11-30', to: '2026-12-04' }] })
  const bad: [Record<string, string | string[]>, string][] = [
    [{}, 'Tick at least one request'],
    [{ requests: '999999' }, 'One of the ticked requests is not waiting'],
    [{ requests: ['x', String(number)] }, 'One of the ticked requests is not waiting'],
    [{ requests: String(number), from: '2026-12-06', to: '2026-11-30' }, 'may not be before the first'],
    [{ requests: String(number), to: '2036-11-23' }, 'Too many days'],
    [{ requests: String(number), from: '2026-02-30' }, 'Enter a day'],
    [{ requests: String(number), from: '2026-11-01' }, 'may not be before today'],
    [{ requests: String(number), from: ['2026-11-24', '2026-11-25'] }, 'Enter a day'],
    [{ requests: String(number), seconds: '100000' }, 'Choose from the list'],
    [
      { away: '00000000-0000-0000-0000-000000000000', awayFrom: '2026-12-01', awayTo: '2026-12-02' },
      'Choose from the list',
    ],
    [{ away: named.speaker('bekuly'), awayFrom: '2026-12-03', awayTo: '2026-12-02' }, 'may not be before the first'],
  ]
  for (const [fields, says] of bad) {
    const answer = await send('/app/planner?l=en', { ...usual, ...fields })
    t.equal(answer.statusCode, 422, JSON.stringify(fields))
    t.ok(answer.body.includes(says), says)
  }
  t.equal(
    (await send('/app/planner?l=en', { ...usual, seconds: '60', driving: 'more' })).body.match(
      /value="(60|more)" (?:id="\w+" )?checked/g,
    )?.length,
    2,
  )
})

t.test('a viewer and another House find nothing, and a draft is not changed while it is in the making', async t => {
  const number = await ask(w, named, { windows: [{ from: '2026-11-30', to: '2026-12-04' }] })
  const id = await made({ requests: String(number) })
  const strangers = [await w.signIn(cast.viewer), await w.signIn(cast.coordinatorOfAnotherHouse)]
  for (const stranger of strangers) {
    for (const url of ['', '/progress', `/talks/${number}`])
      t.equal((await get(`/app/planner/${id}${url}`, stranger)).statusCode, 404, url)
    for (const url of ['/marks', '/search', '/stop', '/release', '/removal', `/talks/${number}`])
      t.equal((await send(`/app/planner/${id}${url}`, {}, stranger)).statusCode, 404, url)
  }
  for (const url of ['/app/planner/nonsense', `/app/planner/${id}/talks/99999`, `/app/planner/${id}/talks/x`])
    t.equal((await get(url)).statusCode, 404, url)
  await db.updateTable('plans').set({ state: 'running' }).where('id', '=', id).execute()
  for (const url of ['/marks', '/search', '/removal'])
    t.equal((await send(`/app/planner/${id}${url}`, {})).statusCode, 409, url)
  await db.updateTable('plans').set({ state: 'done' }).where('id', '=', id).execute()
})

t.test('a draft asks the database as often for five requests as for one', async t => {
  const day = (date: string) => ({ windows: [{ from: date, to: date }] })
  const numbers = await Promise.all(
    ['907', '912', '913', '917', '918'].map(school =>
      ask(w, named, { host: `school-${school}`, ...day('2026-12-03') }),
    ),
  )
  const [one, five] = [await made({ requests: String(numbers[0]) }), await made({ requests: numbers.map(String) })]
  const asks = counting(w)
  for (const url of ['', '?booked=1']) {
    for (const id of [one, five]) await page(`/app/planner/${id}${url}`)
    t.equal(
      await asks(() => page(`/app/planner/${five}${url}`)),
      await asks(() => page(`/app/planner/${one}${url}`)),
      url,
    )
  }
  const edit = (id: string) => page(`/app/planner/${id}/talks/${numbers[0]}`)
  for (const id of [one, five]) await edit(id)
  t.equal(await asks(() => edit(five)), await asks(() => edit(one)))
})
