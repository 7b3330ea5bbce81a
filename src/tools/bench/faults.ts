import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { migrate } from '../../base/db/migrate.ts'
import { databaseNow } from '../../base/db/moment.ts'
import { type Db, openDatabase } from '../../base/db/open.ts'
import { dropSetting, keepSetting, settingOf } from '../../base/db/settings.ts'
import { openJobs, type Queue } from '../../base/jobs.ts'
import { type DateTime, instantFrom } from '../../base/time.ts'
import { dueMessages } from '../../messages/delivery-store.ts'
import { seedDemonstration } from '../seed/demonstration.ts'
import { type Crew, startCrew } from './faults/crew.ts'
import { isLost, type Load, openLoad } from './faults/load.ts'
import { letterModes, type MailServer, type Mode, mailServer } from './faults/mail-server.ts'
import { ownPostgres } from './faults/postgres.ts'
import { judge, type Outage, type Verdict } from './faults/verdict.ts'

export type Trial = { kills: number; restarts: number; requests: number; days: number; say?: (text: string) => void }
export type Endured = Verdict & {
  kills: number
  restarts: number
  falls: string[]
  modes: Record<string, number>
  seconds: number
}

// a Monday on which schools teach, so that a run means the same on every day of the year
const begin = '2026-11-23T04:00:00Z'
const secret = 'a secret of the trial, 32 characters or more'

/**
 * Two workers are killed and their database crashes while talks are booked, moved and called off and the mail server fails
 * in every way; then everything may settle, and what was promised is counted (reliability.md sections 4 and 7).
 */
export async function endure({ kills, restarts, requests, days, say = () => {} }: Trial): Promise<Endured> {
  const begun = performance.now()
  const postgres = await ownPostgres()
  const ends: (() => Promise<unknown> | unknown)[] = [postgres.stop]
  try {
    const database = await openDatabase({ url: postgres.url })
    ends.unshift(database.close)
    const { db } = database
    await migrate(db)
    await shiftTo(db, instantFrom(begin))
    await seedDemonstration(db, { size: 'small', seed: 1, now: await databaseNow(db), secret, say: () => {} })
    await db.deleteFrom('messages').execute()
    const jobs = await openJobs(database, () => {})
    ends.unshift(jobs.stop)
    const load = await openLoad(db, jobs, secret, { requests, days })
    let failing = true
    let turns = 0
    const turn = (of: 'connection' | 'letter'): Mode => {
      if (!failing) return 'ok'
      if (of === 'connection') return Math.random() < 0.1 ? 'TLS fails' : 'ok'
      return modesInTurn[turns++ % modesInTurn.length] ?? 'ok'
    }
    const server = await mailServer(turn)
    ends.unshift(server.close)
    const crew = startCrew(2, { DATABASE_URL: postgres.url, APP_SECRET: secret }, server.port)
    ends.unshift(crew.stop)
    const outages = await torment({ kills, restarts, load, crew, db, jobs, server, crash: postgres.crash })
    say(`${Math.round((performance.now() - begun) / 1000)} s: ${server.copies.length} letters, now all may settle`)
    failing = false
    await settleAll(db, jobs, crew, say)
    const verdict = await judge(db, load.operations, server, crew, outages)
    return {
      ...verdict,
      kills: crew.kills.length,
      restarts: outages.length,
      falls: crew.falls,
      modes: modesOf(server),
      seconds: Math.round((performance.now() - begun) / 1000),
    }
  } finally {
    for (const end of ends) await end()
  }
}

const triedBy = ({ met }: MailServer): number => met.values().reduce((sum, count) => sum + count, 0)

const modesOf = (server: MailServer): Record<string, number> => Object.fromEntries(server.met)

/** Every other letter gets through in the end, or nothing would be sent twice. */
const modesInTurn = letterModes.flatMap(mode => (mode === 'ok' ? [] : ['ok' as const, mode]))

type Torment = {
  kills: number
  restarts: number
  load: Load
  crew: Crew
  db: Db
  jobs: Queue
  server: MailServer
  crash: () => Promise<void>
}

/** Kills and crashes at random moments while the load goes on and the clock is put forward between letters. */
async function torment({ kills, restarts, load, crew, db, jobs, server, crash }: Torment): Promise<Outage[]> {
  const outages: Outage[] = []
  let over = false
  const forever = async (least: number, most: number, work: () => Promise<unknown>) => {
    while (!over) {
      await pause(least + Math.random() * (most - least))
      if (!over) await work()
    }
  }
  const killing = async () => {
    while (crew.kills.length < kills || outages.length < restarts) {
      // on a busy machine workers start slowly: some letters are tried between two kills
      const tried = triedBy(server)
      await pause(500 + Math.random() * 2500)
      for (const late = performance.now() + 4000; performance.now() < late && triedBy(server) < tried + 3; )
        await pause(50)
      crew.kill()
      if (outages.length < restarts && crew.kills.length * restarts >= (outages.length + 0.5) * kills) {
        const from = performance.now()
        await crash()
        outages.push({ from, to: performance.now() })
      }
    }
    over = true
  }
  await Promise.all([
    killing(),
    forever(300, 1200, load.step),
    forever(300, 1200, load.step),
    forever(3000, 6000, () => patiently(() => putForward(db, jobs, crew, 5 + Math.random() * 60))),
  ])
  return outages
}

