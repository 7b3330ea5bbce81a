import t from 'tap'
import { cast } from '../cast.ts'
import { visitor } from '../requests/visitor.ts'
import { booked } from '../talks/booked.ts'
import { ask, names } from '../talks/situation.ts'
import { world } from '../world.ts'

const w = await world(t)
const { db } = w
const named = await names(w)
const staff = visitor(w, await w.signIn(cast.coordinator))
const theirs = visitor(w, await w.signIn(cast.coordinatorOfAnotherHouse))
const [kept, duplicate] = [named.host('school-907'), named.host('school-901')]
await ask(w, named, { host: 'school-907' })
await ask(w, named, { host: 'school-901' })
const first = await booked(db, w.clock.now, { day: '2026-11-10', host: 0 })
const held = { state: 'held' as const, heads_counted: 1240 }
await db
  .updateTable('talks')
  .set({ ...held, host_id: duplicate })
  .where('id', '=', first.talkId)
  .execute()
const next = await booked(db, w.clock.now, { day: '2026-12-03', host: 0 })
await db.updateTable('talks').set({ host_id: duplicate }).where('id', '=', next.talkId).execute()
await db
  .updateTable('requests')
  .set({ host_id: duplicate })
  .where('id', 'in', [first.requestId, next.requestId])
  .execute()

const { folded } = await db.selectFrom('hosts').select('folded').where('id', '=', kept).executeTakeFirstOrThrow()
await db.updateTable('hosts').set({ folded }).where('id', '=', duplicate).execute()

/** Everything that names a host, to be compared. */
async function hanging() {
  const of = async (table: 'contacts' | 'requests' | 'talks' | 'feeds' | 'bans') =>
    (await db.selectFrom(table).select(['id', 'host_id']).orderBy('id').execute()).map(row => [row.id, row.host_id])
  const hosts = await db.selectFrom('hosts').select(['id', 'folded', 'merged_into']).orderBy('id').execute()
  return [await of('contacts'), await of('requests'), await of('talks'), await of('feeds'), await of('bans'), hosts]
}
const merge = async () => {
  await staff.get(`/app/hosts/${kept}?l=ru`)
  const done = await staff.send(/merge$/, { duplicate })
  t.equal(done.statusCode, 303)
  await staff.get(`/app/hosts/${kept}?l=ru`)
}

t.test('a host shows its visits so far: how many, the last and the next, people, topics', async t => {
  await staff.get(`/app/hosts/${duplicate}?l=ru`)
  const part = /id="vh"[\s\S]*?<\/section>/.exec(staff.page())?.[0] ?? ''
  t.same(
    [...part.matchAll(/<dd>(?:<ul[^>]*><li>)?([^<]*)/g)].map(([, text]) => text?.replace(/^[^(]*\(/, '(')),
    ['1', '10.11.2026', '1\u00a0240', '03.12.2026', '(10.11.2026)'],
  )
})

t.test('a merge can be taken back, and both entries are as they were', async t => {
  const before = await hanging()
  await merge()
  t.notSame(await hanging(), before)
  const action = `/app/hosts/${kept}/merge/undo`
  t.equal((await theirs.get(`/app/hosts/${kept}`)).statusCode, 404)
  t.equal((await staff.send(action, {})).headers.location, `/app/hosts/${kept}?done=parted`)
  t.same(await hanging(), before)
  await staff.get(`/app/hosts/${kept}?l=ru`)
  t.notMatch(staff.page(), action)
  const kinds = await db.selectFrom('changes').select('kind').where('kind', 'like', 'hosts-%').orderBy('id').execute()
  t.same(
    kinds.map(({ kind }) => kind),
    ['hosts-merged', 'hosts-parted'],
  )
})

t.test('not once something new hangs on it, and not after thirty days', async t => {
  await merge()
  const number = await ask(w, named, { host: 'school-907' })
  const merged = await hanging()
  const refused = await staff.send(/undo$/, {})
  t.equal(refused.statusCode, 409)
  t.match(refused.body, `/app/requests/${number}`)
  t.same(await hanging(), merged)
  w.clock.now = w.clock.now.plus({ days: 31 })
  const late = visitor(w, await w.signIn(cast.coordinator))
  await late.get(`/app/hosts/${kept}`)
  t.notMatch(late.page(), /merge\/undo/)
  t.equal((await late.get(`/app/hosts/${duplicate}`)).statusCode, 404)
})
