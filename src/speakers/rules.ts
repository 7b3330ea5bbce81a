import type { Day, Minute, Moment, Weekday } from '../base/time.ts'
import type { Interval, Point } from '../hosts/rules.ts'
import type { Spot, Travel } from '../matching/travel-rules.ts'

import type { Leave, Override } from './fairness-rules.ts'

export type Transport = 'walk' | 'transit' | 'car'
export type Weekly = { weekday: Weekday; from: Minute; to: Minute }
/** A booked talk of the speaker, already held against the calendar. */
export type Engagement = Moment & {
  talkId: string
  hostId?: string | undefined
  district: string
  point: Point | undefined
  online: boolean
  /** Another House's: it takes the person's time and way, and counts for no limit of this House. */
  elsewhere?: true | undefined
}

export type Speaker = {
  id: string
  professions: string[]
  languages: string[]
  /** Empty: every topic of these professions. */
  topics: string[]
  /** Empty: every audience. */
  audiences: string[]
  /** Districts of the speaker's groups, of them those that the speaker chose; empty: goes everywhere. */
  districts: string[]
  homeDistrict: string
  home: Point | undefined
  transport: Transport
  /** Weekly hours the person gives; empty: any hour that is not busy. */
  hours: Weekly[]
  busy: Weekly[]
  /** Days off, leave, and busy times of one date. A whole day is 0 … 1440. */
  absences: Moment[]
  /** The day since which the person's own calendar could not be read; what it said then still counts. */
  unreadSince?: Day | undefined
  pausedFrom: Day | undefined
  /** Inclusive; undefined with `pausedFrom`: until told otherwise. */
  pausedTo: Day | undefined
  /** From this day on the person speaks no more. */
  leftOn?: Day | undefined
  limits: { day: number; week: number; month: number }
  credentials: { kind: string; from: Day; until: Day | undefined }[]
  engagements: Engagement[]
  /** Hours with travel in the rolling quarter, and the hours offered for a quarter: their ratio is the fair share. */
  hoursServed: number
  hoursOffered: number
  /** Whole days off of the last months: nobody offers hours on them. */
  leave?: Leave[] | undefined
  /** What a coordinator said against the reckoned share, as long as it holds. */
  override?: Override | undefined
}

/** What a talk asks of anybody who would speak at it. `languages`: those asked for in which the topic is given. */
export type Errand = {
  topicId: string
  audience: string
  minors: boolean
  spot: Spot
  online: boolean
  languages: string[]
  bufferMinutes: number
  credentialsForMinors: string[]
  travel: Travel
}

export type SpeakerRefusal = { speakerId: string } & (
  | { code: 'lacks-profession'; profession: string }
  | { code: 'not-for-topic' }
  | { code: 'not-for-audience'; audience: string }
  | { code: 'not-in-district'; district: string }
  | { code: 'lacks-language'; languages: string[] }
  | { code: 'paused'; to: Day | undefined }
  | { code: 'left'; on: Day }
  | { code: 'credential-missing'; kind: string }
  | { code: 'credential-expired'; kind: string; until: Day }
  | { code: 'day-limit'; limit: number }
  | { code: 'week-limit'; limit: number }
  | { code: 'month-limit'; limit: number }
  | { code: 'outside-hours'; weekday: Weekday; hours: Interval[] }
  | ({ code: 'busy' } & Interval)
  | ({ code: 'absent' } & Interval)
  | ({ code: 'engaged'; talkId: string } & Interval)
  | ({ code: 'elsewhere' } & Interval)
  | { code: 'travel-before'; talkId: string; endsAt: Minute; minutes: number; buffer: number; gap: number }
  | { code: 'travel-after'; talkId: string; startsAt: Minute; minutes: number; buffer: number; gap: number }
)
