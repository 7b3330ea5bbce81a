import type { Moment } from '../base/time.ts'
import { dayRefusals, hourRefusals, suitRefusals } from '../speakers/fitness-rules.ts'
import type { SpeakerRefusal } from '../speakers/rules.ts'
import { errandOf } from './request-rules.ts'
import type { Request, World } from './rules.ts'
import { planOf } from './team-rules.ts'

const most = 40

/** Of the people whose profession the team needs, those who can't come at this time, with the first thing that keeps each. */
export function unfit(world: World, request: Request, moment: Moment): SpeakerRefusal[] {
  const errand = errandOf(world, request)
  const wanted = new Set(planOf(world).slots.flat())
  return world.speakers
    .filter(({ professions }) => professions.some(profession => wanted.has(profession)))
    .flatMap(speaker =>
      [
        ...suitRefusals(speaker, errand),
        ...dayRefusals(speaker, errand, moment.day),
        ...hourRefusals(speaker, errand, moment),
      ].slice(0, 1),
    )
    .slice(0, most)
}
