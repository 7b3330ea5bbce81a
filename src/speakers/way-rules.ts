import { minutes, type Spot } from '../matching/travel-rules.ts'
import type { Engagement, Errand, Speaker } from './rules.ts'

/** Minutes to the host of an errand and back from it. */
export type Way = { there: number; back: number }

const ways = new WeakMap<Errand, Map<Speaker | Engagement, Way>>()

/** The way between the host and a speaker's home, or another talk of the same speaker; worked out once for each errand. */
export function wayOf(errand: Errand, speaker: Speaker, talk?: Engagement): Way {
  const known = ways.get(errand) ?? new Map<Speaker | Engagement, Way>()
  ways.set(errand, known)
  const found = known.get(talk ?? speaker) ?? measured(errand, speaker, talk ?? homeOf(speaker))
  known.set(talk ?? speaker, found)
  return found
}

export const homeOf = ({ homeDistrict, home }: Speaker): Spot => ({ district: homeDistrict, point: home })

const measured = ({ travel, spot }: Errand, { transport }: Speaker, from: Spot): Way => ({
  there: minutes(travel, from, spot, transport),
  back: minutes(travel, spot, from, transport),
})
