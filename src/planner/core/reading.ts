import {
  byId,
  type Fields,
  fieldsOf,
  listOf,
  minuteOf,
  numberOf,
  refuse,
  textOf,
  textsOf,
  told,
  wholeOf,
} from './fields.ts'
import { type Assignment, format, type Instance, type SpeakerOfPlan, type Stretch, type TeamGroup } from './instance.ts'

/** More than a region has in a month; what is larger is a mistake, and would fill the memory before anybody saw it. */
export const most = { requests: 10_000, speakers: 4000, hosts: 20_000, places: 50_000, days: 366, seats: 8 }
const few = { most: 200 }
const some = { least: 1, ...few }
const large = 1_000_000

/** An instance as the engine may trust it: every field of the right kind, every reference to something there. Throws BadInstance. */
export function readInstance(value: unknown): Instance {
  const said = fieldsOf(value, '$')
  if (said['format'] !== format) refuse('$.format', `${told(said['format'])} is not ${told(format)}`)
  const horizon = horizonOf(said['horizon'])
  const locations = listOf(said['locations'], '$.locations', { most: most.places }, placeOf)
  const travel = travelOf(said['travel'])
  const loc = (place: unknown, path: string) => {
    const at = wholeOf(place, path, 0, Number.MAX_SAFE_INTEGER)
    return at < locations.length ? at : refuse(path, `there is no location ${at}, only ${locations.length}`)
  }
  const hosts = listOf(said['hosts'], '$.hosts', { most: most.hosts }, (entry, path) => {
    const host = fieldsOf(entry, path)
    return {
      id: textOf(host['id'], `${path}.id`),
      kind: textOf(host['kind'], `${path}.kind`),
      loc: loc(host['loc'], `${path}.loc`),
    }
  })
  const hostAt = byId(hosts, '$.hosts')
  const speakers = listOf(said['speakers'], '$.speakers', { most: most.speakers }, (entry, path) =>
    speakerOf(fieldsOf(entry, path), path, horizon, travel.modes, loc),
  )
  byId(speakers, '$.speakers')
  const requests = listOf(said['requests'], '$.requests', { most: most.requests }, (entry, path) => {
    const request = fieldsOf(entry, path)
    const host = textOf(request['host'], `${path}.host`)
    const known = hosts[hostAt.get(host) ?? -1]
    if (!known) refuse(`${path}.host`, `there is no host ${told(host)}`)
    const at = loc(request['loc'], `${path}.loc`)
    if (at !== known.loc) refuse(`${path}.loc`, `${at} is not the place of host ${told(host)}, which is ${known.loc}`)
    return {
      id: textOf(request['id'], `${path}.id`),
      host,
      loc: at,
      audience: textOf(request['audience'], `${path}.audience`),
      topic: textOf(request['topic'], `${path}.topic`),
      langs: textsOf(request['langs'], `${path}.langs`, { least: 1, most: 20 }),
      duration: wholeOf(request['duration'], `${path}.duration`, 1, 1440),
      priority: wholeOf(request['priority'], `${path}.priority`, 1, 3) as 1 | 2 | 3,
      windows: listOf(request['windows'], `${path}.windows`, { least: 1, most: 1000 }, stretchIn(horizon)),
      team: teamOf(request['team'], `${path}.team`),
    }
  })
  byId(requests, '$.requests')
  return {
    format,
    name: textOf(said['name'], '$.name'),
    horizon,
    slot: wholeOf(said['slot'], '$.slot', 1, 1440),
    buffer: wholeOf(said['buffer'], '$.buffer', 0, 1440),
    travel,
    priorityWeight: prioritiesOf(said['priorityWeight']),
    weights: weightsOf(said['weights']),
    locations,
    hosts,
    speakers,
    requests,
    ...(said['pinned'] !== undefined && { pinned: pinsOf(said['pinned']) }),
  }
}

function horizonOf(value: unknown): Instance['horizon'] {
  const said = fieldsOf(value, '$.horizon')
  const start = textOf(said['start'], '$.horizon.start')
  if (!/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(start))
    refuse('$.horizon.start', `${told(start)} is not a day like "2026-03-02"`)
  return {
    start,
    days: wholeOf(said['days'], '$.horizon.days', 1, most.days),
    daysPerWeek: wholeOf(said['daysPerWeek'], '$.horizon.daysPerWeek', 1, most.days),
  }
}

function placeOf(value: unknown, path: string) {
  const said = fieldsOf(value, path)
  return { lat: numberOf(said['lat'], `${path}.lat`, -90, 90), lon: numberOf(said['lon'], `${path}.lon`, -180, 180) }
}