/** Minutes pass for everybody at once, while no living worker has a letter in hand: claims of the dead run out, others don't. */
async function putForward(db: Db, jobs: Queue, crew: Crew, minutes: number): Promise<void> {
  await keepSetting(db, 'mail_hold', 'the clock is put forward')
  try {
    await crew.idle()
    await shiftTo(db, (await databaseNow(db)).plus({ minutes }))
  } finally {
    await patiently(() => dropSetting(db, 'mail_hold'))
  }
  await jobs.wake()
}

async function shiftTo(db: Db, to: DateTime): Promise<void> {
  const shift = Number((await settingOf(db, 'clock_shift_ms')) ?? 0)
  const real = (await databaseNow(db)).minus({ milliseconds: shift })
  await keepSetting(db, 'clock_shift_ms', String(Math.round(to.diff(real).toMillis())))
}

/** Goes on until the database is back. */
async function patiently(work: () => Promise<unknown>): Promise<void> {
  for (;;)
    try {
      await work()
      return
    } catch (error) {
      if (!isLost(error)) throw error
      await pause(100)
    }
}

/** Lets time pass from one due letter to the next until nothing waits any more. */
async function settleAll(db: Db, jobs: Queue, crew: Crew, say: (text: string) => void): Promise<void> {
  for (let step = 0; step < 2000; step++) {
    const { rows } = await sql<{ next: DateTime | null; left: number }>`
      select min(case when state = 'sending' then claimed_until else greatest(due_at, next_try_at) end) as next, count(*)::int as left
      from messages where state in ('waiting', 'sending')`.execute(db)
    const [next] = rows
    if (!next?.next) return
    const now = await databaseNow(db)
    if (step % 20 === 0) say(`${next.left} letters left`)
    // reminders may be late by two hours and a half, and not into the night
    const minutes = next.next > now ? next.next.diff(now).as('minutes') + 25 : 0
    await patiently(() => putForward(db, jobs, crew, minutes))
    await drained(db)
    await crew.idle()
  }
  throw new Error('letters still wait after 2000 steps')
}

/** Until nothing is due; what the dead have claimed must not hold up the rest. */
async function drained(db: Db): Promise<void> {
  for (const late = performance.now() + 30_000; performance.now() < late; await pause(50))
    if ((await dueMessages(db, await databaseNow(db), 1)).length === 0) return
}

/** `npm run bench -- faults`: the whole trial, with its table; everything under `faults` must be nothing. */
export async function faults(): Promise<void> {
  const { FAULT_KILLS: kills = '100', FAULT_RESTARTS: restarts = '10' } = process.env
  const it = await endure({
    kills: Number(kills),
    restarts: Number(restarts),
    requests: 60,
    days: 4,
    say: console.error,
  })
  console.log(tableOf(it))
  if (failuresOf(it).length > 0) process.exitCode = 1
}

/** What must be empty after a trial. */
export const failuresOf = (it: Endured): string[] => [
  ...it.lost,
  ...it.missing,
  ...it.remindedAfterCancellation,
  ...it.unexplained,
  ...it.unequal,
  ...it.falls,
]

export function tableOf(it: Endured): string {
  const said = (counts: Record<string, number>) =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(' · ')
  const lines: [string, string | number][] = [
    ['seconds', it.seconds],
    ['workers killed', it.kills],
    ['database crashed', it.restarts],
    ['operations', said(it.operations)],
    ['the mail server', said(it.modes)],
    ['the ledger', said(it.ledger)],
    ['letters at the server', it.letters],
    ['extra copies, explained', said(it.extra) || 0],
    ['… unexplained', it.unexplained.length],
    ['… written anew after a change', it.renewed],
    ['… not equal to the byte', it.unequal.length],
    ['operations lost or doubled', it.lost.length],
    ['letters missing', it.missing.length],
    ['reminders of cancelled talks', it.remindedAfterCancellation.length],
    ['workers that fell by themselves', it.falls.length],
  ]
  return [...lines.map(([name, figure]) => `${name.padEnd(32)}${figure}`), ...failuresOf(it).slice(0, 20)].join('\n')
}
