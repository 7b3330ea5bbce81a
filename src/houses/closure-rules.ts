import { type Day, dayNumber, type Moment } from '../base/time.ts'
import { closes, stops } from '../hosts/ban-rules.ts'
import type { Closure, Host } from '../hosts/rules.ts'
import { shiftAt } from '../hosts/timetable-rules.ts'
import { grades, hostKinds, inThree, type Problem, reading, type Said } from './field-rules.ts'

export const causes = ['frost', 'wind', 'illness', 'other'] as const
export type Cause = (typeof causes)[number]
/** `link`: where talks go on that are held online, unless one has a meeting of its own. */
export type ClosureValue = Closure & { names: Said; cause: Cause; link: string | null }
/** A talk that stands, as far as a closure looks at it. */
export type Standing = {
  id: string
  moment: Moment
  online: boolean
  /** Whether the host can be talked to online at all. */
  mayGoOnline: boolean
  audience: string
  grades: number[]
  host: Pick<Host, 'kind' | 'district' | 'shifts'>
}

export const outcomes = ['online', 'postponed', 'cancelled'] as const
export const closureFields = ['from', 'to', 'cause', 'outcome', 'link', ...inThree('name')] as const
export const closureLists = ['districts', 'kinds', 'shifts', 'grades'] as const
export type ClosureSent = {
  texts: Record<(typeof closureFields)[number], string>
  lists: Record<(typeof closureLists)[number], string[]>
  repeated: string[]
}

/** Frost and illness are told for days or weeks; a longer one is a slip of the keyboard. */
const longestDays = 92

export const exampleMeeting = 'https://meet.example.kz/25-mektep'
const longestMeeting = 500
/** The address of a meeting as it may stand in letters and calendars; undefined for anything else. */
export const meetingOf = (text: string): string | undefined =>
  /^https:\/\/[\w.-]+(:\d+)?([/?#][^\s<>"]*)?$/.test(text) && text.length <= longestMeeting && URL.canParse(text)
    ? text
    : undefined

export function readClosure(
  sent: ClosureSent,
  known: { districts: string[]; shifts: string[]; today: Day },
): { value: ClosureValue | undefined; problems: Problem[] } {
  const form = reading(sent)
  const districts = form.some('districts', known.districts, 1)
  const days = form.days('from', 'to')
  if (days && days.to < known.today) form.wrong({ field: 'to', code: 'past' })
  if (days && dayNumber(days.to) - dayNumber(days.from) > longestDays) form.wrong({ field: 'to', code: 'far' })
  const shifts = form.some('shifts', known.shifts)
  const its = form.some('grades', grades).map(Number)
  const kinds = form.some('kinds', hostKinds)
  const cause = form.one('cause', causes)
  const outcome = form.one('outcome', outcomes)
  const link = sent.texts.link === '' ? null : (form.like('link', meetingOf(sent.texts.link), exampleMeeting) ?? null)
  const names = { kk: form.long('name_kk', 100), ru: form.long('name_ru', 100), en: form.long('name_en', 100) }
  const value = days &&
    outcome &&
    cause && {
      ...days,
      districts,
      hostKinds: hostKinds.filter(kind => kinds.includes(kind)),
      shifts,
      grades: its,
      outcome,
      cause,
      link,
      names,
    }
  return { value: form.problems.length === 0 ? value : undefined, problems: form.problems }
}

/** The talks that a closure stands against, as the engine judges it. */
export const touched = <Talk extends Standing>(closure: Closure, talks: Talk[]): Talk[] =>
  talks.filter(
    ({ host, audience, grades: its, moment, online }) =>
      stops(closure, online) &&
      closes(
        closure,
        host,
        { audience, grades: its, shift: shiftAt(host, { audience, grades: its }, moment) },
        moment.day,
      ),
  )
