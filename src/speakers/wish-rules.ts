import { minuteOf } from '../base/time.ts'

export type WishFields = {
  phone?: string | undefined
  day?: string | undefined
  week?: string | undefined
  month?: string | undefined
  days?: string | undefined
  at?: string | undefined
  hours?: string | undefined
  sunday?: string | undefined
}
export type WishMistake = 'phone' | 'day' | 'week' | 'month' | 'days' | 'at' | 'hours' | 'sunday'
export type LimitField = 'day' | 'week' | 'month'
export type Wished = {
  limits: { day: number; week: number; month: number }
  reminders: { days: number | null; dayBeforeAt: string | null; hours: number | null; sundayAt: string | null }
}

/** More than this is a slip of the hand, not a wish. */
export const mostWished = { day: 6, week: 20, month: 60, days: 14, hours: 12 }

/** An hour at which somebody may be reminded: at night nobody is, so it would be a promise not kept. */
export function isWaking(text: string): boolean {
  const minute = minuteOf(text)
  return minute !== undefined && minute >= 420 && minute <= 1260
}

/** Limits and reminders as a form says them; an empty reminder means the House's own. */
export function wishesOf(fields: WishFields): Wished | { mistakes: WishMistake[] } {
  const mistakes: WishMistake[] = []
  const whole = (name: 'day' | 'week' | 'month' | 'days' | 'hours'): number => {
    const text = (fields[name] ?? '').trim()
    const value = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN
    if (!(value <= mostWished[name])) mistakes.push(name)
    return value
  }
  const orUsual = (name: 'days' | 'hours') => ((fields[name] ?? '').trim() === '' ? null : whole(name))
  const limits = { day: whole('day'), week: whole('week'), month: whole('month') }
  const reminders = {
    days: orUsual('days'),
    dayBeforeAt: fields.at || null,
    hours: orUsual('hours'),
    sundayAt: fields.sunday || null,
  }
  for (const name of ['at', 'sunday'] as const) if (fields[name] && !isWaking(fields[name])) mistakes.push(name)
  return mistakes.length > 0 ? { mistakes } : { limits, reminders }
}
