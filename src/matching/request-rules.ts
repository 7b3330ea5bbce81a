import { type Day, plusDays } from '../base/time.ts'
import type { Visit } from '../hosts/rules.ts'
import type { Errand } from '../speakers/rules.ts'
import { givenIn, topicRefusals } from '../topics/rules.ts'
import type { Refusal, Request, Window, World } from './rules.ts'

/** What speaks against a request at any time and with anybody. */
export function requestRefusals({ topic, audience, host, policy, now }: World, request: Request): Refusal[] {
  const refused = topicRefusals(topic, audience, host.kind, request, { legalCheck: policy.legalCheck, today: now.day })
  return request.mode !== 'onsite' && !host.online ? [...refused, { code: 'host-not-online' }] : refused
}

/** For how long after a closure the hours of a request are wished again. */
const postponedDays = 14

/** What a host wishes whose talk a closure took: the same hours in the two weeks after it count as wished, too. */
export function withPostponement(
  windows: Window[],
  latest: Day | undefined,
  postponedFrom: Day | undefined,
): Pick<Request, 'windows' | 'latest'> {
  if (postponedFrom === undefined) return { windows, latest }
  const to = plusDays(postponedFrom, postponedDays - 1)
  const later = windows.map(window => ({ ...window, from: postponedFrom, to }))
  const hours = ({ fromMinute, toMinute, shift }: Window) => `${fromMinute} ${toMinute} ${shift}`
  return {
    windows: [...windows, ...new Map(later.map(window => [hours(window), window])).values()],
    latest: latest !== undefined && latest < to ? to : latest,
  }
}

/** The request as the host's timetable sees it. */
export const visitOf = ({ topic, audience }: World, request: Request): Visit => ({
  audience: audience.id,
  minors: audience.minors,
  grades: request.grades,
  online: request.mode !== 'onsite',
  minutes: topic.minutes,
  betweenShifts: topic.rules.includes('lunch-or-shift-change'),
})

/** The request as a speaker sees it. */
export const errandOf = ({ topic, audience, host, policy, travel }: World, request: Request): Errand => ({
  topicId: topic.id,
  audience: audience.id,
  minors: audience.minors,
  spot: { district: host.district, point: host.point, hostId: host.id },
  online: request.mode !== 'onsite',
  languages: givenIn(topic, request.languages),
  bufferMinutes: policy.bufferMinutes,
  credentialsForMinors: policy.credentialsForMinors,
  travel,
})
