import type { Proof } from './bounding.ts'
import { type Column, type Variant, withinGap } from './columns.ts'
import { type Open, timed } from './hours.ts'
import type { Model } from './model.ts'
import type { Snapshot } from './plan.ts'
import { emptySchedule, insert, type Schedule } from './schedule.ts'
import { type Limits, type Program, solveProgram } from './solver.ts'

/** More columns than that are not handed to the solver. */
const mostColumns = 40_000
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
  const program = programOf(proof, found.columns, found.variants)
  const known = valuesOf(proof, program, best)
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
    if (schedule) return { bound, schedule }
    if (!solved.optimal) return { bound, schedule: undefined }
    for (const part of stuck) forbid(program, solved.values, part)
  }
  return { bound, schedule: undefined }
}

type Month = {
  program: Program
  columns: Column[]
  variants: Variant[]
  outs: Map<number, number>
  loads: Map<number, number[]>
}

function programOf({ duties }: Proof, columns: Column[], variants: Variant[]): Month {
  const { model, need } = duties
  const program: Program = { rows: [], columns: [] }
  const row = (from: number, to: number) => program.rows.push({ from, to }) - 1
  const rowOf = new Map<string, number>()
  const named = (key: string, from: number, to: number): number => {
    const at = rowOf.get(key) ?? row(from, to)
    rowOf.set(key, at)
    return at
  }
  const none = Number.NEGATIVE_INFINITY
  for (const { s, day, rows, cost } of columns)
    program.columns.push({
      cost,
      most: 1,
      whole: true,
      entries: [
        ...rows.map((each): [number, number] => [named(`cover ${each}`, 0, 0), 1]),
        [named(`day ${s} ${day}`, none, 1), 1],
        [named(`week ${s} ${model.weekOf[day]}`, none, model.maxWeek[s]!), rows.length],
        [named(`load ${s}`, none, 0), rows.length],
      ],
    })
  for (const { r, rows, cost } of variants)
    program.columns.push({
      cost,
      most: 1,
      whole: true,
      entries: [
        [named(`request ${r}`, 1, 1), 1],
        ...rows.map((each): [number, number] => [named(`cover ${each}`, 0, 0), -need[each]!]),
      ],
    })
  const outs = new Map<number, number>()
  const loads = new Map<number, number[]>()
  for (let r = 0; r < model.requests; r++) {
    if (model.pin[r]) continue
    const entries: [number, number][] = [[named(`request ${r}`, 1, 1), 1]]
    outs.set(r, program.columns.push({ cost: model.absence[r]!, most: 1, whole: false, entries }) - 1)
  }
  for (const s of new Set(columns.map(({ s }) => s))) {
    const most = Math.min(
      model.most[s]!,
      model.maxWeek[s]! * model.weeks,
      columns.filter(each => each.s === s).length * 8,
    )
    loads.set(
      s,
      Array.from({ length: most }, (_, n) => {
        const cost = model.fair[model.fairAt[s]! + n + 1]!
        return program.columns.push({ cost, most: 1, whole: false, entries: [[named(`load ${s}`, none, 0), -1]] }) - 1
      }),
    )
  }
  return { program, columns, variants, outs, loads }
}

/** The plan that is known as a solution of the program, undefined where it has a part that the program lacks. */
function valuesOf({ duties }: Proof, { program, columns, variants, outs, loads }: Month, best: Snapshot) {
  const { model } = duties
  const values = new Float64Array(program.columns.length)
  const byDay = new Map<string, { r: number; group: number }[]>()
  const talks = new Int32Array(model.speakers)
  const languages = new Map<number, number>()
  for (let r = 0; r < model.requests; r++) {
    const out = outs.get(r)
    if (best.day[r]! < 0) {
      if (out === undefined) return
      values[out] = 1
      continue
    }
    const team = Array.from(best.team.subarray(model.seatAt[r]!, model.seatAt[r + 1]!))
    const { langs } = model.instance.requests[r]!
    const shared = langs.findIndex(lang => team.every(s => model.instance.speakers[s]!.langs.includes(lang)))
    const variant = variants.findIndex(
      each => each.r === r && duties.dayOf[each.q] === best.day[r] && each.language === shared,
    )
    if (variant < 0) return
    languages.set(r, variant)
    values[columns.length + variant] = 1
    for (const [n, s] of team.entries()) {
      talks[s]!++
      const key = `${s} ${best.day[r]}`
      const group = model.seatGroup[model.seatAt[r]! + n]!
      byDay.set(key, [...(byDay.get(key) ?? []), { r, group }])
    }
  }
  const index = new Map(columns.map(({ s, day, rows }, n) => [`${s} ${day} ${rows.join()}`, n]))
  for (const [key, duties] of byDay) {
    const rows = duties.map(({ r, group }) => variants[languages.get(r)!]!.rows[group]!).sort((a, b) => a - b)
    const column = index.get(`${key} ${rows.join()}`)
    if (column === undefined) return
    values[column] = 1
  }
  for (const [s, segments] of loads) for (let n = 0; n < talks[s]!; n++) values[segments[n]!] = 1
  return values
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

function scheduled(model: Model, talks: Open[], stuck: Open[][]): Schedule | undefined {
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
  return stuck.length === 0 ? schedule : undefined
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
