import type { Instance, Mode, Place } from './instance.ts'

/** The minutes of one leg, straight from the instance. */
export function legOf({ locations, travel }: Instance, mode: string, from: number, to: number): number {
  if (from === to) return 0
  const told = travel.table?.[mode]?.[from]?.[to]
  if (told !== undefined) return told
  return minutesFor(kmBetween(locations[from]!, locations[to]!), travel.modes[mode]!, travel.detour)
}

export function push<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = map.get(key)
  if (list) list.push(item)
  else map.set(key, [item])
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
