import type { Instance, RequestOfPlan, SpeakerOfPlan, Stretch } from '../../../planner/core/instance.ts'
import { randomFrom } from '../../../planner/core/random.ts'
import { audiences, type Drawn, districts, roles, roleWeights, type TopicOfMonth, topics } from './almaty.ts'

/** What a month is made of: how many requests and speakers, and the seed of its chance. Tight is a month with few speakers. */
export type MonthSize = { requests: number; speakers: number; seed: number }

const days = 20
const daysPerWeek = 5
const weekdays = [0, 1, 2, 3, 4]

type Dice = ReturnType<typeof diceFrom>

/** A month of invented demand and supply in Almaty; the same bytes for the same size, and those of the public instances. */
export function monthOf({ requests, speakers, seed }: MonthSize): Instance {
  const dice = diceFrom(seed)
  const locations: Instance['locations'] = []
  const place = (): number => {
    const { name, lat, lon, spread } = dice.drawn(districts)
    const north = Number((lat + dice.normal() * spread * 0.7).toFixed(5))
    const east = Number((lon + dice.normal() * spread).toFixed(5))
    return locations.push(Object.assign({ district: name }, { lat: north, lon: east })) - 1
  }
  const people = Array.from({ length: speakers }, (_, n) => newSpeaker(dice, n, place))
  const hosts = Array.from({ length: Math.max(8, Math.round(requests / 2.5)) }, (_, n) => newHost(dice, n, place))
  const asked = Array.from({ length: requests }, (_, n) => newRequest(dice, n, hosts))
  return {
    format: 'kezdesu-plan-1',
    name: `almaty-n${requests}-m${speakers}-s${seed}`,
    horizon: { start: '2026-03-02', days, daysPerWeek },
    slot: 30,
    travel: { detour: 1.35, modes: { car: { kmh: 24, fixed: 8 }, bus: { kmh: 14, fixed: 12 } } },
    buffer: 10,
    priorityWeight: { 1: 1, 2: 3, 3: 9 },
    weights: { unplaced: 1000, travel: 1, fair: 40, late: 2 },
    locations,
    hosts: hosts.map(({ id, kind, loc }) => ({ id, kind, loc })),
    speakers: people,
    requests: asked,
  }
}

function diceFrom(seed: number) {
  const random = randomFrom(seed)
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  const pick = <Item>(list: readonly Item[]): Item => list[Math.floor(random() * list.length)] as Item
  const weighted = <Item>(list: readonly Item[], weights: readonly number[]): Item => {
    let left = random() * weights.reduce((sum, weight) => sum + weight, 0)
    const at = weights.findIndex(weight => {
      left -= weight
      return left < 0
    })
    return list.at(at) as Item
  }
  const sample = <Item>(list: readonly Item[], size: number): Item[] => {
    const rest = list.slice()
    const out: Item[] = []
    while (out.length < size && rest.length > 0) out.push(...rest.splice(Math.floor(random() * rest.length), 1))
    return out
  }
  return {
    random,
    whole,
    pick,
    weighted,
    sample,
    drawn: <Item extends Drawn>(list: readonly Item[]): Item =>
      weighted(
        list,
        list.map(({ weight }) => weight),
      ),
    normal: () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  }
}

function newSpeaker(dice: Dice, n: number, place: () => number): SpeakerOfPlan {
  const { random, whole, pick, weighted, sample } = dice
  // every role exists at least once
  const own = [roles[n] ?? weighted(roles, roleWeights)]
  if (random() < 0.15) own.push(pick(roles))
  const known = topics.filter(topic => topic.roles.some(role => own.includes(role))).map(({ name }) => name)
  const chosen = known.length > 3 ? sample(known, whole(3, known.length)) : known
  const langs = weighted([['kk'], ['ru'], ['kk', 'ru'], ['kk', 'ru', 'en'], ['ru', 'en']], [22, 16, 44, 10, 8])
  const heard =
    random() < 0.6
      ? audiences
      : random() < 0.6
        ? ['school', 'college', 'university']
        : ['university', 'workplace', 'centre']
  const hours = weighted(['morning', 'afternoon', 'whole', 'mixed'], [25, 25, 15, 35])
  const on = hours === 'mixed' ? sample(weekdays, whole(2, 4)) : sample(weekdays, whole(3, 5))
  const awayFrom = random() < 0.15 ? whole(0, days - 3) : -9
  const avail: Stretch[] = []
  for (let day = 0; day < days; day++) {
    if (!on.includes(day % daysPerWeek) || (day >= awayFrom && day < awayFrom + 4)) continue
    if (hours === 'morning') avail.push([day, 480, 810])
    else if (hours === 'afternoon') avail.push([day, 780, 1140])
    else if (hours === 'whole') avail.push([day, 510, 1110])
    else avail.push(random() < 0.5 ? [day, 510, 840] : [day, 780, 1110])
  }
  return {
    id: `S${n}`,
    roles: [...new Set(own)],
    topics: chosen,
    langs,
    audiences: heard,
    home: place(),
    mode: random() < 0.45 ? 'car' : 'bus',
    maxDay: weighted([1, 2, 3], [2, 5, 3]),
    maxWeek: weighted([1, 2, 3, 4, 6], [10, 25, 30, 25, 10]),
    past: whole(0, 8),
    avail,
  }
}

type HostOfMonth = { id: string; kind: string; loc: number; shift: number }

function newHost({ weighted }: Dice, n: number, place: () => number): HostOfMonth {
  const kind = weighted(audiences, [50, 12, 8, 22, 8])
  const loc = place()
  return { id: `H${n}`, kind, loc, shift: kind === 'school' ? weighted([1, 2, 3], [35, 30, 35]) : 0 }
}

function newRequest(
  { random, whole, pick, weighted, sample, drawn }: Dice,
  n: number,
  hosts: HostOfMonth[],
): RequestOfPlan {
  const host = pick(hosts)
  const topic: TopicOfMonth = drawn(topics)
  const langs = weighted([['kk'], ['ru'], ['kk', 'ru'], ['en']], [42, 30, 25, 3])
  const duration = host.kind === 'school' ? 45 : weighted([60, 90], [3, 1])
  const priority = weighted([1, 2, 3] as const, [55, 33, 12])
  const span = priority === 3 ? whole(2, 5) : whole(3, 10)
  const first = whole(0, Math.max(0, days - span))
  const on = sample(weekdays, whole(2, 5))
  const windows: Stretch[] = []
  for (let day = first; day < Math.min(days, first + span); day++) {
    if (day !== first && !on.includes(day % daysPerWeek)) continue
    if (host.kind === 'school') {
      if (host.shift !== 2) windows.push([day, 540, 765])
      if (host.shift !== 1) windows.push([day, 840, 1065])
    } else if (host.kind === 'workplace') windows.push(random() < 0.5 ? [day, 600, 780] : [day, 840, 1080])
    else windows.push([day, 600, 1080])
  }
  const { team } = drawn(topic.teams)
  return {
    id: `R${n}`,
    host: host.id,
    loc: host.loc,
    audience: host.kind,
    topic: topic.name,
    langs,
    duration,
    priority,
    windows,
    team,
  }
}
