import { type Day, dayNumber, type Moment, plusDays } from '../base/time.ts'
import { errandOf } from '../matching/request-rules.ts'
import type { Request, TeamMember, World } from '../matching/rules.ts'
import { searchFor } from '../matching/search-rules.ts'
import type { Speed } from '../matching/travel-rules.ts'
import { suitRefusals } from '../speakers/fitness-rules.ts'
import type { Speaker } from '../speakers/rules.ts'
import { homeOf } from '../speakers/way-rules.ts'
import type { Assignment, HostOfPlan, Instance, RequestOfPlan, SpeakerOfPlan } from './core/instance.ts'
import { type Places, placesOf, tablesOf } from './translated-places.ts'
import { hoursOf, type Kept, keptOf, papersHold } from './translated-speakers.ts'
import { teamOf } from './translated-teams.ts'

/** A request that waits, with the world that judges it. The worlds of one House share its people, its travel and its policy. */
export type Waiting = { world: World; request: Request; priority: 1 | 2 | 3 }

/** What an instance can't say: wherever it is, the instance is stricter than `fit`, never laxer. */
export type Stricter =
  | 'online-request'
  | 'lengths-differ'
  | 'pair-rule'
  | 'credentials-by-day'
  | 'day-of-speaker-closed'
  | 'month-limit'

export type Translation = {
  instance: Instance
  stricter: Set<Stricter>
  /** The day of the instance's day 0, a Monday: a week of an instance is one from Monday to Sunday. */
  monday: Day
}

const weights = { unplaced: 1000, travel: 1, fair: 40, late: 2 }
const modeOf = ({ kmh, detour, fixedMinutes }: Speed) => ({
  kmh: kmh / Math.max(detour, 0.01),
  fixed: fixedMinutes,
})

/** A House's waiting requests as an instance: whatever a plan of it does, `fit` allows. Only open moments are windows, whatever closed the others. */
export function instanceOf(
  name: string,
  waiting: Waiting[],
  speakers: Speaker[],
  horizon: { from: Day; to: Day },
): Translation {
  const stricter = new Set<Stricter>()
  const monday = plusDays(horizon.from, -((dayNumber(horizon.from) + 3) % 7))
  const days = Math.ceil((dayNumber(horizon.to) - dayNumber(monday) + 1) / 7) * 7
  const dayOf = (day: Day) => dayNumber(day) - dayNumber(monday)
  const places = placesOf()
  const asked = waiting.flatMap(each => askedOf(each, { horizon, dayOf, places, stricter }))
  const policy = waiting[0]?.world.policy
  const people = speakers.map(speaker => ({
    speaker,
    kept: keptOf(speaker, waiting[0]?.world, monday, days, stricter),
  }))
  const said = people.map(({ speaker, kept }): SpeakerOfPlan => {
    const mine = asked.filter(({ request, errand, open }) => {
      if (suitRefusals(speaker, errand).length > 0) return false
      const holds = new Set(open.map(({ day }) => papersHold(speaker, errand, day)))
      if (holds.size > 1) stricter.add('credentials-by-day')
      return !holds.has(false) && request.team.length > 0
    })
    return speakerOf(
      speaker,
      kept,
      mine.map(({ request }) => request.id),
      places,
      monday,
      days,
    )
  })
  const pins = people.flatMap(({ speaker, kept }) => kept.talks.map(talk => engagedOf(speaker, talk, dayOf, places)))
  const requests = [...asked.map(({ request }) => request), ...pins.map(({ request }) => request)]
  const { travel } = waiting[0]?.world ?? {}
  const modes = Object.entries(travel?.speeds ?? ({} as Record<string, Speed>))
  return {
    monday,
    stricter,
    instance: {
      format: 'kezdesu-plan-1',
      name,
      horizon: { start: monday, days, daysPerWeek: 7 },
      slot: 1,
      buffer: policy?.bufferMinutes ?? 0,
      travel: {
        detour: 1,
        modes: Object.fromEntries(modes.map(([mode, speed]) => [mode, modeOf(speed)])),
        ...(travel && { table: tablesOf(travel, places.spots) }),
        stay: true,
      },
      priorityWeight: { 1: 1, 2: 3, 3: 9 },
      weights,
      locations: places.spots.map(({ point }) => point ?? { lat: 0, lon: 0 }),
      hosts: hostsOf(requests),
      speakers: said,
      requests,
      pinned: pins.map(({ pin }) => pin),
    },
  }
}

