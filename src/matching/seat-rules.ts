import type { Day, Minute, Moment } from '../base/time.ts'
import { lessonCount, runs } from '../hosts/lesson-rules.ts'
import { shiftsOf, taught } from '../hosts/rules.ts'
import type { Request, TeamMember, World } from './rules.ts'
import { filled, planOf } from './team-rules.ts'

/** The talk that begins at a time: whole lessons where listeners are taught, else as long as the topic; `minutes` overrules both. */
export function momentFrom(
  world: World,
  request: Request,
  start: { day: Day; minute: Minute },
  minutes?: number,
): Moment {
  const { host, topic, audience } = world
  const shifts = minutes === undefined && taught(host, audience.id) ? shiftsOf(host, request.grades) : []
  const lessons = shifts
    .flatMap(shift => runs(shift, lessonCount(topic.minutes, shift)))
    .find(run => run.from === start.minute)
  return { day: start.day, from: start.minute, to: lessons?.to ?? start.minute + (minutes ?? topic.minutes) }
}

/** Gives each of these people a place of the topic's team; where that can't be done, the place each would have alone. */
export function seated(world: World, speakerIds: string[]): TeamMember[] {
  const plan = planOf(world)
  const wanted = plan.slots.flat()
  const people = speakerIds.map(speakerId => {
    const professions = world.speakers.find(({ id }) => id === speakerId)?.professions ?? []
    const useful = professions.filter(profession => wanted.includes(profession))
    return { speakerId, professions: [...useful, ...professions.filter(profession => !useful.includes(profession))] }
  })
  const alone = people.map(({ speakerId, professions }) => ({ speakerId, profession: professions[0] ?? '' }))
  if (people.length > plan.slots.length + plan.rules.length) return alone
  const seat = (left: typeof people, team: TeamMember[]): TeamMember[] | undefined => {
    const [next, ...rest] = left
    if (!next)
      return filled(
        plan,
        team.map(({ profession }) => profession),
      )
        ? team
        : undefined
    for (const profession of next.professions) {
      const found = seat(rest, [...team, { speakerId: next.speakerId, profession }])
      if (found) return found
    }
    return
  }
  return seat(people, []) ?? alone
}
