import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import { transact } from '../../src/base/db/transact.ts'
import { sleeping } from '../../src/base/jobs.ts'
import { beginAgain, beginBack } from '../../src/planner/store.ts'
import { startPlanner } from '../../src/planner/work.ts'
import { cast } from '../cast.ts'
import { ask, bookedTalk, names } from '../talks/situation.ts'
import { server, submit, world } from '../world.ts'

const w = await world(t, server())
const named = await names(w)
const { app, db } = w
const cookie = await w.signIn(cast.coordinator)
const send = (url: string, fields: Record<string, string | string[]>) => submit(app, url, fields, cookie)
const page = async (url: string) => (await app.inject({ url: `${url}?l=en`, headers: { cookie } })).body
const plan = (id: string) => db.selectFrom('plans').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
async function over(id: string) {
  for (;;) {
    const { state } = await plan(id)
    if (state !== 'running' && state !== 'releasing') return state
    await pause(50)
  }
}
const usual = { from: '2026-11-23', to: '2026-12-20', seconds: '10', moves: 'none' }
async function made(fields: Record<string, string | string[]>): Promise<string> {
  const id =
    String((await send('/app/planner', { ...usual, ...fields })).headers.location)
      .split('/')
      .at(-1) ?? ''
  await over(id)
  return id
}
const lines = (id: string) =>
  db
    .selectFrom('plan_talks')
    .innerJoin('requests', 'requests.id', 'plan_talks.request_id')
    .select(['number', 'plan_talks.kind', 'step', 'held_on', 'from_minute', 'team', 'people', 'outcome', 'talk_id'])
    .where('plan_id', '=', id)
    .orderBy('number')
    .execute()
const shortOf = new Map(
  ['zhunisov', 'suleimenova', 'baizhan', 'bekuly'].map(name => [named.speaker(name), name] as const),
)
const team = (its: unknown) => (its as { speakerId: string }[]).map(({ speakerId }) => speakerId)
const on = (date: string) => ({ windows: [{ from: date, to: date }] })
const standing = (number: number) =>
  db
    .selectFrom('talks')
    .innerJoin('requests', 'requests.id', 'talks.request_id')
    .select(['talks.id', 'talks.version'])
    .where('number', '=', number)
    .where('talks.state', '=', 'booked')
    .execute()

t.test(
  'what was taken meanwhile is listed with its reason, everything else is booked once, however often it is pressed',
  async t => {
    const numbers = [
      await ask(w, named, { host: 'school-907', ...on('2026-11-25') }),
      await ask(w, named, { host: 'school-912', ...on('2026-11-26') }),
      await ask(w, named, { host: 'school-913', ...on('2026-11-27') }),
    ]
    const id = await made({ requests: numbers.map(String) })
    const draft = await lines(id)
    // one is booked by hand, and the speaker of another goes elsewhere
    const [first, second] = draft
    const people = team(first?.team).map(each => shortOf.get(each) ?? each)
    const clock = (minute: number | null | undefined) =>
      `${String(Math.floor((minute ?? 0) / 60)).padStart(2, '0')}:${String((minute ?? 0) % 60).padStart(2, '0')}`
    await submit(
      app,
      `/app/requests/${numbers[0]}/booking`,
      { startsAt: `${first?.held_on}T${clock(first?.from_minute)}`, speakers: team(first?.team) },
      cookie,
    )
    t.equal((await standing(numbers[0] ?? 0)).length, 1, people.join())
    await db
      .insertInto('absences')
      .values({
        speaker_id: team(second?.team)[0] ?? '',
        during: { from: w.clock.now.plus({ days: 2 }), to: w.clock.now.plus({ days: 4 }) },
      })
      .execute()
    const pressed = await Promise.all(
      Array.from({ length: 6 }, (_, at) => send(`/app/planner/${id}/release`, { _key: `press ${at % 3}` })),
    )
    t.same([...new Set(pressed.map(({ statusCode }) => statusCode))], [303])
    t.equal(await over(id), 'released')
    t.same(
      (await lines(id)).map(({ outcome }) => {
        const its = outcome as { talkId?: string; refused?: { code: string } } | null
        return its?.talkId ? 'booked' : its?.refused?.code
      }),
      ['request-ended', 'impossible', 'booked'],
    )
    for (const number of [numbers[0], numbers[2]]) t.equal((await standing(number ?? 0)).length, 1)
    t.equal((await standing(numbers[1] ?? 0)).length, 0)
    const result = await page(`/app/planner/${id}`)
    t.match(result, /Booked: 1 talk</)
    t.match(result, /Became impossible: 2 talks/)
    t.equal((await send(`/app/planner/${id}/release`, {})).statusCode, 303)
    t.equal((await standing(numbers[2] ?? 0)).length, 1, 'a release is done once')
  },
)

