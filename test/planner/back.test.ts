import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import { cast } from '../cast.ts'
import { ask, bookedTalk, names } from '../talks/situation.ts'
import { submit, world } from '../world.ts'

const w = await world(t)
const named = await names(w)
const { app, db } = w
const cookie = await w.signIn(cast.coordinator)
const send = (url: string, fields: Record<string, string | string[]>) => submit(app, url, fields, cookie)
const page = async (url: string) => (await app.inject({ url: `${url}?l=en`, headers: { cookie } })).body
async function over(id: string) {
  for (;;) {
    const { state } = await db.selectFrom('plans').select('state').where('id', '=', id).executeTakeFirstOrThrow()
    if (state !== 'running' && state !== 'releasing') return state
    await pause(50)
  }
}
async function made(fields: Record<string, string | string[]>): Promise<string> {
  const usual = { from: '2026-11-23', to: '2026-12-20', seconds: '10', moves: 'none' }
  const { headers } = await send('/app/planner', { ...usual, ...fields })
  const id = String(headers.location).split('/').at(-1) ?? ''
  await over(id)
  return id
}
const on = (date: string) => ({ windows: [{ from: date, to: date }] })
const outcomes = async (id: string) => {
  const rows = await db
    .selectFrom('plan_talks')
    .innerJoin('requests', 'requests.id', 'plan_talks.request_id')
    .select('outcome')
    .where('plan_id', '=', id)
    .orderBy('number')
    .execute()
  return rows.map(({ outcome }) => {
    const its = outcome as { talkId?: string; kept?: { code: string }; back?: true } | null
    return its?.kept ? its.kept.code : its?.talkId ? 'booked' : its?.back ? 'back' : null
  })
}
const states = async (numbers: number[]) => {
  const rows = await db
    .selectFrom('requests')
    .select('state')
    .where('number', 'in', numbers)
    .orderBy('number')
    .execute()
  return rows.map(({ state }) => state)
}
const letters = (state: 'waiting' | 'superseded') =>
  db
    .selectFrom('messages')
    .select('kind')
    .where('cause', 'like', 'talk:%')
    .where('state', '=', state)
    .orderBy('kind')
    .execute()

t.test(
  'a release is taken back whole: nobody hears of it who has heard nothing, and the draft is a draft again',
  async t => {
    const numbers = [
      await ask(w, named, { host: 'school-907', ...on('2026-11-25') }),
      await ask(w, named, { host: 'school-912', ...on('2026-11-26') }),
    ]
    const id = await made({ requests: numbers.map(String) })
    const back = `/app/planner/${id}/taking-back`
    t.equal((await send(back, {})).statusCode, 303, 'a draft has nothing to take back')
    await send(`/app/planner/${id}/release`, {})
    t.equal(await over(id), 'released')
    t.same(await outcomes(id), ['booked', 'booked'])
    t.match(await page(`/app/planner/${id}`), /Take everything back/)
    const pressed = await Promise.all([1, 2, 3].map(at => send(back, { _key: `back ${at % 2}` })))
    t.same([...new Set(pressed.map(({ statusCode }) => statusCode))], [303])
    t.equal(await over(id), 'done')
    t.same(await outcomes(id), [null, null])
    t.same(await states(numbers), ['waiting', 'waiting'])
    t.same(await letters('waiting'), [], 'nothing is owed to anybody')
    t.match(await page(`/app/planner/${id}`), /Release: 2 talks/)

    await send(`/app/planner/${id}/release`, {})
    t.equal(await over(id), 'released', 'it can be released again')
    t.same(await states(numbers), ['booked', 'booked'])
    w.clock.now = w.clock.now.plus({ minutes: 6 })
    t.notMatch(await page(`/app/planner/${id}`), /Take everything back/)
    const late = await send(back, {})
    t.equal(late.statusCode, 409)
    t.match(late.body, /id="errs"/)
    t.same(await states(numbers), ['booked', 'booked'])
  },
)

t.test('what has changed since stays, with its reason; who gave way and who was away are as before', async t => {
  const date = '2026-12-08'
  const swapped = await ask(w, named, { host: 'school-907', ...on(date) })
  const talk = await bookedTalk(w, named, swapped, `${date}T10:20`, ['zhunisov'])
  const speaker = named.speaker('zhunisov')
  const fresh = await ask(w, named, { host: 'school-912', ...on('2026-12-09') })
  const other = await ask(w, named, { host: 'school-913', ...on('2026-12-10') })
  const away = { away: speaker, awayFrom: date, awayTo: date, moves: 'unanswered' }
  const id = await made({ requests: [fresh, other].map(String), ...away })
  await send(`/app/planner/${id}/release`, {})
  t.equal(await over(id), 'released')
  t.same(await outcomes(id), ['booked', 'booked', 'booked'])
  t.equal((await db.selectFrom('absences').select('id').where('speaker_id', '=', speaker).execute()).length, 1)
  const changed = await db
    .selectFrom('talks')
    .innerJoin('requests', 'requests.id', 'talks.request_id')
    .select(['talks.id', 'talks.version'])
    .where('number', '=', fresh)
    .executeTakeFirstOrThrow()
  await db
    .updateTable('talks')
    .set({ version: changed.version + 1 })
    .where('id', '=', changed.id)
    .execute()
  await send(`/app/planner/${id}/taking-back`, {})
  t.equal(await over(id), 'released')
  t.same(await outcomes(id), ['back', 'stale', 'back'])
  t.same(await states([swapped, fresh, other]), ['booked', 'booked', 'waiting'])
  const result = await page(`/app/planner/${id}`)
  t.match(result, /Talks taken back: 2/)
  t.match(result, /Not taken back: this talk has changed since/)
  t.notMatch(result, /Take everything back/)
  const team = await db
    .selectFrom('assignments')
    .select('speaker_id')
    .where('talk_id', '=', talk)
    .where('state', '=', 'invited')
    .execute()
  t.same(team, [{ speaker_id: speaker }])
  t.same(await db.selectFrom('absences').select('id').where('speaker_id', '=', speaker).execute(), [])
})
