import type { Assignment, Instance, Member, Plan, RequestOfPlan } from '../../src/planner/core/instance.ts'
import { randomFrom } from '../../src/planner/core/random.ts'
import { costOf, pairFaults, talkFaults } from './oracle.ts'

/** A month of a few requests and people in which every rule says no now and then; the same for the same seed. */
export function tinyInstance(seed: number, requests = 4, speakers = 4): Instance {
  const random = randomFrom(seed)
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  const pick = <Item>(...list: Item[]): Item => list[Math.floor(random() * list.length)]!
  const days = 3
  const place = () => ({ lat: 43.2 + whole(0, 8) / 100, lon: 76.8 + whole(0, 15) / 100 })
  const locations = Array.from({ length: 6 }, place)
  const hosts = [0, 1, 2].map(n => ({ id: `h${n}`, kind: 'school', loc: n }))
  const teams = () =>
    pick<RequestOfPlan['team']>(
      [{ anyOf: ['a'], n: 1 }],
      [{ anyOf: ['b'], n: 1 }],
      [{ anyOf: ['a', 'b'], n: 2 }],
      [
        { anyOf: ['a'], n: 1 },
        { anyOf: ['b'], n: 1 },
      ],
    )
  return {
    format: 'kezdesu-plan-1',
    name: `tiny-${seed}`,
    horizon: { start: '2026-03-02', days, daysPerWeek: 2 },
    slot: 60,
    buffer: 10,
    travel: { detour: 1.35, modes: { car: { kmh: 24, fixed: 8 }, bus: { kmh: 14, fixed: 12 } } },
    priorityWeight: { 1: 1, 2: 3, 3: 9 },
    weights: { unplaced: pick(1000, 100), travel: 1, fair: 40, late: 2 },
    locations,
    hosts,
    speakers: Array.from({ length: speakers }, (_, n) => ({
      id: `s${n}`,
      roles: pick(['a'], ['b'], ['a', 'b']),
      topics: ['t'],
      langs: pick(['kk'], ['ru'], ['kk', 'ru']),
      audiences: ['school'],
      home: whole(2, 5),
      mode: pick('car', 'bus'),
      maxDay: pick(1, 2, 3, 3),
      maxWeek: pick(1, 2, 3, 4),
      past: whole(0, 4),
      avail: Array.from({ length: days }, (_, day): [number, number, number] =>
        pick([day, 540, 780], [day, 540, 960], [day, 720, 960]),
      ).filter(() => random() < 0.8),
    })),
    requests: Array.from({ length: requests }, (_, n) => {
      const host = pick(...hosts)
      const first = whole(0, days - 1)
      const windows = Array.from({ length: days - first }, (_, d): [number, number, number] =>
        pick([first + d, 540, 720], [first + d, 660, 840], [first + d, 540, 960]),
      ).slice(0, whole(1, 2))
      return {
        id: `r${n}`,
        host: host.id,
        loc: host.loc,
        audience: 'school',
        topic: 't',
        langs: pick(['kk'], ['ru'], ['kk', 'ru']),
        duration: pick(45, 60),
        priority: pick(1, 2, 3),
        windows,
        team: teams(),
      }
    }),
  }
}

/** Every way to hold one talk, by the second judge. */
function waysOf(instance: Instance, request: RequestOfPlan): Assignment[] {
  const found: Assignment[] = []
  const seats = request.team.flatMap(({ n }, group) => Array<number>(n).fill(group))
  const teams: Member[][] = [[]]
  for (const group of seats)
    teams.push(...teams.splice(0).flatMap(team => instance.speakers.map(({ id }) => [...team, { speaker: id, group }])))
  const seen = new Set<string>()
  for (const day of new Set(request.windows.map(([on]) => on)))
    for (let start = 0; start < 1440; start += instance.slot)
      for (const team of teams) {
        const key = JSON.stringify([day, start, team.map(({ speaker, group }) => `${group} ${speaker}`).sort()])
        const talk = { request: request.id, day, start, team }
        if (!seen.has(key) && talkFaults(instance, talk).length === 0) found.push(talk)
        seen.add(key)
      }
  return found
}

/** The requests that can't be held even when they have everybody to themselves, by trying every hour and team. */
export const hopeless = (instance: Instance): string[] =>
  instance.requests.filter(request => waysOf(instance, request).length === 0).map(({ id }) => id)

/** Whether one more talk keeps its people's limits of day and week. */
function hasRoom({ speakers, horizon }: Instance, talks: Assignment[], { day, team }: Assignment): boolean {
  const week = Math.floor(day / horizon.daysPerWeek)
  return team.every(({ speaker }) => {
    const { maxDay, maxWeek } = speakers.find(({ id }) => id === speaker)!
    let [today, thisWeek] = [1, 1]
    for (const talk of talks) {
      if (!talk.team.some(member => member.speaker === speaker)) continue
      if (talk.day === day) today++
      if (Math.floor(talk.day / horizon.daysPerWeek) === week) thisWeek++
    }
    return today <= maxDay && thisWeek <= maxWeek
  })
}

/** Whether a request finds a way beside the talks that stand. */
export const placeable = (instance: Instance, id: string, talks: Assignment[]): boolean =>
  waysOf(instance, instance.requests.find(each => each.id === id)!).some(
    way => hasRoom(instance, talks, way) && talks.every(other => pairFaults(instance, way, other).length === 0),
  )

/** The best plan of all, by trying every one; travel only grows with talks, so what costs too much already is left. */
export function bruteForce(instance: Instance): { cost: number; plan: Plan } {
  const ways = instance.requests.map(request => waysOf(instance, request))
  let plan: Plan = { assignments: [] }
  let best = costOf(instance, plan)
  const absent = (id: string) => {
    const request = instance.requests.find(each => each.id === id)!
    return instance.weights.unplaced * instance.priorityWeight[request.priority]
  }
  const clash = new Map<Assignment, Map<Assignment, boolean>>()
  const clashes = (a: Assignment, b: Assignment) => {
    const row = clash.get(a) ?? new Map<Assignment, boolean>()
    clash.set(a, row)
    const known = row.get(b) ?? pairFaults(instance, a, b).length > 0
    row.set(b, known)
    return known
  }
  const extend = (at: number, assignments: Assignment[], still: number): void => {
    const cost = costOf(instance, { assignments }) - still
    if (cost >= best) return
    const request = instance.requests[at]
    if (!request) {
      best = cost
      plan = { assignments }
      return
    }
    const later = still - absent(request.id)
    for (const talk of ways[at]!) {
      if (assignments.some(other => clashes(talk, other))) continue
      if (hasRoom(instance, assignments, talk)) extend(at + 1, [...assignments, talk], later)
    }
    extend(at + 1, assignments, later)
  }
  extend(
    0,
    [],
    instance.requests.reduce((sum, { id }) => sum + absent(id), 0),
  )
  return { cost: best, plan }
}
