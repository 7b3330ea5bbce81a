import type { Day, Moment } from '../base/time.ts'
import { starts } from '../hosts/timetable-rules.ts'
import { burden } from '../speakers/burden-rules.ts'
import { type Page, pageOf } from '../speakers/diary-rules.ts'
import { dayRefusals, hourRefusals, suitRefusals } from '../speakers/fitness-rules.ts'
import type { Errand, Speaker } from '../speakers/rules.ts'
import { type Crew, crews, type Free } from './crew-rules.ts'
import { personCost } from './reason-rules.ts'
import { errandOf, requestRefusals, visitOf } from './request-rules.ts'
import type { Request, Waived, Window, World } from './rules.ts'
import { daysOf, isIn, scheduleRefusals, wishesOf } from './schedule-rules.ts'
import { planOf, type TeamPlan } from './team-rules.ts'

/** One request against one world, with everything worked out that is the same for all times; `byDay` fills as days are looked at. */
export type Search = {
  world: World
  request: Request
  waived: Waived
  errand: Errand
  plan: TeamPlan
  wishes: Window[]
  roster: Free[]
  /** Every time in the wishes at which the host, the calendar and the House's own rules allow the talk, whoever speaks; in order. */
  open: Moment[]
  byDay: Map<Day, Present[]>
  free: Map<Moment, Free[]>
}
/** Somebody whom nothing keeps from a whole day. */
type Present = { free: Free; page: Page; between: Free[] }

export function searchFor(world: World, request: Request, waived: Waived = {}): Search {
  const errand = errandOf(world, request)
  const plan = planOf(world)
  const wishes = wishesOf(world, request)
  const useful = new Set([...plan.slots.flat(), ...plan.rules.flatMap(({ pairWith }) => pairWith)])
  const suited = (speaker: Speaker) =>
    speaker.professions.some(profession => useful.has(profession)) && suitRefusals(speaker, errand).length === 0
  const roster = world.speakers.filter(suited).map(speaker => ({ speaker, speaks: speaks(speaker, errand), cost: 0 }))
  const open = openMoments(world, request, wishes, waived)
  return { world, request, waived, errand, plan, wishes, roster, open, byDay: new Map(), free: new Map() }
}

/** The cheapest teams for a time that is open, at most `keep`. */
export const crewsAt = (search: Search, moment: Moment, keep: number): Crew[] =>
  crews(search.plan, freeAt(search, moment), search.errand.languages.length, keep)

/** Whether anybody at all could take a time that is open. */
export const isStaffed = (search: Search, moment: Moment): boolean => crewsAt(search, moment, 1).length > 0

/** Everybody whom nothing keeps from this time, whatever the others do. */
export function freeAt(search: Search, moment: Moment): Free[] {
  const { errand, byDay } = search
  const known = search.free.get(moment)
  if (known) return known
  const people = byDay.get(moment.day) ?? presentOn(search, moment)
  byDay.set(moment.day, people)
  const free: Free[] = []
  for (const present of people) {
    const { free: each, page } = present
    if (hourRefusals(each.speaker, errand, moment, page).length === 0)
      free.push(page.talks.length === 0 ? each : pricedBetween(present, errand, moment))
  }
  search.free.set(moment, free)
  return free
}

/** Between the same two talks a person costs the same at any hour. */
function pricedBetween({ free, page, between }: Present, errand: Errand, moment: Moment): Free {
  const earlier = page.talks.filter(({ to }) => to <= moment.from).length
  between[earlier] ??= priced(free, errand, moment)
  return between[earlier]
}

function presentOn({ roster, errand }: Search, moment: Moment): Present[] {
  return roster
    .filter(({ speaker }) => dayRefusals(speaker, errand, moment.day).length === 0)
    .map(each => {
      const page = pageOf(each.speaker, moment.day)
      return { free: page.talks.length === 0 ? priced(each, errand, moment) : each, page, between: [] }
    })
    .sort((a, b) => a.free.cost - b.free.cost)
}

const priced = ({ speaker, speaks }: Free, errand: Errand, moment: Moment): Free => ({
  speaker,
  speaks,
  cost: personCost(burden(speaker, errand, moment)),
})

function openMoments(world: World, request: Request, wishes: Window[], waived: Waived): Moment[] {
  if (requestRefusals(world, request).length > 0) return []
  const visit = visitOf(world, request)
  const latest = waived.latest ? undefined : request.latest
  const days = new Set(wishes.flatMap(window => daysOf(window, world.now.day, latest)))
  return [...days]
    .sort()
    .flatMap(day => starts(world, visit, day))
    .filter(moment => wishes.some(window => isIn(world, window, moment)))
    .filter(moment => scheduleRefusals(world, request, moment, waived).length === 0)
}

const speaks = (speaker: Speaker, { languages }: Errand): number =>
  languages.reduce((bits, language, place) => (speaker.languages.includes(language) ? bits | (1 << place) : bits), 0)
