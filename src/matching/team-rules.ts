import type { Errand, Speaker } from '../speakers/rules.ts'
import { companions, type Place, type ProfessionRule, pairsAt } from '../topics/rules.ts'
import type { Refusal, TeamMember, Warning, World } from './rules.ts'

/** The places of the topic one by one, and the pair rules that hold at this host for this audience. */
export type TeamPlan = { slots: string[][]; rules: ProfessionRule[] }

export const planOf = ({ topic, policy, host, audience, professions }: World): TeamPlan => ({
  slots: slotsOf(topic.places),
  rules: pairsAt(policy.pairRule, host.kind, audience) ? professions.filter(rule => rule.pairInSchools) : [],
})

export const slotsOf = (places: Place[]): string[][] =>
  places.flatMap(({ anyOf, count }) => Array.from({ length: count }, () => anyOf))

/** What is wrong with a team as such: a place empty, somebody twice or without a place, no pair, no language in common. */
export function teamRefusals(world: World, errand: Errand, team: TeamMember[]): Refusal[] {
  const found: Refusal[] = []
  const seen = new Set<string>()
  for (const { speakerId } of team) {
    if (!personOf(world, speakerId)) found.push({ code: 'unknown-speaker', speakerId })
    if (seen.has(speakerId)) found.push({ code: 'twice', speakerId })
    seen.add(speakerId)
  }
  // of a stranger that is said already, and there is no name to say more with
  found.push(
    ...seatRefusals(planOf(world), team).filter(
      each => each.code !== 'no-place-for' || personOf(world, each.speakerId),
    ),
  )
  const people = [...seen].flatMap(id => personOf(world, id) ?? [])
  if (people.length > 1 && sharedBy(people, errand.languages).length === 0)
    found.push({ code: 'no-shared-language', languages: errand.languages })
  return found
}

/** Whose own calendar could not be read lately: they may have become busy since. */
export const calendarWarnings = (world: World, team: TeamMember[]): Warning[] =>
  team.flatMap(({ speakerId }) => {
    const since = personOf(world, speakerId)?.unreadSince
    return since === undefined ? [] : [{ code: 'calendar-unread', speakerId, since }]
  })

const registers = new WeakMap<Speaker[], Map<string, Speaker>>()

export function personOf({ speakers }: World, id: string): Speaker | undefined {
  const register = registers.get(speakers) ?? new Map(speakers.map(speaker => [speaker.id, speaker]))
  registers.set(speakers, register)
  return register.get(id)
}

/** The languages of the talk that everybody in the team speaks. */
export const sharedBy = (people: Speaker[], languages: string[]): string[] =>
  languages.filter(language => people.every(speaker => speaker.languages.includes(language)))

/** Whether these professions fill the places exactly: every place one person, companions only where the pair rule asks for them. */
export const filled = (plan: TeamPlan, professions: string[]): boolean =>
  seatRefusals(plan, asTeam(professions)).length === 0

function seatRefusals({ slots, rules }: TeamPlan, team: TeamMember[]): Refusal[] {
  const most = slots.length + rules.length
  if (team.length > most) return [{ code: 'too-many-people', people: team.length, most }]
  if (slots.length === 0) return [{ code: 'team-unfilled', anyOf: [] }]
  const closest = seatings(slots, team, rules)
  const { empty, spare, unpaired } = closest
  return [
    ...empty.map(anyOf => ({ code: 'team-unfilled' as const, anyOf })),
    ...unpaired.map(({ id, pairWith }) => ({ code: 'pair-rule' as const, profession: id, pairWith })),
    ...spare.map(({ speakerId, profession }) => ({ code: 'no-place-for' as const, speakerId, profession })),
  ]
}

type Seating = { empty: string[][]; spare: TeamMember[]; unpaired: ProfessionRule[] }

/** The way to seat a team that leaves the least undone; teams have a handful of people, so every way is tried. */
function seatings(slots: string[][], team: TeamMember[], rules: ProfessionRule[]): Seating {
  let best: Seating | undefined
  const faults = ({ empty, spare, unpaired }: Seating) => empty.length + spare.length + unpaired.length
  const seat = (at: number, left: TeamMember[], seated: TeamMember[], empty: string[][]): void => {
    if (best && faults(best) === 0) return
    const anyOf = slots[at]
    if (!anyOf) {
      const found = accompanied(seated, left, rules)
      if (!best || faults({ ...found, empty }) < faults(best)) best = { ...found, empty }
      return
    }
    const tried = new Set<string>()
    for (const member of left) {
      if (!anyOf.includes(member.profession) || tried.has(member.profession)) continue
      tried.add(member.profession)
      seat(
        at + 1,
        left.filter(other => other !== member),
        [...seated, member],
        empty,
      )
    }
    if (tried.size === 0 || left.length < slots.length - at) seat(at + 1, left, seated, [...empty, anyOf])
  }
  seat(0, team, [], [])
  return best ?? { empty: slots, spare: team, unpaired: [] }
}

/** Who of the rest stands in as a companion, and which pair rules nobody answers. */
function accompanied(seated: TeamMember[], left: TeamMember[], rules: ProfessionRule[]) {
  const professions = seated.map(({ profession }) => profession)
  const unpaired: ProfessionRule[] = []
  let spare = left
  for (const { anyOf } of companions(professions, rules)) {
    const companion = spare.find(({ profession }) => anyOf.includes(profession))
    if (companion) spare = spare.filter(member => member !== companion)
    else
      unpaired.push(
        ...rules.filter(({ id, pairWith }) => professions.includes(id) && anyOf.every(each => pairWith.includes(each))),
      )
  }
  return { spare, unpaired }
}

const asTeam = (professions: string[]): TeamMember[] =>
  professions.map((profession, at) => ({ speakerId: String(at), profession }))
