import fc from 'fast-check'
import { DateTime } from 'luxon'
import t from 'tap'
import { instantOrThrow, wallOf } from '../../src/base/time.ts'
import { isQuiet, quietEnds, remindersOf } from '../../src/messages/reminder-rules.ts'

const zone = 'Asia/Almaty'
const wishes = { quiet: { from: 1260, until: 420 }, days: 7, dayBeforeAt: 1080, hours: 2 }
const local = (text: string) => DateTime.fromISO(text, { zone })
const said = (startsAt: string, bookedAt: string, more: Partial<typeof wishes> = {}) =>
  remindersOf({ ...wishes, ...more, startsAt: local(startsAt), zone, bookedAt: local(bookedAt) }).map(
    it => `${it.kind} ${it.dueAt.setZone(zone).toFormat('MM-dd HH:mm')}`,
  )

t.test('reminders come seven days, the evening and two hours before', async t => {
  t.same(said('2026-12-10T10:00', '2026-11-23T09:00'), [
    'reminder-days 12-03 10:00',
    'reminder-day 12-09 18:00',
    'reminder-hours 12-10 08:00',
  ])
})

t.test('none lies before the booking', async t => {
  t.same(said('2026-11-26T10:20', '2026-11-23T09:00'), ['reminder-day 11-25 18:00', 'reminder-hours 11-26 08:20'])
  t.same(said('2026-11-26T10:20', '2026-11-25T18:00'), ['reminder-hours 11-26 08:20'])
  t.same(said('2026-11-26T10:20', '2026-11-26T09:00'), [])
  t.same(said('2026-11-26T10:20', '2026-11-27T09:00'), [])
})

t.test('one that would come at night comes the evening before, and not beside another', async t => {
  t.same(said('2026-11-26T08:00', '2026-11-23T09:00'), ['reminder-day 11-25 18:00'])
  t.same(said('2026-11-26T08:00', '2026-11-25T19:00'), ['reminder-hours 11-25 20:30'])
  t.same(said('2026-11-26T08:00', '2026-11-25T20:45'), [])
  t.same(said('2026-11-26T09:00', '2026-11-23T09:00'), ['reminder-day 11-25 18:00', 'reminder-hours 11-26 07:00'])
  t.same(said('2026-11-26T08:59', '2026-11-25T19:00'), ['reminder-hours 11-25 20:30'])
})

t.test('a House may wish fewer, and quiet times within one day', async t => {
  t.same(said('2026-12-10T10:00', '2026-11-23T09:00', { days: 0, hours: 0 }), ['reminder-day 12-09 18:00'])
  t.same(said('2026-12-10T04:00', '2026-11-23T09:00', { quiet: { from: 60, until: 360 } }), [
    'reminder-days 12-03 00:30',
    'reminder-day 12-09 18:00',
    'reminder-hours 12-10 00:30',
  ])
  t.same(said('2026-12-10T04:00', '2026-11-23T09:00', { quiet: { from: 0, until: 0 }, days: 0 }), [
    'reminder-day 12-09 18:00',
    'reminder-hours 12-10 02:00',
  ])
})

t.test('the quiet time ends at its end', async t => {
  t.equal(quietEnds(local('2026-11-25T23:10'), wishes.quiet).toISO(), local('2026-11-26T07:00').toISO())
  t.equal(quietEnds(local('2026-11-26T03:10'), wishes.quiet).toISO(), local('2026-11-26T07:00').toISO())
})

t.test('no reminder is ever early, late, at night or doubled', async () => {
  const minute = fc.integer({ min: 0, max: 1439 })
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 60 }),
      minute,
      fc.integer({ min: -100_000, max: 20_000 }),
      fc.integer({ min: 0, max: 14 }),
      minute,
      fc.integer({ min: 0, max: 48 }),
      minute,
      minute,
      (day, start, before, days, dayBeforeAt, hours, from, until) => {
        const startsAt = instantOrThrow('2026-11-23', 0, zone).plus({ days: day, minutes: start })
        const bookedAt = startsAt.plus({ minutes: before })
        const quiet = { from, until }
        const reminders = remindersOf({ startsAt, zone, bookedAt, days, dayBeforeAt, hours, quiet })
        return (
          reminders.length <= 3 &&
          new Set(reminders.map(it => it.kind)).size === reminders.length &&
          reminders.every((it, index) => {
            const last = reminders[index - 1]
            const spare = last === undefined || it.dueAt.diff(last.dueAt).as('hours') >= 4
            const awake = !isQuiet(wallOf(it.dueAt, zone).minute, quiet) || nearlyAllDay(quiet)
            return (
              spare &&
              awake &&
              it.dueAt > bookedAt &&
              it.dueAt < it.notAfter &&
              +it.notAfter === +startsAt.minus({ minutes: 30 })
            )
          })
        )
      },
    ),
    { numRuns: 2000 },
  )
})

/** Half an hour before a quiet time that leaves less than half an hour is quiet again. */
const nearlyAllDay = ({ from, until }: { from: number; until: number }) => (from - until + 1440) % 1440 < 30
