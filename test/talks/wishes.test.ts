import { DateTime } from 'luxon'
import t from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { followWishes } from '../../src/talks/wish-actions.ts'
import { world } from '../world.ts'
import { ask, bookedTalk, names } from './situation.ts'

const here = await world(t)
const named = await names(here)
const { db, clock, mails } = here
const start = clock.now
const wide = [{ from: '2026-11-24', to: '2026-12-23' }]
const follow = () =>
  followWishes(db, sleeping, clock.now, error => {
    throw error
  })
const speakerId = named.speaker('zhunisov')
const wish = (wishes: {
  reminder_days?: number | null
  reminder_hours?: number | null
  reminder_day_before_at?: string | null
  language?: 'kk' | 'ru'
}) => db.updateTable('speakers').set(wishes).where('id', '=', speakerId).execute()
const talk = () =>
  ask(here, named, { windows: wide }).then(number => bookedTalk(here, named, number, '2026-12-10T10:20', ['zhunisov']))
/** Reminders of a talk to its speaker or contact: kind, wall time, and how they stand if they don't wait. */
const planned = async (talkId: string, whom = 'speaker') => {
  const rows = await db
    .selectFrom('messages')
    .select(['kind', 'due_at', 'state', 'reason'])
    .where('talk_id', '=', talkId)
    .where('kind', 'like', 'reminder-%')
    .where('recipient', 'like', `${whom}:%`)
    .orderBy('due_at')
    .execute()
  return rows.map(({ kind, due_at, state, reason }) =>
    [
      kind.slice(9),
      due_at.setZone('Asia/Almaty').toFormat('dd.MM HH:mm'),
      ...(state === 'waiting' ? [] : [state, reason]),
    ].join(' '),
  )
}
const usual = ['days 03.12 10:20', 'day 09.12 18:00', 'hours 10.12 08:20']

t.beforeEach(async () => {
  clock.now = start
  await wish({ reminder_days: null, reminder_hours: null, reminder_day_before_at: null, language: 'kk' })
  await db.deleteFrom('messages').execute()
  await db.deleteFrom('assignments').execute()
  await db.deleteFrom('talks').execute()
  await db.deleteFrom('wish_marks').execute()
})

t.test('a process that is to end begins with no further reader, and the next one goes on', async t => {
  const id = await talk()
  await wish({ reminder_days: 0 })
  await followWishes(db, sleeping, clock.now, () => {}, AbortSignal.abort())
  t.same(await planned(id), usual)
  await follow()
  t.same(await planned(id), ['days 03.12 10:20 superseded unwished', ...usual.slice(1)])
})

t.test('who wishes other reminders gets them for the talks that are booked, too, and back again', async t => {
  const id = await talk()
  t.same(await planned(id), usual)
  await wish({ reminder_days: 0, reminder_hours: 1, reminder_day_before_at: '20:00' })
  await follow()
  t.same(await planned(id), ['days 03.12 10:20 superseded unwished', 'day 09.12 20:00', 'hours 10.12 09:20'])
  t.same(await planned(id, 'contact'), usual, 'nobody else’s')
  await wish({ reminder_days: 5, reminder_hours: 0, reminder_day_before_at: null })
  await follow()
  t.same(await planned(id), ['days 05.12 10:20', 'day 09.12 18:00', 'hours 10.12 09:20 superseded unwished'])
  await wish({ reminder_days: null, reminder_hours: null })
  await follow()
  t.same(await planned(id), usual)
  t.same(await db.selectFrom('wish_marks').selectAll().execute(), [])
})

t.test('what was sent is not sent again, and none comes that would be late', async t => {
  const id = await talk()
  await here.deliver()
  clock.now = DateTime.fromISO('2026-12-03T11:00:00+05:00', { zone: 'utc' })
  await here.deliver()
  mails.length = 0
  await wish({ reminder_days: 2, reminder_day_before_at: '19:00' })
  await follow()
  t.same(await planned(id), ['days 03.12 10:20 sent ', 'day 09.12 19:00', 'hours 10.12 08:20'])
  clock.now = DateTime.fromISO('2026-12-10T08:00:00+05:00', { zone: 'utc' })
  await wish({ reminder_days: 0, reminder_hours: 4 })
  await follow()
  t.same(
    await planned(id),
    ['days 03.12 10:20 sent ', 'day 09.12 19:00', 'hours 10.12 08:20 superseded unwished'],
    'what is due leaves by the sweep, and four hours before are over',
  )
  await here.deliver()
  t.same(
    mails
      .filter(mail => mail.kind.startsWith('reminder'))
      .map(({ kind }) => kind)
      .sort(),
    ['reminder-day', 'reminder-day'],
  )
})

t.test('a House’s other times are those of everybody who has no wish of their own', async t => {
  const id = await talk()
  await wish({ reminder_hours: 3 })
  await db.updateTable('houses').set({ reminder_hours: 1, quiet_from: '17:00' }).where('id', '=', named.house).execute()
  await follow()
  t.same(await planned(id), ['days 03.12 10:20', 'day 09.12 16:30', 'hours 10.12 07:20'])
  t.same(await planned(id, 'contact'), ['days 03.12 10:20', 'day 09.12 16:30', 'hours 10.12 09:20'])
  await db.updateTable('houses').set({ reminder_hours: 2, quiet_from: '21:00' }).where('id', '=', named.house).execute()
})

t.test('what waits is said in the language that its reader reads by now', async t => {
  const id = await talk()
  await here.deliver()
  await wish({ language: 'ru' })
  await follow()
  mails.length = 0
  clock.now = DateTime.fromISO('2026-12-09T18:00:00+05:00', { zone: 'utc' })
  await here.deliver()
  const its = mails.filter(mail => !mail.to.address.includes('school'))
  t.same(
    its.map(mail => [mail.kind, mail.language]),
    [['reminder-day', 'ru']],
  )
  t.match(its[0]?.text, /^Здравствуйте/)
  t.equal((await planned(id)).length, 3)
})

t.test('wishes of nothing that concerns reminders leave no mark', async t => {
  await db.updateTable('speakers').set({ phone: '+77010000001' }).where('id', '=', speakerId).execute()
  await db.updateTable('houses').set({ undo_seconds: 0, phone: '+77270000000' }).where('id', '=', named.house).execute()
  t.same(await db.selectFrom('wish_marks').selectAll().execute(), [])
})