t.test(
  'a release says how many talks it has booked of those it is to book, and how many it has taken back',
  async t => {
    const numbers = [
      await ask(w, named, { host: 'school-907', ...on('2026-12-09') }),
      await ask(w, named, { host: 'school-912', ...on('2026-12-10') }),
      // a Sunday: nothing is taught
      await ask(w, named, { host: 'school-917', ...on('2026-12-13') }),
    ]
    const id = await made({ requests: numbers.map(String) })
    const counted = async () =>
      /<dt>([^<]*)<\/dt><dd data-said="placed">([^<]*)</.exec(await page(`/app/planner/${id}`))?.slice(1)
    await transact(db, trx => beginAgain(trx, id, 'releasing', w.clock.now))
    t.same(await counted(), ['Booked', '0 of 2'])
    const [first] = await lines(id)
    await db
      .updateTable('plan_talks')
      .set({ outcome: JSON.stringify({ talkId: 'one' }) })
      .where('plan_id', '=', id)
      .where('held_on', '=', first?.held_on ?? null)
      .execute()
    await transact(db, trx => beginBack(trx, id, w.clock.now))
    t.same(await counted(), ['Taken back', '0 of 1'])
    await db.deleteFrom('plans').where('id', '=', id).execute()
  },
)

t.test('a draft is deleted once, however often it is pressed, and not while it is at work', async t => {
  const id = await made({ requests: String(await ask(w, named, { host: 'school-907', ...on('2026-12-09') })) })
  const press = (_key: string) => send(`/app/planner/${id}/removal`, { _key })
  const set = (state: 'running' | 'done') => db.updateTable('plans').set({ state }).where('id', '=', id).execute()
  await set('running')
  t.equal((await press('early')).statusCode, 409)
  await set('done')
  const pressed = await Promise.all([press('twice'), press('twice')])
  for (const { statusCode, headers } of pressed) t.strictSame([statusCode, headers.location], [303, '/app/planner'])
  t.equal((await press('later')).statusCode, 404)
})

t.test('a plan whose process has died is gone on with, and one that dies again and again is ended', async t => {
  const number = await ask(w, named, { host: 'school-907', ...on('2026-12-02') })
  const id = await made({ requests: String(number) })
  const dead = (state: 'running' | 'releasing', attempts: number) =>
    db
      .updateTable('plans')
      .set({ state, attempts, claimed_by: named.house, claimed_until: w.clock.now.minus({ years: 1 }) })
      .where('id', '=', id)
      .execute()
  const faults: unknown[] = []
  const planner = startPlanner({
    ...{ db, jobs: sleeping, secret: app.config.secret, now: () => w.clock.now },
    onFault: error => faults.push(error),
  })
  await dead('running', 1)
  await Promise.all([planner.takeOver(), planner.takeOver()])
  t.equal(await over(id), 'done')
  t.equal((await plan(id)).attempts, 2, 'by one of those who found it')
  await dead('releasing', 1)
  await planner.takeOver()
  t.equal(await over(id), 'released')
  t.equal((await standing(number)).length, 1)
  await db
    .updateTable('plans')
    .set({
      state: 'running',
      released_at: null,
      attempts: 3,
      claimed_by: named.house,
      claimed_until: w.clock.now.minus({ years: 1 }),
    })
    .where('id', '=', id)
    .execute()
  await planner.takeOver()
  const end = await plan(id)
  t.match(end, { state: 'stopped', phase: 'failed' })
  t.match(await page(`/app/planner/${id}`), /The search did not come to an end/)
  await planner.stop()
  await db
    .updateTable('plans')
    .set({ state: 'running', attempts: 0, claimed_until: w.clock.now.minus({ years: 1 }) })
    .where('id', '=', id)
    .execute()
  const ending = startPlanner({
    ...{ db, jobs: sleeping, secret: app.config.secret, now: () => w.clock.now },
    onFault: error => faults.push(error),
  })
  await ending.takeOver()
  await ending.stop()
  t.match(await plan(id), { phase: 'over', claimed_by: null }, 'who ends leaves nothing at work')
  t.same(faults, [])
})

