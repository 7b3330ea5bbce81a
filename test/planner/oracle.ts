import type { Assignment, Instance, Plan, RequestOfPlan, SpeakerOfPlan } from '../../src/planner/core/instance.ts'

// A second judge for tests: written from the rules alone, sharing nothing with the planner but the format.

const minutes = (instance: Instance, speaker: SpeakerOfPlan, from: number, to: number): number => {
  if (from === to) return 0
  const [a, b] = [instance.locations[from]!, instance.locations[to]!]
  const rad = (degrees: number) => (degrees * Math.PI) / 180
  const h =
    Math.sin(rad(b.lat - a.lat) / 2) ** 2 +
    Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(rad(b.lon - a.lon) / 2) ** 2
  const { fixed, kmh } = instance.travel.modes[speaker.mode]!
  return Math.ceil(fixed + ((12742 * Math.asin(Math.sqrt(h)) * instance.travel.detour) / kmh) * 60 - 1e-9)
}

const requestOf = (instance: Instance, { request }: Assignment): RequestOfPlan =>
  instance.requests.find(({ id }) => id === request)!
const speakerOf = (instance: Instance, id: string): SpeakerOfPlan => instance.speakers.find(each => each.id === id)!

/** What is wrong with one talk by itself. */
export function talkFaults(instance: Instance, talk: Assignment): string[] {
  const request = requestOf(instance, talk)
  const end = talk.start + request.duration
  const inside = ([day, from, to]: [number, number, number]) => day === talk.day && from <= talk.start && end <= to
  const people = talk.team.map(({ speaker, group }) => ({ ...speakerOf(instance, speaker), group }))
  const faults: Record<string, boolean> = {
    grid: talk.start % instance.slot !== 0,
    window: !request.windows.some(inside),
    size: request.team.some(({ n }, g) => people.filter(({ group }) => group === g).length !== n),
    stranger: people.some(({ group }) => !request.team[group]),
    twice: new Set(people.map(({ id }) => id)).size !== people.length,
    role: people.some(({ roles, group }) => !request.team[group]?.anyOf.some(role => roles.includes(role))),
    topic: people.some(({ topics }) => !topics.includes(request.topic)),
    audience: people.some(({ audiences }) => !audiences.includes(request.audience)),
    language: !request.langs.some(lang => people.every(({ langs }) => langs.includes(lang))),
    away: people.some(({ avail }) => !avail.some(inside)),
  }
  return Object.keys(faults).filter(name => faults[name])
}

/** What is wrong between two talks: the host's hall, and the way of whoever is in both. */
export function pairFaults(instance: Instance, a: Assignment, b: Assignment): string[] {
  if (a.day !== b.day) return []
  const [first, second] = a.start <= b.start ? [a, b] : [b, a]
  const [one, other] = [requestOf(instance, first), requestOf(instance, second)]
  const end = first.start + one.duration
  const hall = one.host === other.host && end > second.start ? ['hall'] : []
  const both = first.team.filter(({ speaker }) => second.team.some(member => member.speaker === speaker))
  const late = both.some(({ speaker }) => {
    const way = minutes(instance, speakerOf(instance, speaker), one.loc, other.loc)
    return end + way + instance.buffer > second.start
  })
  return late ? [...hall, 'way'] : hall
}

/** Everything that is wrong with a plan, by name. */
export function planFaults(instance: Instance, plan: Plan): string[] {
  const found = plan.assignments.flatMap(talk => talkFaults(instance, talk))
  for (const [n, a] of plan.assignments.entries())
    for (const b of plan.assignments.slice(n + 1)) {
      if (a.request === b.request) found.push('again')
      found.push(...pairFaults(instance, a, b))
    }
  for (const { id, maxDay, maxWeek } of instance.speakers) {
    const own = plan.assignments.filter(({ team }) => team.some(({ speaker }) => speaker === id)).map(({ day }) => day)
    const counts = (key: (day: number) => number) =>
      Object.values(Object.groupBy(own, day => key(day))).map(list => list?.length ?? 0)
    if (counts(day => day).some(n => n > maxDay)) found.push('day')
    if (counts(day => Math.floor(day / instance.horizon.daysPerWeek)).some(n => n > maxWeek)) found.push('week')
  }
  for (const pin of instance.pinned ?? [])
    if (!plan.assignments.some(talk => JSON.stringify(key(talk)) === JSON.stringify(key(pin)))) found.push('pin')
  return [...new Set(found)]
}

const key = ({ request, day, start, team }: Assignment) => [
  request,
  day,
  start,
  team.map(({ speaker, group }) => `${speaker} ${group}`).sort(),
]

/** What a plan costs. */
export function costOf(instance: Instance, { assignments }: Plan): number {
  const { weights, priorityWeight, horizon } = instance
  let cost = 0
  for (const { id, priority, windows } of instance.requests) {
    const talk = assignments.find(({ request }) => request === id)
    const weight = priorityWeight[priority]
    const first = Math.min(...windows.map(([day]) => day))
    cost += talk ? weights.late * weight * (talk.day - first) : weights.unplaced * weight
  }
  for (const speaker of instance.speakers) {
    const own = assignments.filter(({ team }) => team.some(member => member.speaker === speaker.id))
    const capacity = Math.max(1, speaker.maxWeek * Math.ceil(horizon.days / horizon.daysPerWeek))
    for (let n = 1; n <= own.length; n++) cost += Math.round((weights.fair * (speaker.past + n)) / capacity)
    for (const day of new Set(own.map(({ day }) => day))) {
      const stops = own.filter(talk => talk.day === day).sort((a, b) => a.start - b.start)
      const places = [speaker.home, ...stops.map(talk => requestOf(instance, talk).loc), speaker.home]
      for (const [n, place] of places.entries())
        if (n > 0) cost += weights.travel * minutes(instance, speaker, places[n - 1]!, place)
    }
  }
  return cost
}