function travelOf(value: unknown): Instance['travel'] {
  const said = fieldsOf(value, '$.travel')
  const modes = Object.entries(fieldsOf(said['modes'], '$.travel.modes')).map(([name, mode]) => {
    const path = `$.travel.modes.${name}`
    const { kmh, fixed } = fieldsOf(mode, path)
    return [name, { kmh: numberOf(kmh, `${path}.kmh`, 0.1, 1000), fixed: numberOf(fixed, `${path}.fixed`, 0, 1440) }]
  })
  return { detour: numberOf(said['detour'], '$.travel.detour', 0, 100), modes: Object.fromEntries(modes) }
}

function prioritiesOf(value: unknown): Instance['priorityWeight'] {
  const said = fieldsOf(value, '$.priorityWeight')
  const weight = (priority: string) => wholeOf(said[priority], `$.priorityWeight.${priority}`, 0, large)
  return { 1: weight('1'), 2: weight('2'), 3: weight('3') }
}

function weightsOf(value: unknown): Instance['weights'] {
  const said = fieldsOf(value, '$.weights')
  const weight = (name: string) => wholeOf(said[name], `$.weights.${name}`, 0, large)
  return { unplaced: weight('unplaced'), travel: weight('travel'), fair: weight('fair'), late: weight('late') }
}

const stretchIn =
  ({ days }: Instance['horizon']) =>
  (value: unknown, path: string): Stretch => {
    const [day, from, to] = listOf(value, path, { most: 3 }, entry => entry)
    const stretch: Stretch = [
      wholeOf(day, `${path}[0]`, 0, days - 1),
      minuteOf(from, `${path}[1]`),
      minuteOf(to, `${path}[2]`),
    ]
    if (stretch[2] < stretch[1]) refuse(`${path}[2]`, `${stretch[2]} is before ${stretch[1]}`)
    if (stretch[2] === stretch[1]) refuse(path, 'the time is empty')
    return stretch
  }

function speakerOf(
  said: Fields,
  path: string,
  horizon: Instance['horizon'],
  modes: Instance['travel']['modes'],
  loc: (place: unknown, path: string) => number,
): SpeakerOfPlan {
  const mode = textOf(said['mode'], `${path}.mode`)
  if (!Object.hasOwn(modes, mode)) refuse(`${path}.mode`, `there is no mode ${told(mode)}`)
  return {
    id: textOf(said['id'], `${path}.id`),
    roles: textsOf(said['roles'], `${path}.roles`, some),
    topics: textsOf(said['topics'], `${path}.topics`, few),
    langs: textsOf(said['langs'], `${path}.langs`, few),
    audiences: textsOf(said['audiences'], `${path}.audiences`, few),
    home: loc(said['home'], `${path}.home`),
    mode,
    maxDay: wholeOf(said['maxDay'], `${path}.maxDay`, 0, 1000),
    maxWeek: wholeOf(said['maxWeek'], `${path}.maxWeek`, 0, 1000),
    past: wholeOf(said['past'], `${path}.past`, 0, large),
    avail: listOf(said['avail'], `${path}.avail`, { most: 5000 }, stretchIn(horizon)),
  }
}

function teamOf(value: unknown, path: string): TeamGroup[] {
  const team = listOf(value, path, { least: 1, most: most.seats }, (entry, at) => {
    const said = fieldsOf(entry, at)
    return { anyOf: textsOf(said['anyOf'], `${at}.anyOf`, some), n: wholeOf(said['n'], `${at}.n`, 1, most.seats) }
  })
  const seats = team.reduce((sum, { n }) => sum + n, 0)
  return seats > most.seats ? refuse(path, `${seats} people, at most ${most.seats}`) : team
}

const pinsOf = (value: unknown): Assignment[] =>
  listOf(value, '$.pinned', { most: most.requests }, (entry, path) => {
    const said = fieldsOf(entry, path)
    return {
      request: textOf(said['request'], `${path}.request`),
      day: wholeOf(said['day'], `${path}.day`, 0, most.days),
      start: minuteOf(said['start'], `${path}.start`),
      team: listOf(said['team'], `${path}.team`, { least: 1, most: most.seats }, (member, at) => {
        const { speaker, group } = fieldsOf(member, at)
        return { speaker: textOf(speaker, `${at}.speaker`), group: wholeOf(group, `${at}.group`, 0, most.seats) }
      }),
    }
  })