t.test(
  'who is away is replaced at the same hour, else the talk moves, else another gives way, and fewest hear of it first',
  async t => {
    const book = async (date: string, school: string, time: string, people: string[]) => {
      const number = await ask(w, named, { host: `school-${school}`, ...on(date) })
      await bookedTalk(w, named, number, `${date}T${time}`, people)
      return number
    }
    const date = '2026-12-08'
    const swapped = await book(date, '907', '10:20', ['zhunisov'])
    // nobody else is left but at other hours of the day: everybody but one is off until noon
    const id = await made({ away: named.speaker('zhunisov'), awayFrom: date, awayTo: date, moves: 'unanswered' })
    t.match(await lines(id), [{ number: swapped, kind: 'swapped', step: 'same-hour', people: 3 }])
    const others = await db.selectFrom('speakers').select('id').where('house_id', '=', named.house).execute()
    const off = (from: string, to: string) =>
      db
        .insertInto('absences')
        .values(
          others.map(({ id: speaker_id }) => ({
            speaker_id,
            during: {
              from: w.clock.now.set({ year: 2026, month: 12, day: 8 }).set({ hour: Number(from), minute: 0 }),
              to: w.clock.now.set({ year: 2026, month: 12, day: 8 }).set({ hour: Number(to), minute: 0 }),
            },
          })),
        )
        .execute()
    // 5:00 to 6:30 by UTC is 10:00 to 11:30 in Almaty
    await off('5', '7')
    const later = await made({ away: named.speaker('zhunisov'), awayFrom: date, awayTo: date, moves: 'unanswered' })
    t.match(await lines(later), [{ number: swapped, kind: 'moved', step: 'same-day', held_on: date }])
    await off('0', '18')
    const otherDay = await made({ away: named.speaker('zhunisov'), awayFrom: date, awayTo: date, moves: 'unanswered' })
    const [line] = await lines(otherDay)
    t.match(line, { number: swapped, kind: 'moved', step: 'other-day' })
    t.not(line?.held_on, date)
    await db.deleteFrom('absences').execute()
  },
)

t.test('a new request gets its place because another talk gives way, unless that one is accepted', async t => {
  const date = '2026-12-15'
  const [stays, early] = [named.speaker('zhunisov'), named.speaker('suleimenova')]
  const given = await ask(w, named, { host: 'school-912', ...on(date) })
  await bookedTalk(w, named, given, `${date}T10:20`, ['zhunisov'])
  await db.updateTable('speakers').set({ limit_day: 1 }).where('id', '=', stays).execute()
  const at = (hour: number, minute = 0) => w.clock.now.set({ year: 2026, month: 12, day: 15, hour, minute, second: 0 })
  const people = await db.selectFrom('speakers').select('id').where('house_id', '=', named.house).execute()
  await db
    .insertInto('absences')
    .values(
      people
        .filter(({ id }) => id !== stays)
        .map(({ id }) => ({
          speaker_id: id,
          during: id === early ? { from: at(6, 40), to: at(18) } : { from: at(0), to: at(18) },
        })),
    )
    .execute()
  const urgent = await ask(w, named, {
    host: 'school-907',
    windows: [{ from: date, to: date, fromTime: '12:00', toTime: '13:05' }],
  })
  const tried = async (moves: string) => {
    const id = await made({ requests: String(urgent), moves })
    return { id, said: (await lines(id)).map(({ number, kind, step, people }) => ({ number, kind, step, people })) }
  }
  const chain = [
    { number: given, kind: 'swapped', step: 'chain', people: 3 },
    { number: urgent, kind: 'new', step: 'chain', people: 2 },
  ]
  t.same((await tried('none')).said, [{ number: urgent, kind: 'unplaced', step: null, people: 0 }])
  const { id, said } = await tried('unanswered')
  t.same(said, chain)
  await db
    .updateTable('assignments')
    .set({ state: 'accepted', answered_at: w.clock.now })
    .where('speaker_id', '=', stays)
    .execute()
  t.same((await tried('unanswered')).said, [{ number: urgent, kind: 'unplaced', step: null, people: 0 }])
  t.same((await tried('all')).said, chain)
  await send(`/app/planner/${id}/release`, {})
  t.equal(await over(id), 'released')
  t.same(
    (await lines(id)).map(({ outcome }) => (outcome as { refused: { code: string } }).refused.code),
    ['stale', 'impossible'],
    'who has accepted meanwhile stays, and so nobody is free',
  )
  const sure = (await tried('all')).id
  await send(`/app/planner/${sure}/release`, {})
  t.equal(await over(sure), 'released')
  t.same(
    (await lines(sure)).map(({ outcome }) => Object.keys(outcome as object).join()),
    ['talkId', 'talkId'],
  )
  const goes = await db
    .selectFrom('assignments')
    .innerJoin('talks', 'talks.id', 'assignments.talk_id')
    .innerJoin('requests', 'requests.id', 'talks.request_id')
    .select(['number', 'speaker_id'])
    .where('number', 'in', [given, urgent])
    .where('assignments.state', 'in', ['invited', 'accepted'])
    .orderBy('number')
    .execute()
  t.same(goes, [
    { number: given, speaker_id: early },
    { number: urgent, speaker_id: stays },
  ])
})
