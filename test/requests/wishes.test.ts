import t from 'tap'
import { tokenOf } from '../../src/base/secrets.ts'
import { world } from '../world.ts'
import { boxes, toCheck, visitor } from './visitor.ts'

const secret = 'a secret of the tests, 32 characters or more'
const w = await world(t)

async function asked(email: string, confirmed = true) {
  const school = visitor(w)
  await toCheck(school, { email })
  await school.send('/kk/request/check', {})
  const request = await w.db
    .selectFrom('requests')
    .select(['id', 'nonce', 'number'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const url = `/r/${tokenOf(secret, 'request', request.nonce)}`
  await school.get(url)
  if (confirmed) await school.follow(await school.send(`${url}/confirm`, {}))
  return { school, request, url }
}

const wishes = (id: string) =>
  w.db
    .selectFrom('request_windows')
    .select(['from_on as from', 'to_on as to', 'from_time as fromTime', 'to_time as toTime'])
    .where('request_id', '=', id)
    .orderBy('position')
    .execute()
const kinds = async (id: string) =>
  (await w.db.selectFrom('changes').select('kind').where('request_id', '=', id).orderBy('id').execute()).map(
    ({ kind }) => kind,
  )

t.test('while a request waits its host chooses other times; they take the place of the earlier ones', async t => {
  const { school, request, url } = await asked('one@mektep.example')
  const before = await wishes(request.id)
  t.match(school.page(), `${url}/wishes`, 'the page leads there')
  await school.get(`${url}/wishes`)
  const slots = boxes(school.page(), 'slot')
  t.ok(slots.length > 3, 'possible times stand there')
  t.strictSame(
    [...school.page().matchAll(/name="slot" value="([^"]+)" checked/g)].map(([, slot]) => slot),
    before.map(({ from, fromTime }) => `${from}T${fromTime.slice(0, 5)}`),
    'what was chosen before is chosen',
  )
  const other = slots.find(slot => !before.some(({ from }) => slot.startsWith(from))) ?? ''
  const own = { 'w0-date': '2026-12-10', 'w0-until': '2026-12-12', 'w0-from': '9:00', 'w0-to': '13.00' }
  const sent = await school.send(`${url}/wishes`, { slot: [other], ...own, latest: '31.12.2026' })
  t.equal(sent.statusCode, 303)
  t.equal(sent.headers.location, `${url}?done=wishes`)
  t.match((await w.app.inject(`${url}?done=wishes&l=ru`)).body, 'Новое время сохранено')
  const now = await wishes(request.id)
  t.strictSame(
    now.map(({ from, to, fromTime }) => [from, to, fromTime.slice(0, 5)]),
    [
      [other.slice(0, 10), other.slice(0, 10), other.slice(11)],
      ['2026-12-10', '2026-12-12', '09:00'],
    ],
  )
  const again = await school.send(`${url}/wishes`, { slot: [other], ...own, latest: '31.12.2026' })
  t.equal(again.statusCode, 303)
  t.strictSame(
    await kinds(request.id),
    ['request-asked', 'request-confirmed', 'request-wished'],
    'sent twice, done once',
  )

  await school.get(`${url}/wishes`)
  t.match(school.page(), 'value="2026-12-10"', 'a time of its own is there to be changed')
  const cookie = await w.signIn('zhaqsybek@kezdesu.example')
  const page = (await w.app.inject({ url: `/app/requests/${request.number}?l=kk`, headers: { cookie } })).body
  t.match(page, 'Ұйым басқа уақыттарды белгіледі')
  t.notMatch(page, /request-(asked|confirmed|wished)/, 'no printed key')
})

t.test('what is wrong is said beside its field, and what was typed stays', async t => {
  const { school, request, url } = await asked('two@mektep.example')
  const before = await wishes(request.id)
  const bad: [Record<string, string | string[]>, RegExp][] = [
    [{ slot: [] }, /href="#slot"/],
    [{ slot: ['2026-12-01T03:10'] }, /href="#slot"/],
    [{ slot: [], 'w0-date': '2020-01-01', 'w0-from': '09:00', 'w0-to': '10:00' }, /href="#w0-date"/],
    [{ slot: [], 'w0-date': '2026-12-31', 'w0-from': '12:00', 'w0-to': '10:00' }, /href="#w0-to"/],
    [{ slot: [], 'w0-date': '2026-02-30', 'w0-from': 'x', 'w0-to': '25:00' }, /href="#w0-from"/],
    [{ latest: '2026-11-01' }, /href="#latest"/],
  ]
  for (const [fields, said] of bad) {
    await school.get(`${url}/wishes`)
    const answer = await school.send(`${url}/wishes`, fields)
    t.equal(answer.statusCode, 422, JSON.stringify(fields))
    t.match(answer.body, said)
    for (const [name, value] of Object.entries(fields))
      if (typeof value === 'string') t.match(answer.body, new RegExp(`name="${name}" value="${value}"`))
  }
  t.strictSame(await wishes(request.id), before)
})

t.test('what somebody has decided meanwhile is not changed; a link that is not confirmed leads nowhere', async t => {
  const { school, request, url } = await asked('three@mektep.example')
  const before = await wishes(request.id)
  await school.get(`${url}/wishes`)
  await w.db
    .updateTable('requests')
    .set({ state: 'declined', decline_reason: 'no-time', ended_at: w.clock.now })
    .where('id', '=', request.id)
    .execute()
  const late = await school.send(`${url}/wishes`, { 'w0-date': '2026-12-10', 'w0-from': '09:00', 'w0-to': '13:00' })
  t.equal(late.statusCode, 303)
  t.strictSame(await wishes(request.id), before)
  const looked = await school.get(`${url}/wishes`)
  t.equal(looked.headers.location, url)

  const fresh = await asked('four@mektep.example', false)
  t.equal((await fresh.school.get(`${fresh.url}/wishes`)).statusCode, 404)
})
