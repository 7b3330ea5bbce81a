import { DateTime } from 'luxon'
import type { Test } from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { cancel } from '../../src/talks/change-actions.ts'
import { monday } from '../cast.ts'
import { ask, bookedTalk, names } from '../talks/situation.ts'
import { type TestWorld, world } from '../world.ts'

export const start = DateTime.fromISO(monday, { zone: 'utc' })
export type Sent = { id: string; kind: string; to: string; at: string }
export type Planned = {
  id: string
  kind: string
  dueAt: DateTime
  notAfter: DateTime
  state: string
  reason: string | null
}

/** Two talks of this week, one with a speaker whose reminder would fall into the night, and a third that is called off. */
export async function booking(here: TestWorld): Promise<{ standing: string[]; cancelled: string }> {
  const { db, clock } = here
  const named = await names(here)
  const windows = [{ from: '2026-11-24', to: '2026-12-23' }]
  await db.updateTable('speakers').set({ reminder_hours: 6 }).where('id', '=', named.speaker('baizhan')).execute()
  const wide = () => ask(here, named, { windows, host: 'school-912' })
  const standing = [
    await bookedTalk(here, named, await ask(here, named), '2026-11-26T10:20', ['zhunisov']),
    await bookedTalk(here, named, await wide(), '2026-11-27T11:20', ['baizhan']),
  ]
  const cancelled = await bookedTalk(here, named, await wide(), '2026-11-30T10:20', ['baizhan'])
  await here.deliver()
  const by = { houseId: named.house, whom: 'account' as const, accountId: named.actor.accountId }
  await cancel(db, sleeping, { by, talkId: cancelled, location: '/x', reason: 'weather' }, clock.now)
  return { standing, cancelled }
}

/** Lets the clock show these times one after the other; what was sent, and when. */
export async function live(here: TestWorld, times: Iterable<DateTime>): Promise<Sent[]> {
  const sent: Sent[] = []
  for (const time of times) {
    here.clock.now = time
    here.mails.length = 0
    await here.deliver()
    const at = time.toUTC().toISO() ?? ''
    sent.push(...here.mails.map(mail => ({ id: mail.id, kind: mail.kind, to: mail.to.address, at })))
  }
  return sent
}

export function* every(minutes: number, from: DateTime, to: DateTime): Generator<DateTime> {
  for (let time = from; time <= to; time = time.plus({ minutes })) yield time
}

/** The reminders that stand in the ledger about these talks. */
export const planned = ({ db }: TestWorld, talks: string[]): Promise<Planned[]> =>
  db
    .selectFrom('messages')
    .select(['id', 'kind', 'due_at as dueAt', 'state', 'reason'])
    .select(it => it.fn.coalesce('not_after', 'due_at').as('notAfter'))
    .where('kind', 'like', 'reminder-%')
    .where('talk_id', 'in', talks)
    .orderBy('due_at')
    .orderBy('id')
    .execute()

/** A week of reminders as one process sees it; what was sent, without ids. */
export async function week(t: Pick<Test, 'teardown'>): Promise<string[]> {
  const here = await world(t as Test)
  await booking(here)
  const sent = await live(here, every(60, start, start.plus({ days: 5 })))
  return sent.map(it => `${it.at} ${it.kind} ${it.to}`).sort()
}

if (import.meta.main) {
  const ends: (() => unknown)[] = []
  const teardown = ((end: () => unknown) => void ends.push(end)) as Test['teardown']
  const said = await week({ teardown })
  for (const end of ends) await end()
  console.log(JSON.stringify({ zone: new Date().getTimezoneOffset(), said }))
}
