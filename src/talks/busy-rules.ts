import type { Minute } from '../base/time.ts'
import { minutes, pauseBetween, type Spot, type Travel } from '../matching/travel-rules.ts'
import type { Engagement, Transport } from '../speakers/rules.ts'

export type Traveller = { homeDistrict: string; home: Spot['point']; transport: Transport }
/** How long before a talk its speaker is taken already, and the minutes of the way to it. */
export type Approach = { talkId: string; leadMinutes: Minute; travelMinutes: Minute }

/**
 * What of one speaker's day is taken besides the talks themselves: before a talk the journey from the place before, with
 * the House's buffer. Nobody travels while speaking online, so a journey round online talks lies in the last pause that
 * holds it. `judged` is the talk just found possible: round it nothing is shortened, so that a mistake meets the constraint;
 * elsewhere an old journey that no longer fits must not stand in the way of a new one.
 */
export function approaches(
  talks: Engagement[],
  traveller: Traveller,
  travel: Travel,
  buffer: Minute,
  judged?: string,
): Approach[] {
  const day = [...talks].sort((a, b) => a.from - b.from)
  const found = day.map(({ talkId }) => ({ talkId, leadMinutes: 0, travelMinutes: 0 }))
  let before: number | undefined
  for (const [at, talk] of day.entries()) {
    if (talk.online) continue
    const last = before === undefined ? undefined : day[before]
    const way = minutes(
      travel,
      last ?? { district: traveller.homeDistrict, point: traveller.home },
      talk,
      traveller.transport,
    )
    const own = found[at]
    if (own) own.travelMinutes = way
    if (last && before !== undefined) {
      const taken = pauseBetween(last, talk, way, buffer)
      const { pause, gap } = pauseFor(day, before, at, taken)
      const free =
        talk.talkId === judged ||
        last.talkId === judged ||
        day[pause - 1]?.talkId === judged ||
        day[pause]?.talkId === judged
      const held = found[pause]
      if (held) held.leadMinutes = free ? taken : Math.max(0, Math.min(taken, gap))
    }
    before = at
  }
  return found
}

/** The last pause between two on-site talks that is long enough, else the longest; `pause` is the talk at its end. */
function pauseFor(day: Engagement[], from: number, to: number, needed: Minute): { pause: number; gap: Minute } {
  let longest = { pause: to, gap: Number.NEGATIVE_INFINITY }
  for (let pause = to; pause > from; pause--) {
    const gap = (day[pause]?.from ?? 0) - (day[pause - 1]?.to ?? 0)
    if (gap >= needed) return { pause, gap }
    if (gap > longest.gap) longest = { pause, gap }
  }
  return longest
}
