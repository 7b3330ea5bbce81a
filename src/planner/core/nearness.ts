import type { Model } from './model.ts'

/** For each request the others that compete with it most: near in space, on common days, wanting the same professions. */
export type Nearness = (r: number) => Int32Array

const mostNear = 60
const foreignRoles = 25

export function nearnessOf(model: Model): Nearness {
  const { requests, speakers } = model.instance
  const known: (Int32Array | undefined)[] = []
  const ways = speakers.length > 0 ? model.between[0]! : new Uint16Array(model.sites * model.sites)
  const roles = requests.map(({ team }) => new Set(team.flatMap(({ anyOf }) => anyOf)))
  const days = requests.map(({ windows }) => new Set(windows.map(([day]) => day)))
  const last = days.map(each => Math.max(...each))
  return r => {
    const found = known[r]
    if (found) return found
    const rated: { other: number; apart: number }[] = []
    for (let other = 0; other < model.requests; other++) {
      if (other === r || model.firstDay[other]! > last[r]! || last[other]! < model.firstDay[r]!) continue
      if (roles[r]!.isDisjointFrom(roles[other]!) && requests.length > 300) continue
      const way = ways[model.site[r]! * model.sites + model.site[other]!]!
      rated.push({ other, apart: way + (roles[r]!.isDisjointFrom(roles[other]!) ? foreignRoles : 0) })
    }
    rated.sort((a, b) => a.apart - b.apart || a.other - b.other)
    const near = Int32Array.from(rated.slice(0, mostNear), ({ other }) => other)
    known[r] = near
    return near
  }
}
