import type { World } from '../matching/rules.ts'
import { planOf } from '../matching/team-rules.ts'
import type { TeamGroup } from './core/instance.ts'
import type { Stricter } from './translation.ts'

/**
 * The places of a topic. Who may not stand alone at this host fills one only where a partner is sure to be there; where nobody else can,
 * a companion comes as well, and nobody who could be one sits elsewhere.
 */
export function teamOf(world: World, stricter: Set<Stricter>): TeamGroup[] {
  const { rules } = planOf(world)
  const groups = world.topic.places.map(({ anyOf, count }) => ({ anyOf, n: count }))
  let companion: string[] | undefined
  const allowed = groups.map((group, at) => {
    const alone = rules.filter(
      ({ id, pairWith }) =>
        group.anyOf.includes(id) &&
        !groups.some((other, n) => n !== at && other.anyOf.every(each => pairWith.includes(each))),
    )
    if (alone.length === 0) return group
    stricter.add('pair-rule')
    const rest = group.anyOf.filter(profession => !alone.some(({ id }) => id === profession))
    if (rest.length > 0) return { ...group, anyOf: rest }
    for (const { pairWith } of alone) companion = companion?.filter(each => pairWith.includes(each)) ?? pairWith
    return group
  })
  const partners = companion
  if (!partners) return allowed
  const others = allowed.map(({ anyOf, n }) => ({ anyOf: anyOf.filter(each => !partners.includes(each)), n }))
  const team = [...others, { anyOf: partners, n: 1 }]
  return team.every(({ anyOf }) => anyOf.length > 0) ? team : []
}
