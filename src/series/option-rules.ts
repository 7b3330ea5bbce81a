import { dayNumber, type Moment } from '../base/time.ts'
import { type Hindrance, hindrancesOf } from '../matching/obstacle-rules.ts'
import { fit, type Reason, type TeamMember, type Warning } from '../matching/rules.ts'
import { crewsAt, type Search, searchFor } from '../matching/search-rules.ts'
import { startsOn } from './day-rules.ts'
import { type SeriesDate, type SeriesKind, waived, weekOf } from './rules.ts'

/** One way to hold a date; `out` and `in`: who differs from the usual team. */
export type Option = {
  way: 'keep' | 'shift' | 'team'
  moment: Moment
  team: TeamMember[]
  out: string[]
  in: string[]
  reasons: Reason[]
  warnings: Warning[]
}

const crewsLookedAt = 24

/** The usual people at the usual hour, where nothing is in the way. */
export const kept = (date: SeriesDate, usual: Moment, team: TeamMember[]): Option | undefined =>
  optionOf(date, 'keep', usual, team, team)

/**
 * The other ways to hold a date, best first: others at the usual hour, or the same people at the nearest other time of its
 * week. On one day the team comes once for all the classes, so another lesson of that day goes before other people.
 */
export function optionsInstead(
  kind: SeriesKind,
  date: SeriesDate,
  usual: Moment | undefined,
  team: TeamMember[] | undefined,
): Option[] {
  const others = usual && team && otherTeam(date, usual, team)
  const shift = shifted(date, usual, team)
  const first = kind === 'day' && shift?.moment.day === date.day && shift.in.length === 0
  return (first ? [shift, others] : [others, shift]).filter(option => option !== undefined)
}

/** Who comes at an hour where the series has no team of its own: people it knows already rather than others. */
export function usualTeam(date: SeriesDate, moment: Moment, known: Set<string>): TeamMember[] | undefined {
  const strangers = (members: TeamMember[]) => members.filter(({ speakerId }) => !known.has(speakerId)).length
  const crews = crewsAt(searchAt(date, [moment]), moment, crewsLookedAt)
  return crews
    .filter(({ team }) => isFit(date, moment, team))
    .sort((a, b) => strangers(a.team) - strangers(b.team) || a.cost - b.cost)[0]?.team
}

/** What is in the way of the usual hour with the usual people. */
export function hindrances(date: SeriesDate, usual: Moment | undefined, team: TeamMember[] | undefined): Hindrance[] {
  if (usual && team) return fit(date.world, date.request, usual, team, waived).refusals
  const search = usual ? searchAt(date, [usual]) : searchAt(date, [{ day: date.day, from: 0, to: 1440 }])
  const [window] = search.wishes
  return window ? hindrancesOf(search, window) : []
}

function otherTeam(date: SeriesDate, moment: Moment, team: TeamMember[]): Option | undefined {
  const differ = (members: TeamMember[]) => missing(members, team).length
  const crews = crewsAt(searchAt(date, [moment]), moment, crewsLookedAt)
  for (const crew of crews.sort((a, b) => differ(a.team) - differ(b.team) || a.cost - b.cost)) {
    const option = optionOf(date, 'team', moment, crew.team, team)
    if (option) return option
  }
  return
}

/** The nearest other time of the week: with the same people, else with anybody. */
function shifted(date: SeriesDate, usual: Moment | undefined, team: TeamMember[] | undefined): Option | undefined {
  const around = usual ?? { day: date.day, from: 0, to: 0 }
  const apart = ({ day, from }: Moment) =>
    Math.abs(dayNumber(day) - dayNumber(around.day)) * 1440 + Math.abs(from - around.from)
  const times = weekOf(date.day)
    .filter(day => day >= date.world.now.day)
    .flatMap(day => startsOn(date, day))
    .filter(({ day, from }) => !usual || day !== usual.day || from !== usual.from)
    .sort((a, b) => apart(a) - apart(b))
  for (const moment of team ? times : []) {
    const option = team && optionOf(date, 'shift', moment, team, team)
    if (option) return option
  }
  const search = searchAt(date, times)
  for (const moment of times) {
    const [crew] = crewsAt(search, moment, 1)
    const option = crew && optionOf(date, 'shift', moment, crew.team, team ?? crew.team)
    if (option) return option
  }
  return
}

function optionOf(
  { world, request }: SeriesDate,
  way: Option['way'],
  moment: Moment,
  team: TeamMember[],
  usual: TeamMember[],
): Option | undefined {
  const { refusals, reasons, warnings } = fit(world, request, moment, team, waived)
  if (refusals.length > 0) return
  return { way, moment, team, out: missing(usual, team), in: missing(team, usual), reasons, warnings }
}

const isFit = ({ world, request }: SeriesDate, moment: Moment, team: TeamMember[]): boolean =>
  fit(world, request, moment, team, waived).refusals.length === 0

const missing = (of: TeamMember[], from: TeamMember[]): string[] =>
  of.map(({ speakerId }) => speakerId).filter(id => !from.some(({ speakerId }) => speakerId === id))

/** A search among exactly these times. */
const searchAt = ({ world, request }: SeriesDate, moments: Moment[]): Search =>
  searchFor(
    world,
    {
      ...request,
      windows: moments.map(({ day, from, to }) => ({
        from: day,
        to: day,
        fromMinute: from,
        toMinute: to,
        shift: undefined,
      })),
    },
    waived,
  )
