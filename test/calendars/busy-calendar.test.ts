import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import t from 'tap'
import { hashOf } from '../../src/base/secrets.ts'
import { wallOf } from '../../src/base/time.ts'
import { addAddress, readAgain, readDue, type Tools } from '../../src/calendars/busy-calendar-actions.ts'
import { readInThread } from '../../src/calendars/busy-calendar-reading.ts'
import { toolsOf } from '../../src/calendars/busy-calendar-tools.ts'
import { fit } from '../../src/matching/rules.ts'
import { findAsked, findWorld, rangeOf } from '../../src/matching/store.ts'
import { uidOf } from '../../src/talks/ics.ts'
import { cast } from '../cast.ts'
import { ask, names } from '../talks/situation.ts'
import { formOn, submit, type TestWorld, world } from '../world.ts'
import { calendarServer } from './calendar-server.ts'

const home = '/me/busy/calendar'
const event = (start: string, end: string, uid = `${start}@example.org`) =>
  `BEGIN:VEVENT\r\nUID:${uid}\r\nDTSTART:${start}\r\nDTEND:${end}\r\nSUMMARY:Құпия сөз\r\nLOCATION:Құпия орын\r\nEND:VEVENT\r\n`
const calendar = (...events: string[]) => `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${events.join('')}END:VCALENDAR\r\n`
const lunch = calendar(event('20261126T052000Z', '20261126T060000Z'))

async function upload(
  { app }: TestWorld,
  cookie: string,
  text: string | Buffer,
  fields: Record<string, string> = {},
  headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' },
) {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  body.append(
    'file',
    new Blob([typeof text === 'string' ? text : new Uint8Array(text)], { type: 'text/calendar' }),
    'күнтізбе.ics',
  )
  const packed = new Response(body)
  return app.inject({
    method: 'POST',
    url: `${home}/file`,
    headers: { cookie, 'content-type': packed.headers.get('content-type') ?? '', ...headers },
    payload: Buffer.from(await packed.arrayBuffer()),
  })
}

async function situation(t: Parameters<typeof world>[0]) {
  const here = await world(t)
  const speaker = await here.db
    .selectFrom('speakers')
    .select('id')
    .where('email', '=', cast.psychologist)
    .executeTakeFirstOrThrow()
  const account = await here.db
    .selectFrom('roles')
    .innerJoin('accounts', 'accounts.id', 'account_id')
    .select(['account_id', 'house_id'])
    .where('email', '=', cast.psychologist)
    .executeTakeFirstOrThrow()
  const me = { speakerId: speaker.id, accountId: account.account_id, houseId: account.house_id }
  const intervals = async () =>
    (await here.db.selectFrom('busy_intervals').select('during').orderBy('during').execute()).map(({ during }) =>
      [during.from, during.to].map(each => each.toUTC().toFormat('yyyy-MM-dd HH:mm')).join(' – '),
    )
  const page = async (cookie: string) => (await here.app.inject({ url: `${home}?l=en`, headers: { cookie } })).body
  return { here, me, intervals, page, cookie: await here.signIn(cast.psychologist) }
}

t.test('a file is uploaded, counted, replaced and removed; of its texts nothing is kept', async t => {
  const { here, intervals, page, cookie } = await situation(t)
  const { app, db } = here
  const first = await page(cookie)
  const { fields } = formOn(first, `${home}/file`)
  const own = { _csrf: String(fields['_csrf']), _key: String(fields['_key']) }
  for (const _ of [1, 2]) t.equal((await upload(here, cookie, lunch, own)).statusCode, 303)
  t.same(await intervals(), ['2026-11-26 05:20 – 2026-11-26 06:00'])
  const { rows } = await sql<{
    kept: string
  }>`select (select json_agg(c) from busy_calendars c)::text || (select json_agg(c) from changes c)::text as kept`.execute(
    db,
  )
  t.notMatch(rows[0]?.kept, 'Құпия')
  const shown = await page(cookie)
  t.match(shown, 'uploaded file')
  t.match(shown, 'Busy times in the next 4 weeks: 1')
  t.notMatch(shown, `action="${home}/reading"`, 'a file is not read again')
  t.equal(
    (await upload(here, cookie, readFileSync(path.join(import.meta.dirname, 'busy/thunderbird.ics')))).statusCode,
    303,
  )
  t.equal((await intervals()).length, 4)
  t.match(await page(cookie), /time zone of some events is unknown[\s\S]*Entries that could not be read: 1/)
  const other = await here.signIn(cast.lawyer)
  await submit(app, `${home}/removal`, {}, other)
  t.equal((await intervals()).length, 4, 'nobody removes what is not theirs')
  for (const _ of [1, 2]) t.equal((await submit(app, `${home}/removal`, {}, cookie)).statusCode, 303)
  t.same(await intervals(), [])
  const kinds = await db
    .selectFrom('changes')
    .select('kind')
    .where('kind', 'like', 'busy-calendar%')
    .orderBy('at')
    .execute()
  t.same(kinds.map(({ kind }) => kind).sort(), ['busy-calendar-added', 'busy-calendar-added', 'busy-calendar-removed'])
})

