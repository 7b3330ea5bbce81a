import type { Instance, Mode, Place } from './instance.ts'

/** Sites are the places of requests, numbered anew; ways are in minutes, the same there and back. */
export type Ways = {
  siteOf: Map<number, number>
  sites: number
  /** Between sites, a square for each mode. */
  between: Map<string, Uint16Array | Int32Array>
  /** From each speaker's home to each site. */
  home: Uint16Array | Int32Array
}

const earthKm = 6371
const radians = Math.PI / 180

export function kmBetween(a: Place, b: Place): number {
  const lat = Math.sin(((b.lat - a.lat) * radians) / 2)
  const lon = Math.sin(((b.lon - a.lon) * radians) / 2)
  const half = lat * lat + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * lon * lon
  return 2 * earthKm * Math.asin(Math.sqrt(Math.min(1, half)))
}

/** Minutes of one leg, rounded up; none between a location and itself. */
export const minutesFor = (km: number, { kmh, fixed }: Mode, detour: number): number =>
  Math.ceil(fixed + ((km * detour) / kmh) * 60 - 1e-9)

export function waysOf({ requests, speakers, locations, travel }: Instance): Ways {
  const locs = [...new Set(requests.map(({ loc }) => loc))]
  const siteOf = new Map(locs.map((loc, site) => [loc, site]))
  const sites = locs.length
  const modes = [...new Set(speakers.map(({ mode }) => mode))]
  const leg = (from: number, to: number, mode: string): number =>
    from === to
      ? 0
      : minutesFor(
          kmBetween(locations[from] as Place, locations[to] as Place),
          travel.modes[mode] as Mode,
          travel.detour,
        )
  const longest = Math.max(
    0,
    ...modes.map(mode => minutesFor(Math.PI * earthKm, travel.modes[mode] as Mode, travel.detour)),
  )
  const table = (size: number) => (longest < 65_536 ? new Uint16Array(size) : new Int32Array(size))
  const between = new Map(modes.map(mode => [mode, table(sites * sites)]))
  for (let a = 0; a < sites; a++)
    for (let b = 0; b < a; b++) {
      const km = kmBetween(locations[locs[a]!] as Place, locations[locs[b]!] as Place)
      for (const [mode, square] of between) {
        square[a * sites + b] = minutesFor(km, travel.modes[mode] as Mode, travel.detour)
        square[b * sites + a] = square[a * sites + b]!
      }
    }
  const home = table(speakers.length * sites)
  for (const [s, speaker] of speakers.entries())
    for (let site = 0; site < sites; site++) home[s * sites + site] = leg(speaker.home, locs[site]!, speaker.mode)
  return { siteOf, sites, between, home }
}
