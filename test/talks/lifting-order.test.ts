import t from 'tap'
import { cast } from '../cast.ts'
import { formOn, submit, world } from '../world.ts'
import { ask, bookedTalk, names } from './situation.ts'

const w = await world(t)
const named = await names(w)
const { app, db, clock, mails } = w
const session = await w.signIn(cast.coordinator)
const get = async (url: string) => (await app.inject({ url, headers: { cookie: session } })).body
const send = (url: string, fields: Record<string, string | string[]>) => submit(app, url, fields, session)
const { district } = await db
  .selectFrom('hosts')
  .select('district')
  .where('id', '=', named.host('school-907'))
  .executeTakeFirstOrThrow()

async function close(date: string, outcome: string) {
  clock.now = clock.now.plus({ minutes: 1 })
  const query = new URLSearchParams({
    from: date,
    to: date,
    cause: 'frost',
    outcome,
    kinds: 'school',
    districts: district,
  })
  const { action, fields } = formOn(await get(`/app/closures/new?${query}`), '/app/closures')
  return String((await send(action, fields)).headers.location)
}
/** What the page before lifting said. */
async function lift(path: string) {
  clock.now = clock.now.plus({ minutes: 1 })
  const page = await get(`${path}/lifting?l=en`)
  const { action, fields } = formOn(page, `${path}/lifting`)
  await send(action, fields)
  return page
}
const state = async (id: string) => {
  const row = await db
    .selectFrom('talks')
    .select(['talks.state', 'talks.mode', 'request_id'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const { state } = await db
    .selectFrom('requests')
    .select('state')
    .where('id', '=', row.request_id ?? '')
    .executeTakeFirstOrThrow()
  const seats = await db.selectFrom('assignments').select('state').where('talk_id', '=', id).execute()
  return [row.state, row.mode, state, ...seats.map(seat => seat.state)].join(' ')
}
const letters = async () => {
  await w.deliver()
  return mails
    .splice(0)
    .map(({ kind, to }) => `${kind} ${to.address.split('@')[0]}`)
    .sort()
}
const dates = ['11-26', '11-27', '11-30', '12-01', '12-02', '12-03', '12-07', '12-08', '12-09']
async function booked() {
  const date = `2026-${dates.shift()}`
  const number = await ask(w, named, { windows: [{ from: date, to: date }] })
  const id = await bookedTalk(w, named, number, `${date}T09:20`, ['zhunisov'])
  await letters()
  return { date, id, onsite: await state(id) }
}
const obstacle = async (path: string) =>
  (
    await db
      .selectFrom('closure_talks')
      .select(['obstacle', 'restored_at'])
      .where('closure_id', '=', path.split('/').at(-1) ?? '')
      .execute()
  ).map(row => (row.restored_at ? 'restored' : JSON.stringify(row.obstacle)))

for (const outcome of ['postponed', 'online'] as const)
  t.test(`two closures over one talk, the first ${outcome}, lifted in either order`, async t => {
    for (const order of ['first', 'last'] as const) {
      const { date, id, onsite } = await booked()
      const first = await close(date, outcome)
      const closed = await state(id)
      t.not(closed, onsite)
      const second = await close(date, 'online')
      t.equal(await state(id), closed, 'the second finds nothing to change')
      await letters()
      if (order === 'first') {
        t.match(await lift(first), 'Will stay as they are now: 1')
        t.equal(await state(id), closed, 'the second still closes it')
        t.match(await obstacle(first), [/"closure"/])
        t.match(await get(`${first}?l=en`), 'It cannot be as it was.')
        t.same(await letters(), [])
        t.match(await lift(second), 'Will be as they were: 1')
        t.match(await obstacle(first), ['restored'])
      } else {
        await lift(second)
        t.equal(await state(id), closed, 'the first still closes it')
        t.same(await letters(), [])
        t.match(await lift(first), 'Will be as they were: 1')
      }
      t.equal(await state(id), onsite, `${order} lifted first`)
      t.equal((await letters()).filter(line => line.startsWith('closure ')).length, 2, 'each hears it once')
    }
  })

t.test(
  'a talk put online by one closure and called off by another comes back as far as the one that stands allows',
  async t => {
    for (const order of ['first', 'last'] as const) {
      const { date, id, onsite } = await booked()
      const first = await close(date, 'online')
      const online = await state(id)
      const second = await close(date, 'cancelled')
      const over = await state(id)
      t.match(over, /^cancelled online withdrawn/)
      await letters()
      await lift(order === 'first' ? first : second)
      t.equal(await state(id), order === 'first' ? over : online)
      await letters()
      await lift(order === 'first' ? second : first)
      t.equal(await state(id), onsite, order)
      t.equal((await letters()).filter(line => line.startsWith('closure ')).length, 2, 'each hears it once')
    }
  },
)

t.test('a third closure keeps what two lifted ones took, until it is lifted as well', async t => {
  const { date, id, onsite } = await booked()
  const paths = [await close(date, 'online'), await close(date, 'cancelled'), await close(date, 'postponed')]
  const over = await state(id)
  for (const path of paths.slice(0, 2)) {
    await lift(path)
    t.equal(await state(id), over)
  }
  await lift(paths[2] ?? '')
  t.equal(await state(id), onsite)
})
