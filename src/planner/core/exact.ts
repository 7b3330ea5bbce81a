import type { Proof } from './bounding.ts'
import { withinGap } from './columns.ts'
import { type Open, timed } from './hours.ts'
import type { Model } from './model.ts'
import type { Snapshot } from './plan.ts'
import { type Month, programOf, valuesOf } from './program.ts'
import { emptySchedule, insert, type Schedule } from './schedule.ts'
import { type Limits, solveProgram } from './solver.ts'

/** More columns than that are not handed to the solver. */
const mostColumns = 25_000
const mostCuts = 30

export type Finish = { bound: number; schedule: Schedule | undefined }

/**
 * The month by days as a mixed-integer program over everything that could be part of a better plan; hours are found afterwards, and
 * where there are none that combination is forbidden and the program solved again.
 */
export async function finish(proof: Proof, best: Snapshot, limits: Limits): Promise<Finish | undefined> {
  const { model } = proof.duties
  const gap = best.cost - proof.bound + 1e-6
  const found = withinGap(proof, gap, mostColumns)
  if (!found) return
  const program = programOf(proof.duties, found.columns, found.variants)
  const known = valuesOf(proof.duties, program, best)
  if (!known) return
  let bound = proof.bound
  for (let cuts = 0; cuts < mostCuts && !limits.stopped(); cuts++) {
    const solved = await solveProgram(program.program, known, limits)
    if (!solved) return { bound, schedule: undefined }
    bound = Math.max(bound, solved.bound)
    if (!solved.values || solved.cost > best.cost - 0.5) return { bound, schedule: undefined }
    const talks = talksIn(proof, program, solved.values)
    const stuck: Open[][] = []
    const schedule = scheduled(model, talks, stuck)
    if (stuck.length === 0 || !solved.optimal) return { bound, schedule }
    for (const part of stuck) forbid(program, solved.values, part)
  }
  return { bound, schedule: undefined }
}

/** The talks of a solution: which request on which day, and who. */
function talksIn({ duties }: Proof, { columns, variants }: Month, values: Float64Array): Open[] {
  const { model } = duties
  const talks = new Map<number, Open>()
  for (const [n, { r, q }] of variants.entries())
    if (values[columns.length + n]! > 0.5) talks.set(r, { r, day: duties.dayOf[q]!, team: [] })
  const seats = new Map<number, { s: number; group: number }[]>()
  for (const [n, { s, rows, requests }] of columns.entries()) {
    if (values[n]! < 0.5) continue
    for (const r of requests) {
      const variant = variants.findIndex((each, v) => each.r === r && values[columns.length + v]! > 0.5)
      const group = variants[variant]!.rows.findIndex(row => rows.includes(row))
      seats.set(r, [...(seats.get(r) ?? []), { s, group }])
    }
  }
  for (const [r, talk] of talks)
    talk.team = (seats.get(r) ?? []).sort((a, b) => a.group - b.group || a.s - b.s).map(({ s }) => s)
  return [...talks.values()].filter(({ r, team }) => team.length === model.seatAt[r + 1]! - model.seatAt[r]!)
}

/** The talks with their hours; those for which there are none are left out and told. */
function scheduled(model: Model, talks: Open[], stuck: Open[][]): Schedule {
  const schedule = emptySchedule(model)
  for (const day of [...new Set(talks.map(({ day }) => day))].sort((a, b) => a - b)) {
    const found = timed(
      model,
      talks.filter(talk => talk.day === day),
    )
    if ('stuck' in found) stuck.push(found.stuck)
    else
      for (const talk of talks)
        if (talk.day === day) insert(schedule, talk.r, day, found.starts.get(talk.r)!, talk.team)
  }
  return schedule
}

/** No two plans need the same people on the same talks of a day for which there is no hour. */
function forbid({ program, columns }: Month, values: Float64Array, part: Open[]): void {
  const requests = new Set(part.map(({ r }) => r))
  const day = part[0]!.day
  const used = columns.flatMap((column, n) =>
    values[n]! > 0.5 && column.day === day && column.requests.some(r => requests.has(r)) ? [n] : [],
  )
  const at = program.rows.push({ from: Number.NEGATIVE_INFINITY, to: used.length - 1 }) - 1
  for (const n of used) program.columns[n]!.entries.push([at, 1])
}