t.test('bad uploads change nothing and say in one line why', async t => {
  const { here, intervals, cookie } = await situation(t)
  t.equal((await upload(here, cookie, lunch)).statusCode, 303)
  const before = await intervals()
  const secondly = calendar(
    event('20261126T052000Z', '20261126T060000Z').replace('END:VEVENT', 'RRULE:FREQ=SECONDLY\r\nEND:VEVENT'),
  )
  const cases: [string | Buffer, number, RegExp][] = [
    ['', 422, /\.ics/],
    ['rubbish', 422, /id="file-e">[^<]+</],
    [lunch.slice(0, -20), 422, /id="file-e">[^<]+</],
    [secondly, 422, /id="file-e">[^<]+</],
    [Buffer.alloc(20_000_000, 'x'), 413, /id="file-e">[^<]*5 М/],
    [Buffer.alloc(5 * 1_048_576 + 1, 'x'), 413, /id="file-e">[^<]*5 М/],
  ]
  for (const [text, status, said] of cases) {
    const answer = await upload(here, cookie, text)
    t.equal(answer.statusCode, status)
    t.match(answer.body, said)
  }
  const raw = (payload: string, type: string) =>
    here.app.inject({
      method: 'POST',
      url: `${home}/file`,
      headers: { cookie, 'content-type': type, 'sec-fetch-site': 'same-origin' },
      payload,
    })
  t.equal((await raw('x', 'multipart/form-data')).statusCode, 422, 'no boundary')
  t.equal((await raw('x', 'multipart/form-data; boundary=x')).statusCode, 422, 'no parts')
  t.equal((await raw('file=x', 'application/x-www-form-urlencoded')).statusCode, 422, 'no file')
  t.equal((await raw('x', 'text/calendar')).statusCode, 415)
  t.equal((await upload(here, cookie, lunch, {}, { 'sec-fetch-site': 'cross-site' })).statusCode, 403, 'another site')
  t.equal((await upload(here, cookie, lunch, {}, {})).statusCode, 403, 'nobody vouches')
  t.equal((await upload(here, cookie, lunch, { _csrf: 'x' })).statusCode, 403, 'a wrong token')
  t.same(await intervals(), before)
  const staff = await here.signIn(cast.coordinator)
  for (const part of ['address', 'reading', 'removal'])
    t.equal((await submit(here.app, `${home}/${part}`, {}, staff)).statusCode, 404)
  t.equal((await upload(here, staff, lunch)).statusCode, 404)
  t.equal((await here.app.inject({ url: home, headers: { cookie: staff } })).statusCode, 404)
  t.equal((await here.app.inject(home)).headers.location, '/sign-in')
})

t.test('a thread has its time and its memory, and a new one begins afresh', async t => {
  const now = Date.parse('2026-11-23T03:45:00Z')
  const question = (text: string) => ({
    bytes: new TextEncoder().encode(text),
    mine: [],
    window: { from: now, to: now + 86_400_000 * 400 },
    own: 'Asia/Almaty',
    domain: 'x',
  })
  t.same(await readInThread(question(lunch), 1), { refused: 'too-hard' })
  const deep = `BEGIN:VCALENDAR\r\n${'BEGIN:X\r\n'.repeat(400_000)}`
  t.match(await readInThread(question(deep)), { refused: /too-hard|not-a-calendar/ })
  t.match(await readInThread(question(lunch)), { events: 1 })
})

