import type { Assignment, Instance, Plan, RequestOfPlan, SpeakerOfPlan } from './instance.ts'
import { legOf, push } from './legs.ts'

/** What is wrong with a plan: the rule by its code, and which of the assignments breaks it. */
export type Violation = { code: string; at: number; detail: string }

type Visit = { at: number; request: RequestOfPlan; start: number; end: number }
type Reading = {
  instance: Instance
  speakers: Map<string, SpeakerOfPlan>
  found: Violation[]
  halls: Map<string, Visit[]>
  days: Map<string, Visit[]>
}

/** Judges a plan by the hard rules from the instance alone: nothing here is shared with the search. */
export function violations(instance: Instance, plan: Plan): Violation[] {
  const requests = new Map(instance.requests.map(each => [each.id, each]))
  const reading: Reading = {
    instance,
    speakers: new Map(instance.speakers.map(each => [each.id, each])),
    found: [],
    halls: new Map(),
    days: new Map(),
  }
  const seen = new Set<string>()
  for (const [at, assignment] of plan.assignments.entries()) {
    const request = requests.get(assignment.request)
    if (!request) reading.found.push({ code: 'unknown-request', at, detail: assignment.request })
    else if (seen.has(request.id)) reading.found.push({ code: 'duplicate-request', at, detail: request.id })
    else readTalk(reading, at, assignment, request)
    seen.add(assignment.request)
  }
  judgePins(reading, plan)
  for (const talks of reading.halls.values()) judgeHall(reading, talks)
  for (const [key, visits] of reading.days) judgeDay(reading, key, visits)
  judgeWeeks(reading)
  return reading.found.sort((a, b) => a.at - b.at)
}

function readTalk(reading: Reading, at: number, { day, start, team }: Assignment, request: RequestOfPlan): void {
  const { instance, speakers, found } = reading
  const blame = (code: string, detail: string) => found.push({ code, at, detail: `${request.id} ${detail}` })
  const end = start + request.duration
  if (start % instance.slot !== 0) blame('off-grid', `start ${start}`)
  if (!request.windows.some(([on, from, to]) => on === day && start >= from && end <= to))
    blame('outside-window', `day ${day} ${start}-${end}`)
  const visit = { at, request, start, end }
  push(reading.halls, `${request.host} ${day}`, visit)
  const filled = request.team.map(() => 0)
  const people: SpeakerOfPlan[] = []
  for (const { speaker, group } of team) {
    const person = speakers.get(speaker)
    const wanted = request.team[group]
    if (!person || !wanted) {
      blame(person ? 'bad-group' : 'unknown-speaker', person ? `group ${group}` : speaker)
      continue
    }
    filled[group]!++
    if (people.includes(person)) blame('speaker-twice', speaker)
    people.push(person)
    if (!wanted.anyOf.some(role => person.roles.includes(role))) blame('wrong-role', speaker)
    if (!person.topics.includes(request.topic)) blame('wrong-topic', speaker)
    if (!person.audiences.includes(request.audience)) blame('wrong-audience', speaker)
    if (!request.langs.some(lang => person.langs.includes(lang))) blame('wrong-language', speaker)
    if (!person.avail.some(([on, from, to]) => on === day && start >= from && end <= to))
      blame('not-available', speaker)
    push(reading.days, JSON.stringify([speaker, day]), visit)
  }
  for (const [group, { n }] of request.team.entries())
    if (filled[group] !== n) blame('team-size', `group ${group}: ${filled[group]} of ${n}`)
  if (!request.langs.some(lang => people.every(({ langs }) => langs.includes(lang)))) blame('no-common-language', '')
}

function judgePins({ instance, found }: Reading, { assignments }: Plan): void {
  const team = (each: Assignment) => JSON.stringify(each.team.map(({ speaker, group }) => [speaker, group]).sort())
  for (const pin of instance.pinned ?? []) {
    const at = assignments.findIndex(({ request }) => request === pin.request)
    const stands = assignments[at]
    if (!stands || stands.day !== pin.day || stands.start !== pin.start || team(stands) !== team(pin))
      found.push({ code: 'pinned-changed', at, detail: pin.request })
  }
}

function judgeHall({ found }: Reading, talks: Visit[]): void {
  talks.sort((a, b) => a.start - b.start)
  for (const [n, { at, request, start }] of talks.entries()) {
    const before = talks[n - 1]
    if (before && start < before.end)
      found.push({ code: 'host-overlap', at, detail: `${before.request.id} ${request.id}` })
  }
}

function judgeDay({ instance, speakers, found }: Reading, key: string, visits: Visit[]): void {
  const [id] = JSON.parse(key) as [string]
  const speaker = speakers.get(id) as SpeakerOfPlan
  visits.sort((a, b) => a.start - b.start)
  const last = visits.at(-1)
  if (last && visits.length > speaker.maxDay) found.push({ code: 'max-day', at: last.at, detail: key })
  for (const [n, { at, request, start }] of visits.entries()) {
    const before = visits[n - 1]
    if (!before) continue
    const way = legOf(instance, speaker.mode, before.request.loc, request.loc)
    const stays = instance.travel.stay === true && before.request.loc === request.loc
    if (start < before.end + (stays ? 0 : way + instance.buffer))
      found.push({ code: 'travel-overlap', at, detail: `${id}: ${before.request.id} ${request.id} needs ${way}` })
  }
}

function judgeWeeks({ instance, speakers, found, days }: Reading): void {
  const counts = new Map<string, { n: number; at: number; id: string }>()
  const all = new Map<string, number>()
  for (const [key, visits] of days) {
    const [id, day] = JSON.parse(key) as [string, number]
    const week = JSON.stringify([id, Math.floor(day / instance.horizon.daysPerWeek)])
    const count = counts.get(week) ?? { n: 0, at: 0, id }
    all.set(id, (all.get(id) ?? 0) + visits.length)
    counts.set(week, { id, n: count.n + visits.length, at: Math.max(count.at, ...visits.map(({ at }) => at)) })
  }
  for (const [id, n] of all)
    if (n > (speakers.get(id)?.most ?? n)) found.push({ code: 'max-in-all', at: 0, detail: `${id}: ${n}` })
  for (const [week, { n, at, id }] of counts)
    if (n > (speakers.get(id)?.maxWeek ?? 0)) found.push({ code: 'max-week', at, detail: `${week}: ${n}` })
}
