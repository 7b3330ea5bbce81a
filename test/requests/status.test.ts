import { DateTime } from 'luxon'
import t from 'tap'
import { qr } from '../../src/base/http/qr.ts'
import { tokenOf } from '../../src/base/secrets.ts'
import { withdraw } from '../../src/requests/actions.ts'
import { linkEnds, stageOf } from '../../src/requests/status-rules.ts'
import { world } from '../world.ts'
import { toCheck, visitor } from './visitor.ts'

const secret = 'a secret of the tests, 32 characters or more'
const w = await world(t)

async function asked(email: string) {
  const school = visitor(w)
  await toCheck(school, { email })
  await school.send('/kk/request/check', {})
  const request = await w.db
    .selectFrom('requests')
    .select(['id', 'nonce', 'number', 'house_id', 'host_id', 'topic_id'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return { school, request, url: `/r/${tokenOf(secret, 'request', request.nonce)}` }
}

const told = async (requestId: string) =>
  (
    await w.db
      .selectFrom('messages')
      .select(['kind', 'state'])
      .where('request_id', '=', requestId)
      .orderBy('created_at')
      .orderBy('version')
      .orderBy('kind')
      .execute()
  ).map(({ kind, state }) => `${kind} ${state}`)

t.test('a link that nobody ever got is not there, however long it is', async t => {
  for (const token of ['x', 'x'.repeat(150), 'x'.repeat(300)])
    for (const page of ['', '.ics', '/reschedule', '/cancel', '/message'])
      t.equal((await w.app.inject({ url: `/r/${token}${page}` })).statusCode, 404, `${token.length} ${page}`)
})

t.test('looking at the link changes nothing; the button confirms, once', async t => {
  const { school, request, url } = await asked('one@mektep.example')
  t.equal((await school.get(url)).statusCode, 200)
  t.match(school.page(), 'Мекенжайды растаңыз')
  const state = () => w.db.selectFrom('requests').select('state').where('id', '=', request.id).executeTakeFirstOrThrow()
  t.strictSame(await state(), { state: 'unconfirmed' })
  const [first, second] = [await school.send(`${url}/confirm`, {}), await school.send(`${url}/confirm`, {})]
  t.equal(first.statusCode, 303)
  t.equal(second.statusCode, 303)
  t.equal(first.headers.location, url)
  t.strictSame(await state(), { state: 'waiting' })
  t.strictSame(await told(request.id), ['address-confirmation waiting', 'request-received waiting'])
  t.strictSame(
    (await w.db.selectFrom('changes').select('kind').where('request_id', '=', request.id).orderBy('id').execute()).map(
      ({ kind }) => kind,
    ),
    ['request-asked', 'request-confirmed'],
  )
  await school.get(url)
  t.match(school.page(), 'Өтінім қаралуда')
  t.match(school.page(), qr(`http://127.0.0.1:3000${url}`, 'Осы беттің сілтемесі бар QR-код'))
  const [board] = /<div class="only-print">[\s\S]*?<\/div>/.exec(school.page()) ?? []
  t.match(board, qr('http://127.0.0.1:3000/kk/h/almaty/help', 'Көмек нөмірлері бетінің сілтемесі бар QR-код'))
  const onPaper = school.page().replace(/<section class="[^"]*no-print[\s\S]*?<\/section>/g, '')
  t.notMatch(onPaper, 'Осы беттің сілтемесі бар QR-код', 'the sheet for the board opens nothing but help')
  t.match(school.page(), 'tel:111')
})

t.test('a wished time is said with the lesson it begins with, a window of hours is not', async t => {
  const { school, request, url } = await asked('lesson@mektep.example')
  const wish = () =>
    /Сіз белгілеген уақыттар:<br>(.*?)<\/span><\/li>/.exec(school.page())?.[1]?.replaceAll(/<[^>]*>/g, '')
  await school.get(url)
  t.match(wish(), /, \d\d:\d\d–\d\d:\d\d \(\d-сабақ\)$/)
  await school.get(`${url}?l=ru`)
  t.match(school.page(), /<br>[^<]*, \d\d:\d\d–\d\d:\d\d <span class="nb">\(урок \d\)/)
  const windows = w.db.updateTable('request_windows').where('request_id', '=', request.id)
  await windows.set({ from_time: '08:00', to_time: '12:00' }).execute()
  await school.get(url)
  t.match(wish(), /08:00–12:00$/)
  await windows.set({ from_time: '08:07', to_time: '08:52' }).execute()
  await school.get(url)
  t.match(wish(), /08:07–08:52$/, 'no lesson begins then')
})

t.test('the page speaks the language of the request, or the one that is asked for, and is kept by nobody', async t => {
  const { school, url } = await asked('two@mektep.example')
  const answer = await school.get(url)
  t.equal(answer.headers['content-language'], 'kk')
  t.equal(answer.headers['cache-control'], 'no-store')
  t.equal(answer.headers['referrer-policy'], 'no-referrer')
  t.match((await school.get(`${url}?l=ru`)).body, 'Подтвердите адрес')
})

t.test(
  'before the address is confirmed the page has one button; a withdrawal then writes no second letter',
  async t => {
    const { school, request, url } = await asked('three@mektep.example')
    await school.get(url)
    t.strictSame(
      [...school.page().matchAll(/<form method="post" action="([^"]*)"/g)].map(([, action]) => action),
      [`${url}/confirm`],
    )
    const form = { key: undefined, url: '', by: '', body: {}, now: w.clock.now }
    t.strictSame(await withdraw(w.app, form, url.slice('/r/'.length)), { location: url })
    await school.get(url)
    t.match(school.page(), 'Өтінім қайтарып алынды')
    t.strictSame(await told(request.id), ['address-confirmation superseded'])
  },
)

t.test('a confirmed request that is withdrawn is answered by a letter', async t => {
  const { school, request, url } = await asked('four@mektep.example')
  await school.get(url)
  await school.follow(await school.send(`${url}/confirm`, {}))
  await school.follow(await school.send(`${url}/cancel`, {}))
  t.strictSame((await told(request.id)).sort(), [
    'address-confirmation superseded',
    'request-received superseded',
    'request-withdrawn waiting',
  ])
})

t.test('a booked request says who comes and when, and can be withdrawn no more', async t => {
  const { school, request, url } = await asked('five@mektep.example')
  await school.get(url)
  await school.follow(await school.send(`${url}/confirm`, {}))
  const during = { from: DateTime.fromISO('2026-12-01T05:00Z'), to: DateTime.fromISO('2026-12-01T05:45Z') }
  const talk = await w.db
    .insertInto('talks')
    .values({
      house_id: request.house_id,
      request_id: request.id,
      host_id: request.host_id,
      topic_id: request.topic_id,
      zone: 'Asia/Almaty',
      held_on: '2026-12-01',
      from_time: '10:00',
      minutes: 45,
      during,
      mode: 'onsite',
      heads_planned: 30,
      created_at: w.clock.now,
      revised_at: w.clock.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const [comes, left] = await w.db.selectFrom('speakers').select(['id', 'name_kk']).orderBy('email').limit(2).execute()
  for (const [speaker, state] of [
    [comes, 'accepted'],
    [left, 'declined'],
  ] as const)
    await w.db
      .insertInto('assignments')
      .values({
        talk_id: talk.id,
        speaker_id: speaker?.id ?? '',
        profession: 'psychologist',
        state,
        busy: during,
        nonce: state,
        token_hash: state,
        invited_at: w.clock.now,
      })
      .execute()
  await w.db.updateTable('requests').set({ state: 'booked' }).where('id', '=', request.id).execute()
  const form = { key: undefined, url: '', by: '', body: {}, now: w.clock.now }
  t.strictSame(await withdraw(w.app, form, url.slice('/r/'.length)), { refused: 'talk-stands' })
  t.strictSame(
    await w.db.selectFrom('requests').select('state').where('id', '=', request.id).executeTakeFirstOrThrow(),
    { state: 'booked' },
  )
  await school.get(url)
  t.match(school.page(), 'Сейсенбі, 1 желтоқсан')
  t.match(school.page(), comes?.name_kk ?? '')
  t.notMatch(school.page(), left?.name_kk ?? '')
  t.notMatch(school.page(), `action="${url}/cancel"`)
  t.match(school.page(), `href="${url}/cancel"`)
  const before = w.clock.now
  w.clock.now = DateTime.fromISO('2026-12-31T05:44Z')
  t.equal((await school.get(url)).statusCode, 200)
  w.clock.now = DateTime.fromISO('2026-12-31T05:46Z')
  const over = await school.get(url)
  t.equal(over.statusCode, 410, '30 days after the talk the link has ended')
  t.match(over.headers['x-robots-tag'], 'noindex')
  t.notMatch(over.body, comes?.name_kk ?? '', 'and shows nobody')
  for (const word of ['Рақмет|рақмет', 'Спасибо', 'Thank you', 'tel:111', '/ru/h/almaty/request/topic'])
    t.match(over.body, new RegExp(word))
  w.clock.now = before
})

t.test('a declined request says why and what next', async t => {
  const { school, request, url } = await asked('six@mektep.example')
  await w.db
    .updateTable('requests')
    .set({ state: 'declined', decline_reason: 'no-time', ended_at: w.clock.now })
    .where('id', '=', request.id)
    .execute()
  await school.get(`${url}?l=en`)
  t.match(school.page(), 'no speaker is free at the times you chose')
  t.match(school.page(), `action="${url}/again?l=en"`)
})

t.test(
  'an unknown link is nothing, and a link opened more than three hundred times an hour waits, heads not counted',
  async t => {
    const { school, url } = await asked('seven@mektep.example')
    t.equal((await school.get('/r/nothing')).statusCode, 404)
    t.equal((await school.get(`${url}x`)).statusCode, 404)
    for (let n = 0; n < 299; n++) await school.get(url)
    for (let n = 0; n < 3; n++) {
      t.equal((await w.app.inject({ method: 'HEAD', url })).statusCode, 200)
    }
    t.equal((await school.get(url)).statusCode, 200)
    const answer = await school.get(url)
    t.equal(answer.statusCode, 429)
    t.match(answer.headers['retry-after'], /^\d+$/)
  },
)

t.test('where a request stands', async t => {
  t.strictSame(['unconfirmed', 'waiting', 'booked', 'held', 'declined'].map(stageOf), [0, 1, 2, 3, undefined])
  t.equal(linkEnds({ state: 'waiting', endedAt: null }, undefined), undefined)
})
