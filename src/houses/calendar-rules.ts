import type { Day } from '../base/time.ts'
import { grades, hostKinds, inThree, type Problem, reading, type Said } from './field-rules.ts'
import { type Calendar, dayOff, daysOff, type WeekType } from './rules.ts'

export type HolidayValue = {
  on: Day
  names: Said
  transferable: boolean
  mayShift: boolean
  confirmed: boolean
  source: string
}
export type SwapValue = { off: Day; work: Day; names: Said; source: string }
export type BanValue = {
  kind: (typeof banKinds)[number]
  strength: (typeof banStrengths)[number]
  from: Day
  to: Day
  hostKinds: string[]
  grades: number[]
  hostId: string | null
  exceptAudiences: string[]
  names: Said
  /** For the whole country. */
  country: boolean
}

export const banKinds = ['break', 'exam', 'tests', 'other'] as const
export const banStrengths = ['ban', 'warn'] as const
export const holidayFields = ['on', ...inThree('name'), 'transferable', 'mayShift', 'confirmed', 'source'] as const
export const swapFields = ['off', 'work', ...inThree('name'), 'source'] as const
export const reaches = ['house', 'country'] as const
export const banFields = ['kind', 'strength', 'from', 'to', 'host', 'reach', ...inThree('name')] as const
export const banLists = ['kinds', 'grades', 'except'] as const

type Sent<Fields extends readonly string[], Lists extends readonly string[] = []> = {
  texts: Record<Fields[number], string>
  lists: Record<Lists[number], string[]>
  repeated: string[]
}
type Read<Value> = { value: Value | undefined; problems: Problem[] }

/** A school year stands as confirmed by an order or by a coordinator; anything else is a guess that a banner tells. */
export const isConfirmed = (year: { status: string; confirmedOn: unknown }): boolean =>
  year.status === 'confirmed' || year.confirmedOn !== null

/** Where each holiday of a year moves to in this week type; those that don't move are missing. */
export function moved(calendar: Calendar, year: number, weekType: WeekType): Map<Day, Day> {
  const why = dayOff(calendar, weekType)
  const found = new Map<Day, Day>()
  for (const to of [...daysOff(calendar, year, weekType), ...daysOff(calendar, year + 1, weekType)]) {
    const off = why(to)
    const holiday =
      off?.kind === 'transfer' ? calendar.holidays.find(({ names, day }) => names === off.names && day < to) : undefined
    if (holiday?.day.startsWith(`${year}-`)) found.set(holiday.day, to)
  }
  return found
}

export function readHoliday(sent: Sent<typeof holidayFields>): Read<HolidayValue> {
  const form = reading(sent)
  const on = form.day('on')
  const names = form.said('name_kk', 'name_ru', 'name_en', 100)
  const source = form.long('source', 300)
  const { transferable, mayShift, confirmed } = sent.texts
  const value =
    on === undefined
      ? undefined
      : {
          on,
          names,
          source,
          transferable: transferable === '1',
          mayShift: mayShift === '1',
          confirmed: confirmed === '1',
        }
  return { value: form.problems.length === 0 ? value : undefined, problems: form.problems }
}

export function readSwap(sent: Sent<typeof swapFields>): Read<SwapValue> {
  const form = reading(sent)
  const off = form.day('off')
  const work = form.day('work')
  const names = form.said('name_kk', 'name_ru', 'name_en', 100)
  const source = form.long('source', 300)
  if (off && off === work) form.wrong({ field: 'work', code: 'same' })
  return {
    value: form.problems.length === 0 && off && work ? { off, work, names, source } : undefined,
    problems: form.problems,
  }
}

export function readBan(
  sent: Sent<typeof banFields, typeof banLists>,
  known: { hosts: string[]; audiences: string[] },
): Read<BanValue> {
  const form = reading(sent)
  const names = form.said('name_kk', 'name_ru', 'name_en', 100)
  const days = form.days('from', 'to')
  const kind = form.one('kind', banKinds)
  const strength = form.one('strength', banStrengths)
  const kinds = form.some('kinds', hostKinds)
  const its = form.some('grades', grades).map(Number)
  const hostId = sent.texts.host === '' ? null : (form.one('host', known.hosts) ?? null)
  const exceptAudiences = form.some('except', known.audiences)
  const value = kind &&
    strength &&
    days && {
      kind,
      strength,
      ...days,
      hostKinds: kinds,
      grades: its,
      hostId,
      exceptAudiences,
      names,
      country: sent.texts.reach === 'country',
    }
  return { value: form.problems.length === 0 ? value : undefined, problems: form.problems }
}
