import type { DateTime, Minute } from '../base/time.ts'

/** What a House (or a person) wants to be reminded of: days before, the evening before, hours before; 0 means never. */
export type ReminderWishes = {
  quiet: { from: Minute; until: Minute }
  days: number
  dayBeforeAt: Minute
  hours: number
}
export type Reminder = {
  kind: 'reminder-days' | 'reminder-day' | 'reminder-hours'
  dueAt: DateTime
  notAfter: DateTime
}

/** One that comes too soon after another says nothing new. */
const hoursBetween = 4

/**
 * The reminders of a talk, earliest first: none before the booking itself, none in the quiet hours (it comes the evening
 * before instead, and not at all when that evening already has one), none in the last half hour.
 */
export function remindersOf(
  talk: ReminderWishes & { startsAt: DateTime; zone: string; bookedAt: DateTime },
): Reminder[] {
  const starts = talk.startsAt.setZone(talk.zone)
  const notAfter = starts.minus({ minutes: 30 })
  const wished: { kind: Reminder['kind']; at: DateTime }[] = []
  if (talk.days > 0) wished.push({ kind: 'reminder-days', at: starts.minus({ days: talk.days }) })
  wished.push({ kind: 'reminder-day', at: atMinute(starts.minus({ days: 1 }), talk.dayBeforeAt) })
  if (talk.hours > 0) wished.push({ kind: 'reminder-hours', at: starts.minus({ hours: talk.hours }) })
  const reminders: Reminder[] = []
  const possible = wished
    .map(it => ({ kind: it.kind, dueAt: outsideQuiet(it.at, talk.quiet), notAfter }))
    .filter(it => it.dueAt > talk.bookedAt && it.dueAt < notAfter)
    .sort((a, b) => a.dueAt.toMillis() - b.dueAt.toMillis())
  for (const reminder of possible) {
    const last = reminders.at(-1)
    if (!last || reminder.dueAt.diff(last.dueAt).as('hours') >= hoursBetween) reminders.push(reminder)
  }
  return reminders
}

/** Whether nobody wants to be written to at this wall time. */
export function isQuiet(minute: Minute, quiet: ReminderWishes['quiet']): boolean {
  if (quiet.from === quiet.until) return false
  return quiet.from < quiet.until
    ? minute >= quiet.from && minute < quiet.until
    : minute >= quiet.from || minute < quiet.until
}

/** The same instant, or half an hour before the quiet time around it began. */
function outsideQuiet(at: DateTime, quiet: ReminderWishes['quiet']): DateTime {
  const minute = at.hour * 60 + at.minute
  if (!isQuiet(minute, quiet)) return at
  const began = atMinute(minute >= quiet.from ? at : at.minus({ days: 1 }), quiet.from)
  return began.minus({ minutes: 30 })
}

const atMinute = (day: DateTime, minute: Minute): DateTime =>
  day.set({ hour: Math.floor(minute / 60), minute: minute % 60, second: 0, millisecond: 0 })

/** When the quiet time around a local instant is over. */
export function quietEnds(at: DateTime, quiet: ReminderWishes['quiet']): DateTime {
  const end = atMinute(at, quiet.until)
  return end > at ? end : atMinute(at.plus({ days: 1 }), quiet.until)
}
