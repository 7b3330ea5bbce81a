import type { Day, Minute } from '../base/time.ts'
import type { Speaker } from '../speakers/rules.ts'
import type { Request, Waived, Window, World } from './rules.ts'
import { wishesOf } from './schedule-rules.ts'

/** One thing that could be otherwise. Those of a speaker are asked of that speaker, the rest of the host or the House. */
export type Change =
  | { code: 'other-time'; day: Day; from: Minute; to: Minute }
  | { code: 'other-day'; day: Day; from: Minute; to: Minute }
  | { code: 'later-date'; latest: Day }
  | { code: 'waive-notice'; minutes: number }
  | { code: 'check-law' }
  | { code: 'other-language'; language: string }
  | { code: 'online' }
  | { code: 'split-group'; parts: number; heads: number }
  | { code: 'larger-group'; heads: number }
  | { code: 'fewer-grades'; grades: number[] }
  | { code: 'shorter'; minutes: number }
  | { code: 'one-more-speaker'; anyOf: string[]; languages: string[] }
  | Stretch
/** What one speaker would have to agree to. */
export type Stretch =
  | { code: 'one-more-talk'; speakerId: string; per: 'day' | 'week' | 'month'; limit: number }
  | { code: 'ask-hours'; speakerId: string }
  | { code: 'other-district'; speakerId: string }
  | { code: 'take-topic'; speakerId: string }
  | { code: 'take-audience'; speakerId: string }
  | { code: 'renew-credential'; speakerId: string; kind: string }

export type Case = { world: World; request: Request; waived: Waived }

/** The same question with just one thing otherwise. */
export function changed({ world, request, waived }: Case, wish: number, change: Change): Case {
  const windows = wishesOf(world, request)
  const at = (window: Window) => ({
    ...request,
    windows: windows.map((each, index) => (index === wish ? window : each)),
  })
  switch (change.code) {
    case 'other-time':
    case 'other-day': {
      const { day, from, to } = change
      return { world, request: at({ from: day, to: day, fromMinute: from, toMinute: to, shift: undefined }), waived }
    }
    case 'later-date':
      return { world, request: { ...request, windows, latest: change.latest }, waived }
    case 'waive-notice':
      return { world, request, waived: { ...waived, notice: true } }
    case 'check-law':
      return { world: { ...world, topic: { ...world.topic, lawAsOf: world.now.day } }, request, waived }
    case 'other-language':
      return { world, request: { ...request, languages: [...request.languages, change.language] }, waived }
    case 'online':
      return { world, request: { ...request, mode: 'online' }, waived }
    case 'split-group':
    case 'larger-group':
      return { world, request: { ...request, heads: change.heads }, waived }
    case 'fewer-grades':
      return { world, request: { ...request, grades: change.grades }, waived }
    case 'shorter':
      return { world: { ...world, topic: { ...world.topic, minutes: change.minutes } }, request, waived }
    case 'one-more-speaker':
      return { world: { ...world, speakers: [...world.speakers, newcomer(world, change)] }, request, waived }
    default:
      return {
        world: { ...world, speakers: world.speakers.map(each => stretched(world, each, change)) },
        request,
        waived,
      }
  }
}

function stretched(world: World, speaker: Speaker, change: Stretch): Speaker {
  if (speaker.id !== change.speakerId) return speaker
  switch (change.code) {
    case 'one-more-talk':
      return { ...speaker, limits: { ...speaker.limits, [change.per]: change.limit } }
    case 'ask-hours':
      return { ...speaker, hours: [] }
    case 'other-district':
      return { ...speaker, districts: [...speaker.districts, world.host.district] }
    case 'take-topic':
      return { ...speaker, topics: [...speaker.topics, world.topic.id] }
    case 'take-audience':
      return { ...speaker, audiences: [...speaker.audiences, world.audience.id] }
    case 'renew-credential':
      return {
        ...speaker,
        credentials: [...speaker.credentials, { kind: change.kind, from: '0001-01-01', until: undefined }],
      }
  }
}

function newcomer({ host, policy }: World, { anyOf, languages }: { anyOf: string[]; languages: string[] }): Speaker {
  return {
    id: '',
    professions: anyOf,
    languages,
    topics: [],
    audiences: [],
    districts: [],
    homeDistrict: host.district,
    home: host.point,
    transport: 'car',
    hours: [],
    busy: [],
    absences: [],
    pausedFrom: undefined,
    pausedTo: undefined,
    limits: { day: 1, week: 1, month: 1 },
    credentials: policy.credentialsForMinors.map(kind => ({ kind, from: '0001-01-01', until: undefined })),
    engagements: [],
    hoursServed: 0,
    hoursOffered: 1,
  }
}
