import type { Day, Moment } from '../base/time.ts'
import { dayRefusals, hourRefusals, suitRefusals } from '../speakers/fitness-rules.ts'
import type { SpeakerRefusal } from '../speakers/rules.ts'
import { errandOf } from './request-rules.ts'
import type { Refusal, Request, World } from './rules.ts'
import { freeAt, type Search } from './search-rules.ts'
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

/**
 * Everybody who can't come at any feasible hour of these days, with the first thing that keeps each: by the best hour of
 * them where only the hour is against it. Who could come and is merely not the first choice is not among them.
 */
export function absentees(search: Search, from: Day, to: Day, best: Moment | undefined): Map<string, Refusal> {
  const { world, errand, open } = search
  const plan = planOf(world)
  const seated = new Set(plan.slots.flat())
  const wanted = new Set([
    ...seated,
    ...plan.rules.filter(({ id }) => seated.has(id)).flatMap(({ pairWith }) => pairWith),
  ])
  const hours = open.filter(({ day }) => from <= day && day <= to)
  const able = new Set(hours.flatMap(moment => freeAt(search, moment).map(({ speaker }) => speaker.id)))
  const at = best ?? hours[0]
  const found = new Map<string, Refusal>()
  for (const speaker of world.speakers) {
    const useful = speaker.professions.some(each => wanted.has(each))
    if (useful && able.has(speaker.id)) continue
    const [profession = ''] = speaker.professions
    const [refusal]: Refusal[] = useful
      ? [
          ...suitRefusals(speaker, errand),
          ...(at ? [...dayRefusals(speaker, errand, at.day), ...hourRefusals(speaker, errand, at)] : []),
        ]
      : [{ code: 'no-place-for', speakerId: speaker.id, profession }]
    if (refusal) found.set(speaker.id, refusal)
  }
  return found
}