t.test('the engine sees imported times as any other, and our own talks never', async t => {
  const { here, cookie } = await situation(t)
  const { db, clock } = here
  const named = await names(here)
  const number = await ask(here, named, { windows: [{ from: '2026-11-24', to: '2026-12-23' }] })
  const { house } = named
  const judge = async () => {
    const asked = await findAsked(db, house, { number })
    const found = asked && (await findWorld(db, asked, rangeOf(asked.request, '2026-11-23'), clock.now))
    if (!asked || !found) throw new Error('the request is gone')
    const moment = { day: '2026-11-26', from: 620, to: 665 }
    const { id } = await db
      .selectFrom('speakers')
      .select('id')
      .where('email', '=', cast.psychologist)
      .executeTakeFirstOrThrow()
    const { refusals, warnings } = fit(found, asked.request, moment, [{ speakerId: id, profession: 'psychologist' }])
    return {
      refusals: refusals.filter(it => 'speakerId' in it && it.speakerId === id && it.code === 'absent'),
      unread: warnings.flatMap(it => (it.code === 'calendar-unread' ? [it.since] : [])),
    }
  }
  t.same((await judge()).refusals, [])
  await upload(here, cookie, lunch)
  t.match((await judge()).refusals, [{ code: 'absent', from: 620, to: 660 }])
  await upload(
    here,
    cookie,
    calendar(
      event('20261126T052000Z', '20261126T060000Z', uidOf('3b7a3f9e-0c1d-4e7b-9a52-51d0c7b0a001', 'kezdesu.example')),
    ),
  )
  t.same((await judge()).refusals, [], 'our own talk')
  await upload(here, cookie, lunch)
  t.equal((await judge()).refusals.length, 1)
  await submit(here.app, `${home}/removal`, {}, cookie)
  t.same((await judge()).refusals, [])
  await upload(here, cookie, lunch)
  t.same((await judge()).unread, [])
  clock.now = clock.now.plus({ days: 1 })
  await db
    .updateTable('busy_calendars')
    .set({ kind: 'address', sealed_address: 'x', read_at: clock.now.minus({ hours: 49 }) })
    .execute()
  t.same((await judge()).unread, [wallOf(clock.now.minus({ hours: 49 }), 'Asia/Almaty').day])
  t.equal((await judge()).refusals.length, 1, 'what was read still counts')
})

