import { type Day, dayNumber, type Moment } from '../base/time.ts'
import { type Obstacle, obstacles } from './obstacle-rules.ts'
import { timeCost } from './reason-rules.ts'
import {
  fit,
  praise,
  type Reason,
  type Request,
  type TeamMember,
  type Waived,
  type Warning,
  type World,
} from './rules.ts'
import { isIn } from './schedule-rules.ts'
import { crewsAt, freeAt, isStaffed, type Search, searchFor } from './search-rules.ts'

/** `wish`: which of the request's windows the time lies in first. */
export type Offer = {
  moment: Moment
  team: TeamMember[]
  wish: number
  cost: number
  reasons: Reason[]
  warnings: Warning[]
}
export type Substitute = TeamMember & { team: TeamMember[]; cost: number; reasons: Reason[]; warnings: Warning[] }
export type Options = Waived & { limit?: number; perMoment?: number }

/** Each further team at one time counts as this many minutes more, so that other times are seen beside it. */
const anotherTeam = 15

/** The feasible times and teams, best first, and for every wish without any what is in the way and what would help. */
export function offers(
  world: World,
  request: Request,
  options: Options = {},
): { offers: Offer[]; impossible: Obstacle[] } {
  const { limit = 60, perMoment = 12, ...waived } = options
  return offersOf(searchFor(world, request, waived), limit, perMoment)
}

/** The same for a search that goes on to answer other questions. */
export function offersOf(search: Search, limit: number, perMoment: number) {
  const { world, wishes } = search
  const times = rankedTimes(search)
  const ranked = times
    .slice(0, limit)
    .flatMap(({ moment, cost }) =>
      crewsAt(search, moment, perMoment).map((crew, place) => ({
        moment,
        team: crew.team,
        shown: cost + crew.cost + place * anotherTeam,
      })),
    )
    .sort((a, b) => a.shown - b.shown)
    .slice(0, limit)
  const missed = wishes.flatMap((window, wish) =>
    times.some(({ moment }) => isIn(world, window, moment)) ? [] : [wish],
  )
  return {
    offers: ranked.map(({ moment, team }) => praised(search, moment, team)),
    impossible: obstacles(search, missed),
  }
}

/** The best team of each feasible time of some days, best first; times of one day begin at least `apart` minutes from each other. */
export function offersOn(search: Search, from: Day, to: Day, limit: number, apart = 0): Offer[] {
  const times: Moment[] = []
  for (const { moment } of rankedTimes(search)) {
    if (times.length === limit) break
    const near = times.some(({ day, from: other }) => day === moment.day && Math.abs(other - moment.from) < apart)
    if (from <= moment.day && moment.day <= to && !near) times.push(moment)
  }
  return times.flatMap(moment => crewsAt(search, moment, 1).map(({ team }) => praised(search, moment, team)))
}

const ranks = new WeakMap<Search, { moment: Moment; cost: number; least: number }[]>()

/** Every time at which somebody could come, by the cost of its best team. */
function rankedTimes(search: Search) {
  const { world, request } = search
  const known = ranks.get(search)
  if (known) return known
  const times = search.open
    .flatMap(moment => {
      const [best] = crewsAt(search, moment, 1)
      const cost = timeCost(world, request, moment)
      return best ? [{ moment, cost, least: cost + best.cost }] : []
    })
    .sort((a, b) => a.least - b.least)
  ranks.set(search, times)
  return times
}

function praised({ world, request, waived, wishes }: Search, moment: Moment, team: TeamMember[]): Offer {
  const wish = wishes.findIndex(window => isIn(world, window, moment))
  return { moment, team, wish, ...praise(world, request, moment, team, waived) }
}

/** Every time at which at least one team could come: the host's choice of times. */
export function possibleMoments(world: World, request: Request, waived: Waived = {}): Moment[] {
  const search = searchFor(world, request, waived)
  return search.open.filter(moment => isStaffed(search, moment))
}

/** The best offer of each of the nearest possible times: what to propose to somebody who came too late for a time. */
export function nearest(world: World, request: Request, wanted: Moment, limit = 3, waived: Waived = {}): Offer[] {
  const apart = ({ day, from }: Moment) =>
    Math.abs((dayNumber(day) - dayNumber(wanted.day)) * 1440 + from - wanted.from)
  const all = offers(world, request, { ...waived, limit: Number.POSITIVE_INFINITY, perMoment: 1 }).offers
  return all.sort((a, b) => apart(a.moment) - apart(b.moment)).slice(0, limit)
}

/**
 * Who could stand in for one member with everything else unchanged, best first. The talk itself must not be in the world
 * (`withoutTalk`). Others of the team who are `absent`, too, keep their place and are not judged as persons.
 */
export function substitutes(
  world: World,
  request: Request,
  moment: Moment,
  team: TeamMember[],
  out: string,
  absent: string[] = [],
): Substitute[] {
  const waived = { windows: true, notice: true, latest: true }
  const staying = new Set(team.map(({ speakerId }) => speakerId))
  const free = freeAt(searchFor(world, request, waived), moment).filter(({ speaker }) => !staying.has(speaker.id))
  return free
    .flatMap(({ speaker }) => {
      const ways = speaker.professions.flatMap(profession => {
        const stepped = team.map(member => (member.speakerId === out ? { speakerId: speaker.id, profession } : member))
        const { refusals, ...rest } = fit(world, request, moment, stepped, waived)
        const standing = refusals.filter(it => !('speakerId' in it && absent.includes(it.speakerId)))
        return standing.length === 0 ? [{ speakerId: speaker.id, profession, team: stepped, ...rest }] : []
      })
      return ways.sort((a, b) => a.cost - b.cost).slice(0, 1)
    })
    .sort((a, b) => a.cost - b.cost)
}
