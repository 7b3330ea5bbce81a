import { type Day, type Minute, type Moment, plusDays } from '../../base/time.ts'
import type { HostKind } from '../../hosts/rules.ts'
import { starts } from '../../hosts/timetable-rules.ts'
import { visitOf } from '../../matching/request-rules.ts'
import { fit, type Request, type Window } from '../../matching/rules.ts'
import { crewsAt, searchFor } from '../../matching/search-rules.ts'
import type { Topic } from '../../topics/rules.ts'
import { type Random, seedId } from './random.ts'
import { type Stage, type Subject, type Talk, worldOf } from './stage.ts'

/** Out of a hundred requests, by who asks (domain.md section 10). */
const shares: [HostKind, number][] = [
  ['school', 55],
  ['college', 12],
  ['workplace', 14],
  ['university', 8],
  ['community-centre', 8],
  ['market', 2],
  ['house-of-friendship', 1],
]
const kinds = shares.flatMap(([kind, share]) => Array.from({ length: share }, () => kind))

/** A talk of this day that the engine finds possible as asked for and booked at that time; nothing where this draw found none. */
export function drawTalk(
  stage: Stage,
  random: Random,
  day: Day,
  bookedAt: { day: Day; minute: Minute },
  serial: string,
): Talk | undefined {
  const subject = drawSubject(stage, random)
  const asked = subject && drawRequest(random, subject, serial)
  if (!asked) return
  const world = worldOf(stage, subject, bookedAt)
  const moment = random.shuffled(starts(world, visitOf(world, asked), day)).at(0)
  if (!moment) return
  const request = { ...asked, windows: windowsRound(random, moment) }
  const crews = crewsAt(searchFor(world, request), moment, 3)
  const crew = crews[random.chance(0.75) ? 0 : Math.min(1, crews.length - 1)]
  if (!crew || fit(world, request, moment, crew.team).refusals.length > 0) return
  return { id: seedId('talk', serial), host: subject.host, topic: subject.topic, request, moment, team: crew.team }
}

/** Who asks for what, in keeping with the catalogue. */
export function drawSubject(stage: Stage, random: Random): Subject | undefined {
  const kind = random.pick(kinds)
  const hosts = stage.hostsOf.get(kind) ?? []
  if (hosts.length === 0) return
  const audiences = [...stage.roster.audiences.values()].filter(it => it.hostKinds.includes(kind) && !it.closed)
  const audience = kind === 'school' && random.chance(0.75) ? 'pupils' : random.pick(audiences).id
  const topics = stage.topics.filter(topic => topic.audiences.includes(audience))
  if (topics.length === 0) return
  return { host: random.pick(hosts), topic: random.pick(topics), audience }
}

/** What is asked for, still without a time. */
export function drawRequest(random: Random, { host, topic, audience }: Subject, serial: string): Request | undefined {
  const shift = host.shifts.length > 0 ? random.pick(host.shifts) : undefined
  const grades = audience === 'pupils' ? gradesOf(random, topic, shift?.grades ?? []) : []
  if (audience === 'pupils' && grades.length === 0) return
  const spoken = shift && shift.languages.length > 0 ? shift.languages : ['kk', 'ru']
  const languages = topic.languages.filter(language => spoken.includes(language))
  if (languages.length === 0) return
  const preferred = languages.includes('kk') && random.chance(0.62) ? 'kk' : random.pick(languages)
  const most = Math.min(topic.maxAudience, 75, host.hallSeats ?? 75)
  if (most < topic.minAudience) return
  return {
    id: seedId('request', serial),
    audience,
    grades,
    heads: random.whole(Math.max(topic.minAudience, Math.min(18, most)), most),
    languages: [preferred],
    mode: host.online && random.chance(0.06) ? 'online' : 'onsite',
    windows: [],
    latest: undefined,
  }
}

/** One or two neighbouring grades of one shift. */
function gradesOf(random: Random, topic: Topic, taught: number[]): number[] {
  const possible = taught.filter(grade => topic.grades && grade >= topic.grades.from && grade <= topic.grades.to)
  if (possible.length === 0) return []
  const first = random.pick(possible)
  return possible.includes(first + 1) && random.chance(0.4) ? [first, first + 1] : [first]
}

/** The wish behind a booking: an hour around it, sometimes another day as well. */
export function windowsRound(random: Random, moment: Moment): Window[] {
  const wish = (day: Day): Window => ({
    from: day,
    to: day,
    fromMinute: Math.max(420, moment.from - random.whole(0, 2) * 30),
    toMinute: Math.min(1260, moment.to + random.whole(0, 3) * 30),
    shift: undefined,
  })
  return random.chance(0.35) ? [wish(moment.day), wish(plusDays(moment.day, random.whole(1, 3)))] : [wish(moment.day)]
}
