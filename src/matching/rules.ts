import type { Day, Minute, Moment } from '../base/time.ts'
import type { LessonsPolicy } from '../hosts/lesson-rules.ts'
import type { Ban, Closure, Host, Interval, TimetableRefusal, TimetableWarning } from '../hosts/rules.ts'
import { dayWarnings, timetableRefusals } from '../hosts/timetable-rules.ts'
import type { Calendar } from '../houses/rules.ts'
import { speakerRefusals } from '../speakers/fitness-rules.ts'
import type { Speaker, SpeakerRefusal } from '../speakers/rules.ts'
import {
  type Audience,
  type ProfessionRule,
  type Topic,
  type TopicRefusal,
  type TopicWarning,
  topicWarnings,
} from '../topics/rules.ts'
import { type Reason, weighed } from './reason-rules.ts'
import { errandOf, requestRefusals, visitOf } from './request-rules.ts'
import { scheduleRefusals, scheduleWarnings } from './schedule-rules.ts'
import { calendarWarnings, personOf, teamRefusals } from './team-rules.ts'
import type { Travel } from './travel-rules.ts'

export type { Reason } from './reason-rules.ts'

export type Policy = {
  minimumNoticeMinutes: number
  /** A spiritual mentor or theologian goes to a school or college only in a pair. */
  pairRule: boolean
  lessons: LessonsPolicy
  /** Law quoted in a topic that nobody has checked for half a year: a word of warning, or no booking. */
  legalCheck: 'warn' | 'ban'
  /** Added to every journey between two talks. */
  bufferMinutes: number
  credentialsForMinors: string[]
}

export type Window = { from: Day; to: Day; fromMinute: Minute; toMinute: Minute; shift: string | undefined }

export type Request = {
  id: string
  audience: string
  grades: number[]
  heads: number
  languages: string[]
  mode: 'onsite' | 'online' | 'broadcast'
  windows: Window[]
  latest: Day | undefined
}

/** Everything `fit` judges by, read in one go; nothing in it changes while it is judged. Wall times of the House's zone throughout. */
export type World = {
  now: { day: Day; minute: Minute }
  policy: Policy
  calendar: Calendar
  bans: Ban[]
  closures: Closure[]
  host: Host
  topic: Topic
  audience: Audience
  professions: ProfessionRule[]
  speakers: Speaker[]
  /** Talks already in the host's halls. */
  hallTaken: (Moment & { talkId?: string; hallId?: string | undefined })[]
  travel: Travel
}

/** Who stands in which place of the topic's team. */
export type TeamMember = { speakerId: string; profession: string }

/** What a coordinator may set aside; the host's words and the House's own haste, never people, bells or the past. */
export type Waived = { windows?: boolean; notice?: boolean; latest?: boolean }

export type Refusal =
  | { code: 'ends-before-it-starts' }
  | { code: 'in-the-past' }
  | { code: 'short-notice'; minutes: number }
  | { code: 'after-latest'; latest: Day }
  | { code: 'outside-windows' }
  | { code: 'host-not-online' }
  | ({ code: 'hall-taken' } & Interval)
  | { code: 'no-hall-for'; heads: number; seats: number }
  | { code: 'unknown-speaker'; speakerId: string }
  | { code: 'twice'; speakerId: string }
  | { code: 'team-unfilled'; anyOf: string[] }
  | { code: 'no-place-for'; speakerId: string; profession: string }
  | { code: 'too-many-people'; people: number; most: number }
  | { code: 'no-shared-language'; languages: string[] }
  | { code: 'pair-rule'; profession: string; pairWith: string[] }
  | TimetableRefusal
  | TopicRefusal
  | SpeakerRefusal

export type Warning =
  | { code: 'outside-wishes' }
  | { code: 'notice-waived'; minutes: number }
  | { code: 'latest-waived'; latest: Day }
  | { code: 'more-than-seats'; heads: number; seats: number }
  | { code: 'calendar-unread'; speakerId: string; since: Day }
  | { code: 'short-version'; minutes: number; topicMinutes: number }
  | TimetableWarning
  | TopicWarning

export type Fit = { refusals: Refusal[]; warnings: Warning[]; reasons: Reason[]; cost: number }

/** The only judge: without refusals the talk may be booked, whoever asks and from wherever; lower cost is better. */
export function fit(world: World, request: Request, moment: Moment, team: TeamMember[], waived: Waived = {}): Fit {
  const visit = visitOf(world, request)
  const errand = errandOf(world, request)
  const refusals: Refusal[] = [
    ...requestRefusals(world, request),
    ...scheduleRefusals(world, request, moment, waived),
    ...timetableRefusals(world, visit, moment),
    ...teamRefusals(world, errand, team),
    ...team.flatMap(({ speakerId, profession }, at) => {
      const speaker = personOf(world, speakerId)
      const again = team.findIndex(member => member.speakerId === speakerId) < at
      return speaker && !again ? speakerRefusals(speaker, profession, errand, moment) : []
    }),
  ]
  return { refusals, ...praise(world, request, moment, team, waived) }
}

/** What `fit` says of a talk besides refusals. */
export function praise(
  world: World,
  request: Request,
  moment: Moment,
  team: TeamMember[],
  waived: Waived,
): Omit<Fit, 'refusals'> {
  return {
    warnings: [
      ...scheduleWarnings(world, request, moment, waived),
      ...dayWarnings(world, visitOf(world, request), moment.day),
      ...calendarWarnings(world, team),
      ...topicWarnings(world.topic, { legalCheck: world.policy.legalCheck, today: world.now.day, day: moment.day }),
    ],
    ...weighed(world, request, moment, team),
  }
}

/** The world as it would be without a talk, to judge where that talk may move or who may step in. */
export function withoutTalk(world: World, talkId: string): World {
  return {
    ...world,
    hallTaken: world.hallTaken.filter(taken => taken.talkId !== talkId),
    speakers: world.speakers.map(speaker =>
      speaker.engagements.some(talk => talk.talkId === talkId)
        ? { ...speaker, engagements: speaker.engagements.filter(talk => talk.talkId !== talkId) }
        : speaker,
    ),
  }
}

/** The world as it is for a talk that stands and stays: what is closed there was decided when it was closed, and it has its hall. */
export const undisputed = (world: World): World => ({
  ...world,
  closures: [],
  hallTaken: [],
  host: { ...world.host, halls: [] },
})