type Asked = { request: RequestOfPlan; errand: ReturnType<typeof errandOf>; open: Moment[] }
type Setting = {
  horizon: { from: Day; to: Day }
  dayOf: (day: Day) => number
  places: Places
  stricter: Set<Stricter>
}

function askedOf({ world, request, priority }: Waiting, { horizon, dayOf, places, stricter }: Setting): Asked[] {
  if (request.mode !== 'onsite') {
    stricter.add('online-request')
    return []
  }
  const open = searchFor(world, request).open.filter(({ day }) => horizon.from <= day && day <= horizon.to)
  const team = teamOf(world, stricter)
  if (open.length === 0 || team.length === 0) return []
  const errand = errandOf(world, request)
  const lengths = new Set(open.map(({ from, to }) => to - from))
  if (lengths.size > 1) stricter.add('lengths-differ')
  const duration = Math.max(...lengths)
  return [
    {
      errand,
      open,
      request: {
        id: request.id,
        host: world.host.id,
        loc: places.at(errand.spot),
        audience: request.id,
        topic: 'any',
        langs: errand.languages,
        duration,
        priority,
        windows: open.flatMap(({ day, from }) =>
          from + duration <= 1440 ? [[dayOf(day), from, from + duration]] : [],
        ),
        team,
      },
    },
  ]
}

function speakerOf(
  speaker: Speaker,
  kept: Kept,
  requests: string[],
  places: Places,
  monday: Day,
  days: number,
): SpeakerOfPlan {
  const { id, professions, languages, limits, transport, hoursServed } = speaker
  return {
    id,
    roles: [...professions, `only ${id}`],
    topics: ['any'],
    langs: [...languages, `only ${id}`],
    audiences: [...requests, `only ${id}`],
    home: places.at(homeOf(speaker)),
    mode: transport,
    maxDay: limits.day,
    maxWeek: limits.week,
    most: kept.most,
    past: Math.round(hoursServed),
    avail: hoursOf(speaker, kept, monday, days),
  }
}

/** A talk that is booked already: pinned for each of its people, at a host of its own, as its hall was looked at with the windows. */
function engagedOf(speaker: Speaker, talk: Kept['talks'][number], dayOf: (day: Day) => number, places: Places) {
  const id = `${talk.talkId} ${speaker.id}`
  const day = dayOf(talk.day)
  const only = `only ${speaker.id}`
  const request: RequestOfPlan = {
    id,
    host: id,
    loc: places.at(talk),
    audience: only,
    topic: 'any',
    langs: [only],
    duration: talk.to - talk.from,
    priority: 3,
    windows: [[day, talk.from, talk.to]],
    team: [{ anyOf: [only], n: 1 }],
  }
  const pin: Assignment = { request: id, day, start: talk.from, team: [{ speaker: speaker.id, group: 0 }] }
  return { request, pin }
}

const hostsOf = (requests: RequestOfPlan[]): HostOfPlan[] => [
  ...new Map(requests.map(({ host, loc }) => [host, { id: host, kind: 'host', loc }])).values(),
]

/** An assignment of a plan as `fit` and the booking take it. */
export function bookingOf(
  { world, request }: Waiting,
  { monday, instance }: Translation,
  { day, start, team }: Assignment,
) {
  const asked = instance.requests.find(({ id }) => id === request.id)
  const open = searchFor(world, request).open.find(
    moment => moment.day === plusDays(monday, day) && moment.from === start,
  )
  const members = team.map(({ speaker, group }): TeamMember => {
    const own = world.speakers.find(({ id }) => id === speaker)?.professions ?? []
    return { speakerId: speaker, profession: asked?.team[group]?.anyOf.find(each => own.includes(each)) ?? '' }
  })
  const moment: Moment = open ?? { day: plusDays(monday, day), from: start, to: start + (asked?.duration ?? 0) }
  return { moment, team: members }
}
