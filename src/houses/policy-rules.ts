import { phoneOf } from '../base/text.ts'
import { minuteOf } from '../base/time.ts'
import { type Problem, reading } from './field-rules.ts'

export const policyFields = [
  'name_kk',
  'name_ru',
  'name_en',
  'address_kk',
  'address_ru',
  'phone',
  'opens_at',
  'closes_at',
  'notice_hours',
  'answer_hours',
  'undo_seconds',
  'buffer_minutes',
  'quiet_from',
  'quiet_until',
  'reminder_days',
  'reminder_day_before_at',
  'reminder_hours',
  'digest_day_at',
  'digest_week_at',
  'mentor_only_in_pair',
  'reads_calendars',
  'lessons',
  'substitutes_asked',
] as const
export type PolicyField = (typeof policyFields)[number]
export const lessonPolicies = ['offeredLessons', 'classHourOnly', 'outsideLessons'] as const

/** How a House works: its names, hours, notice, quiet time, reminders and rules; or what is to be mended. */
export function readPolicy(texts: Record<PolicyField, string>, repeated: string[] = []) {
  const read = reading({ texts, lists: {}, repeated })
  const time = (field: PolicyField): string => {
    const minute = minuteOf(texts[field])
    if (minute === undefined || minute === 1440) read.wrong({ field, code: texts[field] === '' ? 'empty' : 'unknown' })
    return texts[field]
  }
  const between = (field: PolicyField, from: string, to: string): string => {
    const text = time(field)
    if (minuteOf(text) !== undefined && (text < from || text > to))
      read.wrong({ field, code: 'like', example: `${from}–${to}` })
    return text
  }
  const names = read.said('name_kk', 'name_ru', 'name_en', 200)
  const address = { kk: read.long('address_kk', 300), ru: read.long('address_ru', 300) }
  const phone = texts.phone === '' ? null : (phoneOf(texts.phone) ?? undefined)
  if (phone === undefined) read.wrong({ field: 'phone', code: 'unknown' })
  const opens = { from: time('opens_at'), to: time('closes_at') }
  if (opens.from >= opens.to) read.wrong({ field: 'closes_at', code: 'ends-before' })
  const value = {
    names,
    address,
    phone: phone ?? null,
    opens,
    noticeMinutes: read.whole('notice_hours', 0, 720) * 60,
    answerHours: read.whole('answer_hours', 1, 168),
    undoSeconds: read.whole('undo_seconds', 0, 300),
    bufferMinutes: read.whole('buffer_minutes', 0, 120),
    quiet: { from: time('quiet_from'), until: time('quiet_until') },
    reminders: {
      days: read.whole('reminder_days', 0, 14),
      dayBeforeAt: time('reminder_day_before_at'),
      hours: read.whole('reminder_hours', 0, 12),
    },
    digests: { dayAt: between('digest_day_at', '05:00', '11:00'), weekAt: between('digest_week_at', '07:00', '21:00') },
    mentorOnlyInPair: texts.mentor_only_in_pair === '1',
    readsCalendars: texts.reads_calendars === '1',
    substitutesAsked: read.whole('substitutes_asked', 0, 5),
    lessons: read.one('lessons', lessonPolicies) as (typeof lessonPolicies)[number] | undefined,
  }
  const { lessons } = value
  return read.problems.length > 0 || lessons === undefined
    ? { value: undefined, problems: read.problems as Problem[] }
    : { value: { ...value, lessons }, problems: [] as Problem[] }
}
export type Policy = NonNullable<ReturnType<typeof readPolicy>['value']>
