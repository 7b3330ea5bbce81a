import { benchFor } from '../../../planner/core/gathering.ts'
import type { Instance, Plan } from '../../../planner/core/instance.ts'
import { type Model, modelOf } from '../../../planner/core/model.ts'
import { scheduleIn } from '../../../planner/core/plan.ts'
import { ranked } from '../../../planner/core/ranking.ts'
import { type Change, replan } from '../../../planner/core/replanning.ts'
import { insert, remove, type Schedule } from '../../../planner/core/schedule.ts'

const rounded = (milliseconds: number) => Math.round(milliseconds * 100) / 100

/** Milliseconds to rank every way to hold one request, with the rest of the month as it stands. */
export function rankings(instance: Instance, plan: Plan) {
  const model = modelOf(instance)
  const schedule = scheduleIn(model, plan)
  const bench = benchFor(schedule)
  const times: number[] = []
  for (let r = 0; r < model.requests; r++) {
    const back = takenOut(model, schedule, r)
    const begun = performance.now()
    ranked(bench, r)
    times.push(performance.now() - begun)
    back()
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => rounded(times[Math.floor((times.length - 1) * share)] ?? 0)
  return { p50: at(0.5), p99: at(0.99), count: times.length }
}

function takenOut({ seatAt }: Model, schedule: Schedule, r: number): () => void {
  const day = schedule.day[r] ?? -1
  if (day < 0) return () => {}
  const start = schedule.start[r] ?? 0
  const team = schedule.team.slice(seatAt[r], seatAt[r + 1])
  remove(schedule, r)
  return () => insert(schedule, r, day, start, team)
}

/**
 * Each of the busiest speakers ill for the second week: how many of their talks keep their hour, how many others get another hour, or
 * another person at their own, and how long the mending takes.
 */
export function illnesses(instance: Instance, plan: Plan) {
  const model = modelOf(instance)
  const { talks } = scheduleIn(model, plan)
  const busiest = Array.from(talks.keys()).sort((a, b) => (talks[b] ?? 0) - (talks[a] ?? 0))
  const { daysPerWeek } = instance.horizon
  const [from, to] = [daysPerWeek, 2 * daysPerWeek - 1]
  const [theirs, others]: [Change[], Change[]] = [[], []]
  let slowest = 0
  for (const s of busiest.slice(0, 20)) {
    const schedule = scheduleIn(model, plan)
    const begun = performance.now()
    const changes = replan(schedule, { away: [{ s, from, to }] })
    slowest = Math.max(slowest, performance.now() - begun)
    const isHit = ({ was }: Change) => was?.team.includes(s) && from <= was.day && was.day <= to
    theirs.push(...changes.filter(isHit))
    others.push(...changes.filter(change => !isHit(change)))
  }
  const kept = theirs.filter(keepsItsHour).length
  return {
    ...{ hit: theirs.length, keepTheirHour: kept, share: rounded(kept / Math.max(1, theirs.length)) },
    lost: theirs.filter(({ now }) => !now).length,
    othersMoved: others.filter(change => !keepsItsHour(change)).length,
    othersSwapped: others.filter(keepsItsHour).length,
    slowest: rounded(slowest),
  }
}

const keepsItsHour = ({ was, now }: Change): boolean =>
  was !== undefined && now !== undefined && was.day === now.day && was.start === now.start
