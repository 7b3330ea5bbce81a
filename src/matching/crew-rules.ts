import type { Speaker } from '../speakers/rules.ts'
import { companions } from '../topics/rules.ts'
import { languageCost } from './reason-rules.ts'
import type { TeamMember } from './rules.ts'
import { slotsOf, type TeamPlan } from './team-rules.ts'

/** Somebody who could come: `speaks` has a bit for each language of the talk, `cost` is what this person adds. */
export type Free = { speaker: Speaker; speaks: number; cost: number }
export type Crew = { team: TeamMember[]; cost: number }

type Candidate = { speaker: Speaker; profession: string; cost: number }
/** `best`: the cheapest teams so far, in order; no team that costs as much as `worst` is looked for. */
type Search = {
  plan: TeamPlan
  keep: number
  best: (Crew & { key: string })[]
  keys: Set<string>
  worst: number
  free: Free[]
  lists: Map<string[], Candidate[]>
}

/**
 * The `keep` cheapest teams that fill every place with different people of one language, cheapest first; all of them where `keep` is
 * infinite. Exact: for each language depth first over the places, cut off only where no cheaper team can follow.
 */
export function crews(plan: TeamPlan, free: Free[], languages: number, keep: number): Crew[] {
  const sorted = free.toSorted((a, b) => a.cost - b.cost)
  const search: Search = {
    plan,
    keep,
    best: [],
    keys: new Set(),
    worst: Number.POSITIVE_INFINITY,
    free: [],
    lists: new Map(),
  }
  for (let place = 0; place < languages && plan.slots.length > 0; place++) {
    search.free = sorted.filter(({ speaks }) => speaks & (1 << place))
    search.lists.clear()
    const lists = plan.slots.map(anyOf => listOf(search, anyOf))
    if (lists.every(list => list.length > 0)) extend(search, lists, [], languageCost(place), false)
  }
  return search.best.map(({ team, cost }) => ({ team, cost }))
}

function extend(search: Search, lists: Candidate[][], chosen: Candidate[], cost: number, accompanied: boolean): void {
  const list = lists[chosen.length]
  if (!list) {
    if (accompanied || search.plan.rules.length === 0) record(search, chosen, cost)
    else accompany(search, lists, chosen, cost)
    return
  }
  let least = cost
  for (let later = chosen.length + 1; later < lists.length; later++) least += lists[later]?.[0]?.cost ?? 0
  const last = chosen.at(-1)
  const samePlace = last && lists[chosen.length - 1] === list
  for (let at = samePlace ? list.indexOf(last) + 1 : 0; at < list.length; at++) {
    const candidate = list[at]
    if (!candidate || least + candidate.cost >= search.worst) return
    if (chosen.some(({ speaker }) => speaker === candidate.speaker)) continue
    extend(search, lists, [...chosen, candidate], cost + candidate.cost, accompanied)
  }
}

/** Adds the places that the pair rule asks for once the professions are known. */
function accompany(search: Search, lists: Candidate[][], chosen: Candidate[], cost: number): void {
  const added = companions(
    chosen.map(({ profession }) => profession),
    search.plan.rules,
  )
  const more = slotsOf(added).map(anyOf => listOf(search, anyOf))
  extend(search, [...lists, ...more], chosen, cost, true)
}

/** The same people are kept once: another seat costs them the same, a later language more. */
function record(search: Search, chosen: Candidate[], cost: number): void {
  const { best, keys, keep } = search
  const key = chosen
    .map(({ speaker }) => speaker.id)
    .sort()
    .join(' ')
  if (keys.has(key)) return
  const at = best.findLastIndex(crew => crew.cost <= cost) + 1
  best.splice(at, 0, {
    key,
    team: chosen.map(({ speaker, profession }) => ({ speakerId: speaker.id, profession })),
    cost,
  })
  keys.add(key)
  if (best.length > keep) keys.delete(best.pop()?.key ?? '')
  search.worst = best.length < keep ? Number.POSITIVE_INFINITY : (best.at(-1)?.cost ?? 0)
}

/** Everybody who could take a place, cheapest first; the same list object for the same place. */
function listOf({ free, lists }: Search, anyOf: string[]): Candidate[] {
  const known = lists.get(anyOf)
  if (known) return known
  const list: Candidate[] = []
  for (const { speaker, cost } of free)
    for (const profession of speaker.professions)
      if (anyOf.includes(profession)) list.push({ speaker, cost, profession })
  lists.set(anyOf, list)
  return list
}
