import { dayNumber, type Moment } from '../base/time.ts'
import { starts } from '../hosts/timetable-rules.ts'
import { substitutes } from '../matching/offer-rules.ts'
import { errandOf, visitOf } from '../matching/request-rules.ts'
import { fit, type Request, type TeamMember, type Waived, type World } from '../matching/rules.ts'
import { scheduleRefusals } from '../matching/schedule-rules.ts'
import { personOf } from '../matching/team-rules.ts'
import { burden } from '../speakers/burden-rules.ts'
import { monthOf, weekOf } from '../speakers/diary-rules.ts'
import { nearestFor } from './possible-rules.ts'

/** What a change does to one person: minutes on the way, talks in that week and month, before and after. */
export type Effect = {
  speakerId: string
  way: { before: number | undefined; after: number | undefined }
  week: { before: number; after: number }
  month: { before: number; after: number }
}
export type Move = {
  moment: Moment
  /** Who steps in for whom, where one of the team can't come then. */
  instead: { out: string; in: TeamMember } | undefined
  effects: Effect[]
  /** How much it upsets, in minutes: days and hours apart, people exchanged, longer ways. */
  disturbance: number
}

const aDay = 180
const anotherPerson = 90
const perHour = 12
const leastApart = 45

/**
 * Other times for a talk, the least disturbing first: those at which the same team could come, and on the same day also
 * those at which one of them has a substitute. The talk itself must not be in the world.
 */
export function movesFor(
  world: World,
  request: Request,
  team: TeamMember[],
  around: Moment,
  waived: Waived,
  limit: number,
): Move[] {
  const same = nearestFor(world, request, team, around, waived, 3 * limit).map(moment =>
    moveTo(world, request, around, team, moment, undefined),
  )
  const visit = { ...visitOf(world, request), minutes: world.topic.minutes }
  const others = starts(world, visit, around.day)
    .filter(({ from }) => from !== around.from && !same.some(({ moment }) => isAt(moment, around.day, from)))
    .filter(moment => scheduleRefusals(world, request, moment, waived).length === 0)
    .flatMap(moment => steppingIn(world, request, team, moment, waived, around))
  const ranked = [...same, ...others].sort((a, b) => a.disturbance - b.disturbance)
  return spread(ranked).slice(0, limit)
}

/** Times a few minutes from a better one are no choice of their own. */
function spread(ranked: Move[]): Move[] {
  const kept: Move[] = []
  for (const move of ranked) {
    const beside = ({ moment }: Move) =>
      moment.day === move.moment.day && Math.abs(moment.from - move.moment.from) < leastApart
    if (!kept.some(beside)) kept.push(move)
  }
  return kept
}

const isAt = (moment: Moment, day: string, from: number) => moment.day === day && moment.from === from

/** The move with a substitute for the only one who can't come then; nothing when the trouble is another. */
function steppingIn(
  world: World,
  request: Request,
  team: TeamMember[],
  moment: Moment,
  waived: Waived,
  around: Moment,
): Move[] {
  const { refusals } = fit(world, request, moment, team, waived)
  const [out, ...more] = [...new Set(refusals.map(each => ('speakerId' in each ? each.speakerId : '')))]
  if (!out || more.length > 0) return []
  const [found] = substitutes(world, request, moment, team, out)
  if (!found) return []
  const { speakerId, profession } = found
  return [moveTo(world, request, around, found.team, moment, { out, in: { speakerId, profession } })]
}

function moveTo(
  world: World,
  request: Request,
  around: Moment,
  team: TeamMember[],
  moment: Moment,
  instead: Move['instead'],
): Move {
  const effects = effectsOf(world, request, around, team, moment, instead)
  const days = Math.abs(dayNumber(moment.day) - dayNumber(around.day))
  const hours = Math.abs(moment.from - around.from) / 60
  const longer = effects.reduce(
    (sum, { way }) => sum + Math.max(0, (way.after ?? way.before ?? 0) - (way.before ?? way.after ?? 0)),
    0,
  )
  const disturbance = aDay * Math.sqrt(days) + perHour * hours + (instead ? anotherPerson : 0) + longer
  return { moment, instead, effects, disturbance }
}

/** What each of the team, and who leaves it, would have on the way and to carry; `team` is the team afterwards. */
export function effectsOf(
  world: World,
  request: Request,
  before: Moment,
  team: TeamMember[],
  after: Moment,
  instead: Move['instead'],
): Effect[] {
  const errand = errandOf(world, request)
  const ids = [...(instead ? [instead.out] : []), ...team.map(({ speakerId }) => speakerId)]
  return ids.flatMap(speakerId => {
    const person = personOf(world, speakerId)
    if (!person) return []
    const [then, now] = [burden(person, errand, before), burden(person, errand, after)]
    const [comes, goes] = [speakerId !== instead?.in.speakerId, speakerId !== instead?.out]
    // the talk is not in the world: it is counted where it stands and where it would stand
    const at = (moment: Moment) => (goes ? [moment] : [])
    const was = comes ? [before] : []
    const sameWeek = weekOf(before) === weekOf(after)
    const sameMonth = monthOf(before) === monthOf(after)
    return [
      {
        speakerId,
        way: { before: comes ? then.wayMinutes : undefined, after: goes ? now.wayMinutes : undefined },
        week: { before: now.inWeek + (sameWeek ? was.length : 0), after: now.inWeek + at(after).length },
        month: { before: now.inMonth + (sameMonth ? was.length : 0), after: now.inMonth + at(after).length },
      },
    ]
  })
}
