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

/** Each of the busiest speakers ill for the second week: how many talks keep their hour, and how long the mending takes. */
export function illnesses(instance: Instance, plan: Plan) {
  const model = modelOf(instance)
  const { talks } = scheduleIn(model, plan)
  const busiest = Array.from(talks.keys()).sort((a, b) => (talks[b] ?? 0) - (talks[a] ?? 0))
  const { daysPerWeek } = instance.horizon
  const changes: Change[] = []
  let slowest = 0
  for (const s of busiest.slice(0, 20)) {
    const schedule = scheduleIn(model, plan)
    const begun = performance.now()
    changes.push(...replan(schedule, { away: [{ s, from: daysPerWeek, to: 2 * daysPerWeek - 1 }] }))
    slowest = Math.max(slowest, performance.now() - begun)
  }
  const kept = changes.filter(({ was, now }) => was && now && was.day === now.day && was.start === now.start).length
  const lost = changes.filter(({ now }) => !now).length
  return { touched: changes.length, keepTheirHour: kept, lost, slowest: rounded(slowest) }
}
