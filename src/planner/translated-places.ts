import type { World } from '../matching/rules.ts'
import { minutes, type Spot } from '../matching/travel-rules.ts'

export type Places = { spots: Spot[]; at: (spot: Spot) => number }

/** Locations by host, else by what is known of the address: two talks at one host are one trip. */
export function placesOf(): Places {
  const spots: Spot[] = []
  const known = new Map<string, number>()
  return {
    spots,
    at: spot => {
      const key = spot.hostId ?? JSON.stringify([spot.district, spot.point])
      const at = known.get(key) ?? spots.push(spot) - 1
      known.set(key, at)
      return at
    },
  }
}

export function tablesOf(travel: World['travel'], spots: Spot[]): Record<string, number[][]> {
  const modes = Object.keys(travel.speeds) as (keyof World['travel']['speeds'])[]
  return Object.fromEntries(
    modes.map(mode => [mode, spots.map(from => spots.map(to => (from === to ? 0 : minutes(travel, from, to, mode))))]),
  )
}
