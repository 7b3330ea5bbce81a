import type { Moment } from '../base/time.ts'
import { dayRefusals as hostDayRefusals, starts, timetableRefusals } from '../hosts/timetable-rules.ts'
import { dayRefusals, hourRefusals, suitRefusals } from '../speakers/fitness-rules.ts'
import { crews } from './crew-rules.ts'
import { requestRefusals, visitOf } from './request-rules.ts'
import type { Refusal, Window } from './rules.ts'
import { daysOf, isIn, scheduleRefusals } from './schedule-rules.ts'
import { freeAt, type Search } from './search-rules.ts'
import { type Suggestion, suggestions } from './suggestion-rules.ts'

/** What is in the way of a wish: refusals, or that nobody is left for a place. `people` have the profession. */
export type Hindrance = Refusal | { code: 'nobody-for'; anyOf: string[]; people: number } | { code: 'nobody-together' }
export type Obstacle = { wish: number; window: Window; hindrances: Hindrance[]; suggestions: Suggestion[] }

const mostHindrances = 6
const closestPeople = 3

/** For each of these wishes what is in the way, and the smallest changes that would make it possible. */
export function obstacles(search: Search, wishes: number[]): Obstacle[] {
  return wishes.flatMap(wish => {
    const window = search.wishes[wish]
    if (!window) return []
    const hindrances = distinct(hindrancesOf(search, window)).slice(0, mostHindrances)
    return [{ wish, window, hindrances, suggestions: suggestions(search, wish) }]
  })
}

/** The same for one window of the search, without what would help. */
export function hindrancesOf(search: Search, window: Window): Hindrance[] {
  const { world, request } = search
  const refused = requestRefusals(world, request)
  if (refused.length > 0) return refused
  const open = search.open.filter(moment => isIn(world, window, moment))
  return open.length > 0 ? peopleMissing(search, open) : timesMissing(search, window)
}

/** Why no time of the window is open at all. */
function timesMissing({ world, request, waived }: Search, window: Window): Hindrance[] {
  const visit = visitOf(world, request)
  const days = daysOf(window, world.now.day, undefined)
  if (days.length === 0) return [{ code: 'in-the-past' }]
  const only = { ...request, windows: [window] }
  return days.flatMap((day): Hindrance[] => {
    const shut = hostDayRefusals(world, visit, day)
    if (shut.length > 0) return shut
    const times = starts(world, visit, day)
    const wished = times.filter(moment => isIn(world, window, moment))
    if (wished.length > 0) return wished.flatMap(moment => scheduleRefusals(world, only, moment, waived))
    const asked = { day, from: window.fromMinute, to: Math.min(window.toMinute, window.fromMinute + visit.minutes) }
    const refusals = timetableRefusals(world, visit, asked)
    return refusals.length > 0 ? refusals : [{ code: 'outside-windows' }]
  })
}

/** Why nobody can take any of the open times: a place without people and what keeps the closest of them, or no team of one language. */
function peopleMissing(search: Search, open: Moment[]): Hindrance[] {
  const { plan, errand } = search
  const free = open.map(moment => freeAt(search, moment))
  const empty = plan.slots.filter(anyOf =>
    free.every(people => !people.some(({ speaker }) => hasOne(speaker.professions, anyOf))),
  )
  if (empty.length > 0)
    return empty.flatMap(anyOf => [
      { code: 'nobody-for', anyOf, people: countOf(search, anyOf) },
      ...closest(search, open, anyOf),
    ])
  const speakAlike = free.map(people => people.map(each => ({ ...each, speaks: 1 })))
  if (speakAlike.some(people => crews(plan, people, 1, 1).length > 0))
    return [{ code: 'no-shared-language', languages: errand.languages }]
  const unpaired = { ...plan, rules: [] }
  const rule = plan.rules.find(({ id }) => plan.slots.some(anyOf => anyOf.includes(id)))
  if (rule && speakAlike.some(people => crews(unpaired, people, 1, 1).length > 0))
    return [
      { code: 'pair-rule', profession: rule.id, pairWith: rule.pairWith },
      ...closest(search, open, rule.pairWith),
    ]
  return [{ code: 'nobody-together' }, ...closest(search, open, plan.slots.flat())]
}

/** The people who come nearest to a place, and what keeps each at the best of the times. */
function closest({ world, errand }: Search, open: Moment[], anyOf: string[]): Hindrance[] {
  const people = world.speakers.filter(({ professions }) => hasOne(professions, anyOf))
  const kept = people.map(speaker => {
    const suit = suitRefusals(speaker, errand)
    const each = open.map(moment => [
      ...suit,
      ...dayRefusals(speaker, errand, moment.day),
      ...hourRefusals(speaker, errand, moment),
    ])
    return each.reduce((least, refusals) => (refusals.length < least.length ? refusals : least))
  })
  return kept
    .filter(({ length }) => length > 0)
    .sort((a, b) => a.length - b.length)
    .slice(0, closestPeople)
    .flat()
}

const countOf = ({ world }: Search, anyOf: string[]): number =>
  world.speakers.filter(({ professions }) => hasOne(professions, anyOf)).length

const hasOne = (professions: string[], anyOf: string[]): boolean =>
  professions.some(profession => anyOf.includes(profession))

const distinct = (hindrances: Hindrance[]): Hindrance[] => [
  ...new Map(hindrances.map(hindrance => [JSON.stringify(hindrance), hindrance])).values(),
]
