import type { Instance, SpeakerOfPlan } from './instance.ts'
import { kmBetween, minutesFor } from './travel.ts'

/** The minutes of one leg, straight from the instance. */
export function legOf({ locations, travel }: Instance, { mode }: SpeakerOfPlan, from: number, to: number): number {
  if (from === to) return 0
  return minutesFor(kmBetween(locations[from]!, locations[to]!), travel.modes[mode]!, travel.detour)
}

export function push<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = map.get(key)
  if (list) list.push(item)
  else map.set(key, [item])
}
