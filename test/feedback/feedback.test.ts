import { DateTime } from 'luxon'
import t from 'tap'
import { hashOf, shortCodeOf, tokenOf } from '../../src/base/secrets.ts'
import { askTheRest } from '../../src/feedback/actions.ts'
import { headsOf, masked, standing } from '../../src/feedback/rules.ts'
import { runRetention } from '../../src/privacy/retention.ts'
import { cast } from '../cast.ts'
import { booked, secret } from '../talks/booked.ts'
import { formOn, submit, world } from '../world.ts'

const w = await world(t)
const { app, db, clock } = w
const at = (text: string) => DateTime.fromISO(text, { zone: 'utc' })
const morning = clock.now
// Tuesday, 24 November, 14:00–14:45 in Almaty
const talk = await booked(db, clock.now)
const nonceOf = async (table: 'talks' | 'requests', id: string) =>
  table === 'talks'
    ? (await db.selectFrom('talks').select('listeners_nonce as nonce').where('id', '=', id).executeTakeFirstOrThrow())
        .nonce
    : (await db.selectFrom('requests').select('nonce').where('id', '=', id).executeTakeFirstOrThrow()).nonce
const code = `/o/${shortCodeOf(secret, 'listeners', await nonceOf('talks', talk.talkId))}`
const link = `/r/${tokenOf(secret, 'request', await nonceOf('requests', talk.requestId))}`
const yes = { clear: '5', useful: '5', respectful: '5', again: '3' }
const answers = () => db.selectFrom('feedback').selectAll().where('talk_id', '=', talk.talkId).execute()
const get = async (url: string, cookie?: string) => app.inject({ url, headers: cookie ? { cookie } : {} })
let [coordinator, speaker] = ['', '']
// a session that nobody used for hours has ended
t.beforeEach(async () => {
  coordinator = await w.signIn(cast.coordinator)
  speaker = await w.signIn(cast.psychologist)
})

t.test('a code opens at the beginning of its talk and no other code opens anything', async t => {
  for (const wrong of ['/o/x', `${code}x`, `${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}`])
    for (const answer of [await get(wrong), await submit(app, wrong, yes)]) t.equal(answer.statusCode, 404, wrong)
  const early = await get(code)
  t.equal(early.statusCode, 200)
  t.notMatch(early.body, '<form class="ask4"')
  t.equal((await submit(app, code, yes)).statusCode, 200)
  t.strictSame(await answers(), [])
  clock.now = at('2026-11-24T09:00Z')
  const open = await get(`${code}?l=ru`)
  t.equal(open.statusCode, 200)
  t.match(open.headers['x-robots-tag'], 'noindex')
  t.equal(open.headers['set-cookie'], undefined, 'and sets no cookie')
  const [help, box] = ['tel:111', 'name="remark"'].map(text => open.body.indexOf(text))
  t.ok(help !== undefined && box !== undefined && help > 0 && help < box, 'help stands before the box')
  for (const number of ['150', '102', '112']) t.match(open.body, `tel:${number}`)
})

t.test(
  'an answer is kept with its day alone; what leads to a person becomes stars; a form sent twice counts once',
  async t => {
    const form = formOn((await get(code)).body, code)
    const half = await submit(app, code, { ...form.fields, clear: '1', remark: 'Әке <b>' })
    t.equal(half.statusCode, 422)
    t.match(half.body, 'Әке &#60;b&#62;', 'everything typed is kept')
    t.match(half.body, /name="clear" value="1" checked/)
    t.equal((await submit(app, code, { ...yes, remark: 'ә'.repeat(501) })).statusCode, 422)
    const remark = 'Рақмет! 8 701 123-45-67, 900101300123, a.b@mail.kz, 9 сынып'
    for (const _ of [1, 2]) {
      const done = await submit(app, code, { ...form.fields, ...yes, remark })
      t.equal(done.statusCode, 303)
      t.equal(done.headers.location, `${code}?done=1`)
    }
    const [first, ...more] = await answers()
    t.strictSame(more, [])
    t.same(Object.keys(first ?? {}).sort(), [
      'again',
      'clear',
      'given_on',
      'id',
      'remark',
      'respectful',
      'talk_id',
      'useful',
    ])
    t.equal(first?.given_on, '2026-11-24')
    t.equal(first?.remark, 'Рақмет! ***, ***, 9 сынып')
    const kept = await db.selectFrom('form_answers').select('created_at').where('location', 'like', '/o/%').execute()
    t.same(
      kept.map(({ created_at }) => created_at.toUTC().toISO()),
      ['2026-11-23T19:00:00.000Z'],
      'the key of the form bears no finer time than the day',
    )
    const thanks = await get(`${code}?done=1`)
    for (const number of ['111', '150', '102']) t.match(thanks.body, `tel:${number}`)
  },
)

