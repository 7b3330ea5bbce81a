import type { Column, Variant } from './columns.ts'
import type { Duties } from './duties.ts'
import type { Snapshot } from './plan.ts'
import type { Program } from './solver.ts'

/** The program with what its columns mean: columns of speakers, then variants, then absences and loads. */
export type Month = {
  program: Program
  columns: Column[]
  variants: Variant[]
  outs: Map<number, number>
  loads: Map<number, number[]>
}

/** One column of a speaker a day, every row covered, limits of weeks kept, load in steps that cost more and more. */
export function programOf(duties: Duties, columns: Column[], variants: Variant[]): Month {
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
export function valuesOf(duties: Duties, { program, columns, variants, outs, loads }: Month, best: Snapshot) {
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
