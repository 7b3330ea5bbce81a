import { type Day, isDay, type Minute, minuteOf } from '../base/time.ts'

/** What visitors typed, step by step, as they typed it: kept between the steps and read anew by each. */
export type TypedTopic = { topic: string; audience: string; grades: string[] }
export type TypedHost = { q: string; host: string; kind: string; name: string; district: string }
export type TypedWindow = { date: string; until: string; from: string; to: string }
export type TypedWhen = {
  heads: string
  classes?: string
  languages: string[]
  mode: string
  slots: string[]
  windows: TypedWindow[]
  latest: string
  note: string
}
export type TypedContact = { name: string; position: string; email: string; phone: string; consent: string }

/** The answers of a visitor between the steps; `again`: some stand there from an earlier request. */
export type Draft = {
  topic?: TypedTopic
  host?: TypedHost
  when?: TypedWhen
  contact?: TypedContact
  again?: { spoken: string[]; from: 'phone' | 'link' }
}

export const steps = ['topic', 'when', 'contact', 'check'] as const
export type Step = (typeof steps)[number]
/** The first step that has no answers yet. */
export type Missing = { missing: Step }

export type Wish = { from: Day; to: Day; fromMinute: Minute; toMinute: Minute }
export type AskedTopic = { topicId: string; audience: string; grades: number[] }
export type AskedHost = { id: string } | { kind: string; name: string; district: string }
export type AskedWhen = {
  heads: number
  /** Parallel classes that want a talk each; undefined: one. */
  classes?: { count: number; names: string[] } | undefined
  languages: string[]
  mode: 'onsite' | 'online'
  wishes: Wish[]
  latest: Day | undefined
  note: string
}
export type AskedContact = {
  name: string
  position: string
  email: string | undefined
  phone: string | undefined
  consent: boolean
}

/** What is wrong with one field, said in words beside it and in the summary above. */
export type Problem = { field: string; code: ProblemCode; least?: number; most?: number }
export type ProblemCode =
  | 'one-value'
  | 'topic-missing'
  | 'audience-missing'
  | 'grades-missing'
  | 'grades-outside'
  | 'search-short'
  | 'host-missing'
  | 'host-kind-wrong'
  | 'name-missing'
  | 'kind-missing'
  | 'district-missing'
  | 'heads-outside'
  | 'language-missing'
  | 'mode-missing'
  | 'wish-missing'
  | 'wishes-too-many'
  | 'slot-gone'
  | 'date-impossible'
  | 'date-past'
  | 'date-far'
  | 'until-before'
  | 'time-impossible'
  | 'window-ends-first'
  | 'window-over'
  | 'hour-twice'
  | 'hour-none'
  | 'latest-before-wish'
  | 'classes-unclear'
  | 'classes-many'
  | 'window-short'
  | 'window-night'
  | 'note-long'
  | 'person-missing'
  | 'text-long'
  | 'email-wrong'
  | 'phone-wrong'
  | 'reach-missing'
  | 'consent-missing'
  | 'source-missing'
  | 'host-similar'

/** `value` is there exactly when nothing is wrong. */
export type Reading<Value> = { problems: Problem[]; value: Value | undefined }
export const reading = <Value>(problems: Problem[], value: () => Value): Reading<Value> => ({
  problems,
  value: problems.length === 0 ? value() : undefined,
})

/** A date as a date field sends it, or as people write it: 25.11.2026. */
export function dayOf(text: string): Day | undefined {
  const [, date = '', month = '', year = ''] = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text) ?? []
  const day = year ? `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}` : text
  return isDay(day) ? day : undefined
}

/** A time as a time field sends it, or as people write it: 9:05, 9.05. */
export function timeOf(text: string): Minute | undefined {
  const [, hours, minutes] = /^(\d{1,2})[:.](\d{2})(?::00)?$/.exec(text) ?? []
  return hours && minutes ? minuteOf(`${hours.padStart(2, '0')}:${minutes}`) : undefined
}

/** A number of people; undefined for anything but digits. */
export const countOf = (text: string): number | undefined => (/^\d{1,6}$/.test(text) ? Number(text) : undefined)
