import '../optimised.ts'
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { databaseNow } from '../../src/base/db/moment.ts'
import { keepSetting } from '../../src/base/db/settings.ts'
import { wallOf } from '../../src/base/time.ts'
import { deliverDue } from '../../src/messages/actions.ts'
import { isQuiet } from '../../src/messages/reminder-rules.ts'
import { server, world } from '../world.ts'
import { booking, every, live, type Planned, planned, type Sent, start } from './days.ts'

const reminders = (sent: Sent[]) => sent.filter(it => it.kind.startsWith('reminder-'))
const week = start.plus({ days: 5 })
const night = { from: 21 * 60, until: 7 * 60 }

/** None twice, none at night, none late, none that was not planned. */
function decent(t: Test, sent: Sent[], plan: Planned[]): void {
  const ids = reminders(sent).map(it => it.id)
  t.equal(new Set(ids).size, ids.length, 'none twice')
  for (const { id, kind, at } of reminders(sent)) {
    const row = plan.find(it => it.id === id)
    const time = start.set({}).plus({ milliseconds: Date.parse(at) - start.toMillis() })
    t.ok(row && time >= row.dueAt && time <= row.notAfter, `${kind} at ${at} is in time`)
    t.notOk(isQuiet(wallOf(time, 'Asia/Almaty').minute, night), `${kind} at ${at} is not at night`)
  }
}

t.test('a clock that runs through the week reminds of each talk as planned, and of none that is off', async t => {
  const here = await world(t)
  const { quiet_from, quiet_until } = await here.db
    .selectFrom('houses')
    .select(['quiet_from', 'quiet_until'])
    .where('slug', '=', 'almaty')
    .executeTakeFirstOrThrow()
  t.same(
    [quiet_from, quiet_until].map(it => it.slice(0, 5)),
    ['21:00', '07:00'],
  )
  const { standing, cancelled } = await booking(here)
  const sent = await live(here, every(30, start, week))
  const plan = await planned(here, standing)
  t.ok(plan.length >= 7, `${plan.length} reminders`)
  t.same(new Set(plan.map(it => it.state)), new Set(['sent']))
  t.same(
    reminders(sent)
      .map(it => it.id)
      .sort(),
    plan.map(it => it.id).sort(),
  )
  decent(t, sent, plan)
  t.same(new Set((await planned(here, [cancelled])).map(it => it.state)), new Set(['superseded']))
})

t.test('a clock that is put back says nothing twice', async t => {
  const here = await world(t)
  const { standing } = await booking(here)
  const there = start.plus({ days: 3 })
  const sent = [
    ...(await live(here, every(60, start, there))),
    ...(await live(here, every(60, there.minus({ hours: 1 }), there))),
    ...(await live(here, every(60, there.minus({ days: 1 }), week))),
  ]
  const plan = await planned(here, standing)
  t.same(new Set(plan.map(it => it.state)), new Set(['sent']))
  decent(t, sent, plan)
})

t.test('a clock that jumps ahead leaves out what is late, and the ledger says so', async t => {
  const here = await world(t)
  const { standing } = await booking(here)
  // from Monday noon to Thursday, 08:10 in Almaty: the talk at 10:20 is near, its earlier reminders are outdone
  const jump = start.set({ day: 26, hour: 3, minute: 10 })
  const sent = await live(here, [start.plus({ hours: 3 }), jump, ...every(60, jump, week)])
  const plan = await planned(here, standing)
  decent(t, sent, plan)
  for (const { state, reason } of plan) t.ok(state === 'sent' || reason !== null, `${state} ${reason}`)
  const early = await world(t)
  const over = await booking(early)
  // the talks are past: nothing reminds of them
  t.same(reminders(await live(early, [start.plus({ days: 6 })])), [])
  t.same(
    new Set((await planned(early, over.standing)).map(it => `${it.state} ${it.reason}`)),
    new Set(['skipped too-late']),
  )
})

t.test('the zone of the server changes nothing', async t => {
  const run = async (zone: string) => {
    const { stdout } = await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, 'days.ts')], {
      env: { ...process.env, TZ: zone },
    })
    const { zone: offset, said } = JSON.parse(stdout) as { zone: number; said: string[] }
    // each line begins with its time; who of one moment is written to first is nobody's matter
    return { zone: offset, said: said.sort() }
  }
  const almaty = await run('Asia/Almaty')
  t.ok(almaty.said.length > 10)
  const there = await run('America/St_Johns')
  t.not(there.zone, almaty.zone)
  t.same(there.said, almaty.said)
})

t.test(
  'a process whose own clock is wrong goes by that of the database, shifted for all',
  { skip: server() ? false : 'needs a PostgreSQL' },
  async t => {
    const here = await world(t, server())
    const post = { ...here.post, now: databaseNow }
    const shift = start.toMillis() - Date.now()
    await keepSetting(here.db, 'clock_shift_ms', String(shift))
    const { standing } = await booking(here)
    here.mails.length = 0
    const right = Date.now
    t.teardown(() => {
      Date.now = right
    })
    Date.now = () => right() + 3 * 86_400_000
    await deliverDue(post)
    t.same(
      here.mails.filter(mail => mail.kind.startsWith('reminder-')),
      [],
    )
    Date.now = () => right() - 3 * 86_400_000
    await keepSetting(here.db, 'clock_shift_ms', String(shift + 2 * 86_400_000 + 10 * 3_600_000))
    await deliverDue(post)
    const due = (await planned(here, standing)).filter(it => it.state === 'sent')
    t.ok(due.length > 0)
    t.same(
      here.mails
        .filter(mail => mail.kind.startsWith('reminder-'))
        .map(mail => mail.id)
        .sort(),
      due.map(it => it.id).sort(),
    )
  },
)