t.test('averages and remarks are seen from five answers on, remarks by the House alone', async t => {
  const page = async () => (await get(`/app/talks/${talk.talkId}`, coordinator)).body
  for (let n = 0; n < 3; n++) await submit(app, code, yes)
  const host = await get(`${link}/feedback`)
  t.equal((await submit(app, `${link}/feedback`, { clear: '9' })).statusCode, 422)
  t.notMatch(await page(), '4 / 5')
  t.notMatch(await page(), '***')
  const form = formOn(host.body, `${link}/feedback`)
  t.equal(
    (await submit(app, form.action, { ...form.fields, ...yes, useful: '1' })).headers.location,
    `${link}/feedback?done=1`,
  )
  t.match(await page(), '4,2 / 5')
  t.match(await page(), 'Рақмет! ***')
  const mine = await get(`/me/talks/${talk.talkId}`, speaker)
  t.match(mine.body, '4,2 / 5')
  t.notMatch(mine.body, 'Рақмет! ***')
})

t.test('twice as many answers as listeners, and not one more', async t => {
  await db.updateTable('talks').set({ heads_planned: 3 }).where('id', '=', talk.talkId).execute()
  const done = await Promise.all([1, 2, 3].map(() => submit(app, code, yes)))
  t.same(done.map(({ statusCode }) => statusCode).sort(), [303, 409, 409])
  t.equal((await answers()).length, 6)
  await db.updateTable('talks').set({ heads_planned: 60 }).where('id', '=', talk.talkId).execute()
})

t.test('a flood from one place is stopped; a form sent again is known and counts for nothing', async t => {
  await db.deleteFrom('limits').execute()
  await db.updateTable('talks').set({ heads_planned: 70 }).where('id', '=', talk.talkId).execute()
  const from = (remoteAddress: string, _key: string) =>
    app.inject({
      method: 'POST',
      url: code,
      remoteAddress,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      payload: new URLSearchParams({ ...yes, _key }).toString(),
    })
  const before = (await answers()).map(({ id }) => id)
  const first = await from('203.0.113.7', 'the first form')
  t.equal(first.statusCode, 303)
  const many = async () => (await db.selectFrom('limits').select('count').execute()).map(({ count }) => count)
  t.same(await many(), [1, 1])
  t.equal((await from('203.0.113.7', 'the first form')).headers.location, first.headers.location)
  t.same(await many(), [1, 1])
  await db.updateTable('limits').set({ count: 70 }).execute()
  t.equal((await from('203.0.113.7', 'the next form')).statusCode, 429)
  t.equal((await from('203.0.113.7', 'the first form')).statusCode, 303, 'what is kept is still said to be kept')
  t.equal((await answers()).length, before.length + 1)
  await db.deleteFrom('limits').execute()
  for (const place of ['2001:db8:1:2::1', '2001:db8:1:2::2', '203.0.113.8']) await from(place, `of ${place}`)
  t.same((await many()).sort(), [1, 2, 3], 'by network, and by talk')
  await db.deleteFrom('limits').execute()
  await db.deleteFrom('feedback').where('talk_id', '=', talk.talkId).where('id', 'not in', before).execute()
  await db.updateTable('talks').set({ heads_planned: 60 }).where('id', '=', talk.talkId).execute()
})

t.test('the host says how many came, kept apart from what the speaker says', async t => {
  const form = formOn((await get(`${link}/feedback`)).body, `${link}/heads`)
  const wrong = await submit(app, form.action, { ...form.fields, heads: 'көп' })
  t.equal(wrong.statusCode, 422)
  t.match(wrong.body, 'value="көп"')
  t.equal(
    (await submit(app, form.action, { ...form.fields, heads: '58' })).headers.location,
    `${link}/feedback?done=heads`,
  )
  const row = () =>
    db.selectFrom('talks').select(['heads_counted', 'heads_confirmed']).where('id', '=', talk.talkId).executeTakeFirst()
  t.same(await row(), { heads_counted: null, heads_confirmed: 58 })
  const [last] = await db.selectFrom('changes').select(['kind', 'by_whom']).orderBy('id', 'desc').limit(1).execute()
  t.same(last, { kind: 'heads-confirmed', by_whom: 'contact' })
  t.match((await get(`/app/talks/${talk.talkId}`, coordinator)).body, '58')
})