t.test('an address is read, kept sealed, read again with what the server said, and kept when it fails', async t => {
  const { here, me, intervals, page, cookie } = await situation(t)
  const { db, clock, app } = here
  let body = lunch
  let status = 200
  const { reach, asked } = await calendarServer(t, (request, response) => {
    if (status !== 200) return response.writeHead(status).end()
    if (request.headers['if-none-match'] === `"${hashOf(body).slice(0, 8)}"`) return response.writeHead(304).end()
    response.writeHead(200, { etag: `"${hashOf(body).slice(0, 8)}"` }).end(body)
  })
  const tools: Tools = toolsOf(app.config, reach)
  const form = () => ({ key: undefined, url: '', by: '', body: {}, now: clock.now })
  const secretly = 'https://calendar.test/private-8f3a/basic.ics'
  t.same(await addAddress(db, tools, me, 'webcal://calendar.test/private-8f3a/basic.ics', form(), clock.now), {
    location: home,
  })
  t.same(await intervals(), ['2026-11-26 05:20 – 2026-11-26 06:00'])
  const { rows } = await sql<{
    kept: string
  }>`select (select json_agg(c) from busy_calendars c)::text || coalesce((select json_agg(c) from changes c)::text, '') as kept`.execute(
    db,
  )
  t.notMatch(rows[0]?.kept, 'private-8f3a')
  const shown = await page(cookie)
  t.match(shown, 'From: calendar.test')
  t.notMatch(shown, 'private-8f3a')

  const revision = async () =>
    (await db.selectFrom('roster_revision').select('revision').executeTakeFirstOrThrow()).revision
  const before = await revision()
  const due = async (minutes: number) => {
    clock.now = clock.now.plus({ minutes })
    return readDue(db, tools, async () => clock.now)
  }
  t.equal(await due(10), 0, 'not yet')
  t.equal(await due(50), 1)
  t.match(asked.at(-1)?.headers, { 'if-none-match': /"/ })
  t.equal(await revision(), before, 'a reading that found nothing new disturbs nobody')
  body = calendar(event('20261127T052000Z', '20261127T060000Z'))
  t.equal(await due(60), 1)
  t.same(await intervals(), ['2026-11-27 05:20 – 2026-11-27 06:00'])
  t.not(await revision(), before)

  for (const [fault, code] of [
    [503, 'failed'],
    [404, 'gone'],
  ] as const) {
    status = fault
    t.equal(await due(60), 1)
    t.same((await db.selectFrom('busy_calendars').select('fault').execute())[0], { fault: code })
  }
  status = 200
  body = 'rubbish'
  t.equal(await due(60), 1)
  t.match(await page(cookie), 'This is no calendar file')
  t.match(await page(cookie), 'The times of the last good reading stand.')
  t.same(await intervals(), ['2026-11-27 05:20 – 2026-11-27 06:00'], 'the last good copy stands')
  const staff = await here.signIn(cast.coordinator)
  t.match(
    (await app.inject({ url: `/app/speakers/${me.speakerId}?l=en`, headers: { cookie: staff } })).body,
    /Last read: [^<]+\(3 hours ago\)\. This is no calendar file/,
  )
  body = lunch
  await readAgain(db, tools, me.speakerId, clock.now)
  t.same((await db.selectFrom('busy_calendars').select('fault').execute())[0], { fault: null })
  clock.now = clock.now.plus({ hours: 21 })
  await readAgain(db, tools, me.speakerId, clock.now)
  t.equal(asked.at(-1)?.headers['if-none-match'], undefined, 'once a day it is read whole: the window moves on')

  const count = asked.length
  const lost = { ...tools, secret: 'another secret of the tests, 32 characters' }
  await readAgain(db, lost, me.speakerId, clock.now)
  t.same((await db.selectFrom('busy_calendars').select('fault').execute())[0], { fault: 'address-lost' })
  await db.updateTable('houses').set({ reads_calendars: false }).execute()
  t.equal(await due(120), 0, 'the House has switched it off')
  t.same(await addAddress(db, tools, me, secretly, form(), clock.now), { refused: 'switched-off' })
  t.notMatch(await page(cookie), 'name="address"')
  t.equal((await submit(app, `${home}/reading`, {}, cookie)).statusCode, 303)
  t.equal(asked.length, count, 'nothing was asked')
})

t.test('addresses that are refused change nothing', async t => {
  const { here, intervals, cookie } = await situation(t)
  for (const address of [
    '',
    'x',
    'http://calendar.example/x',
    'https://127.0.0.1/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://localhost/x',
    'x'.repeat(5000),
  ]) {
    const answer = await submit(here.app, `${home}/address`, { address }, cookie)
    t.equal(answer.statusCode, 422, address.slice(0, 30))
    t.match(answer.body, /id="address-e">[^<]+</)
  }
  t.equal((await submit(here.app, `${home}/address`, { address: ['a', 'b'] }, cookie)).statusCode, 422)
  t.same(await intervals(), [])
  t.same(await here.db.selectFrom('busy_calendars').select('kind').execute(), [])
})

t.test('the same calendar is read by one worker alone, and the number of queries does not grow', async t => {
  const { here, me } = await situation(t)
  const { db, clock, app } = here
  const { reach, asked } = await calendarServer(t, (_, response) => response.end(lunch))
  const tools = toolsOf(app.config, reach)
  await addAddress(
    db,
    tools,
    me,
    'https://calendar.test/x',
    { key: undefined, url: '', by: '', body: {}, now: clock.now },
    clock.now,
  )
  clock.now = clock.now.plus({ hours: 1 })
  const counts = await Promise.all([1, 2, 3].map(() => readDue(db, tools, async () => clock.now)))
  t.equal(
    counts.reduce((sum, each) => sum + each, 0),
    1,
  )
  t.equal(asked.length, 2)
})