t.test('the host is asked once: with the outcome, or on the morning after', async t => {
  const asked = () =>
    db.selectFrom('messages').select(['talk_id', 'recipient']).where('kind', '=', 'feedback-asked').execute()
  clock.now = at('2026-11-24T10:00Z')
  const said = { held: '1', heads: '57' }
  t.equal((await submit(app, `/app/talks/${talk.talkId}/outcome`, said, coordinator)).statusCode, 303)
  t.equal((await asked()).length, 1)
  const silent = await booked(db, morning, { day: '2026-11-24', minute: 1020, host: 1, team: [cast.lawyer] })
  t.equal(await askTheRest(db, app.jobs, at('2026-11-25T03:59Z')), 0, 'not before nine')
  t.equal(await askTheRest(db, app.jobs, at('2026-11-25T04:01Z')), 1)
  t.equal(await askTheRest(db, app.jobs, at('2026-11-25T05:01Z')), 0)
  t.same((await asked()).map(({ talk_id }) => talk_id).sort(), [talk.talkId, silent.talkId].sort())
  clock.now = at('2026-11-25T05:00Z')
  w.mails.length = 0
  await w.deliver()
  const letters = w.mails.filter(({ text }) => text.includes('/feedback'))
  t.equal(letters.length, 2)
  t.ok(letters.every(({ text }) => /Рақмет/.test(text) || /рақмет/.test(text)))
  t.equal((await get(new URL(/http\S+\/feedback/.exec(letters[0]?.text ?? '')?.[0] ?? '').pathname)).statusCode, 200)
})

t.test('the sheet with the code is printed by the House, the team and the host, and by nobody else', async t => {
  for (const [url, cookie] of [
    [`/app/talks/${talk.talkId}/listeners`, coordinator],
    [`/me/talks/${talk.talkId}/listeners`, speaker],
    [`${link}/listeners`, ''],
  ] as const) {
    const page = await get(url, cookie)
    t.equal(page.statusCode, 200, url)
    t.match(page.body, code)
    t.match(page.body, '<svg')
  }
  t.equal(
    (await get(`/app/talks/${talk.talkId}/listeners`, await w.signIn(cast.coordinatorOfAnotherHouse))).statusCode,
    404,
  )
  t.equal((await get(`/app/talks/${talk.talkId}/listeners`, await w.signIn(cast.viewer))).statusCode, 404)
})

t.test('remarks go after a month, links say goodbye, contacts go after a year; counts stay', async t => {
  await submit(app, `${link}/message`, { message: 'Қақпа ауладан' })
  const written = () =>
    db.selectFrom('changes').select('detail').where('kind', '=', 'written').executeTakeFirstOrThrow()
  const people = () => db.selectFrom('contacts').select('id').where('name', '=', 'Сәуле Ахметқызы').execute()
  clock.now = at('2026-12-24T09:44Z')
  t.equal((await get(`${link}/feedback`)).statusCode, 200)
  await runRetention(db, clock.now)
  t.match(JSON.stringify((await written()).detail), 'Қақпа')
  t.ok((await answers()).some(({ remark }) => remark !== ''))
  clock.now = at('2026-12-26T00:00Z')
  for (const page of [code, `${link}`]) t.equal((await get(page)).statusCode, 410, page)
  t.equal((await get(`${link}/feedback`)).headers.location, link)
  t.equal((await submit(app, code, yes)).statusCode, 410)
  t.equal((await get(`${link}/listeners`)).statusCode, 404)
  await runRetention(db, clock.now)
  t.notMatch(JSON.stringify((await written()).detail), 'Қақпа')
  t.same([...new Set((await answers()).map(({ remark }) => remark))], [''])
  t.equal((await people()).length, 2)
  // the second talk's request still says "booked": its talk was the last event, too
  await db.updateTable('contacts').set({ created_at: morning }).where('name', '=', 'Сәуле Ахметқызы').execute()
  await runRetention(db, at('2027-11-24T09:44Z'))
  t.equal((await people()).length, 2, 'a year is not over')
  await runRetention(db, at('2027-11-25T13:00Z'))
  t.equal((await people()).length, 0)
  const row = await db
    .selectFrom('requests')
    .select(['contact_id', 'heads'])
    .where('id', '=', talk.requestId)
    .executeTakeFirstOrThrow()
  t.same(row, { contact_id: null, heads: 60 })
  t.same(
    await db
      .selectFrom('messages')
      .select('address')
      .where('request_id', '=', talk.requestId)
      .where('address', '<>', '')
      .where('recipient', 'like', 'contact:%')
      .execute(),
    [],
  )
  t.equal((await answers()).length, 6)
})

t.test('what is masked, counted and open', async t => {
  t.equal(masked('дүйсенбі 9:00, 30 адам, №12'), 'дүйсенбі 9:00, 30 адам, №12')
  t.equal(masked('+7 (701) 123 45 67'), '***')
  t.same(['0', '20 000', '20001', '-1', '', 'x'].map(headsOf), [0, 20000, undefined, undefined, undefined, undefined])
  const during = { from: at('2026-11-24T09:00Z'), to: at('2026-11-24T09:45Z') }
  t.equal(standing({ state: 'cancelled', during }, at('2026-11-24T10:00Z')), 'over')
  t.equal(hashOf('x').length, 64)
})
