import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import path from 'node:path'
import type { Instance, Plan, RequestOfPlan } from '../../../planner/core/instance.ts'
import { violations } from '../../../planner/core/judge.ts'
import { roundRobin } from '../../../planner/core/round-robin.ts'
import { scoreOf } from '../../../planner/core/score.ts'
import { ratio } from '../measure.ts'

export type Line = {
  placed: number
  unplacedWeight: number
  cost: number
  travelMinutes: number
  bound: number | null
  gap: number | null
}

/** A month by the command, judged by the rules. */
export function planned(folder: string, instance: Instance, seconds: number): { line: Line; plan: Plan } {
  const [file, out] = [path.join(folder, 'month.json'), path.join(folder, 'plan.json')]
  writeFileSync(file, JSON.stringify(instance))
  const command = path.join(import.meta.dirname, '../../plan.ts')
  const said = execFileSync(process.execPath, [command, file, '--seconds', String(seconds), '--out', out], {
    encoding: 'utf8',
  })
  const plan = JSON.parse(readFileSync(out, 'utf8')) as Plan
  if (violations(instance, plan).length > 0) throw new Error(`${instance.name}: the plan breaks a rule`)
  return { line: JSON.parse(said) as Line, plan }
}

/** What a plan comes to against a coordinator who goes round the list in the order of first possible days. */
export function compared(instance: Instance, line: Line) {
  const firstDay = ({ windows }: RequestOfPlan) => Math.min(...windows.map(([day]) => day))
  const list = { ...instance, requests: instance.requests.toSorted((a, b) => firstDay(a) - firstDay(b)) }
  const baseline = scoreOf(instance, roundRobin(list))
  return {
    roundRobinPlaced: baseline.placed,
    roundRobinUnplacedWeight: baseline.unplacedWeight,
    roundRobinCost: baseline.cost,
    costRatio: ratio(line.cost, baseline.cost),
    travelRatio: ratio(line.travelMinutes / line.placed, baseline.travelMinutes / baseline.placed),
    unplacedRatio: ratio(line.unplacedWeight, Math.max(1, baseline.unplacedWeight)),
  }
}

/** A line without what isn't known. */
export const told = ({ bound, gap, ...line }: Line) => ({
  ...line,
  ...(bound !== null && { bound }),
  ...(gap !== null && { gap: Math.round(gap * 10_000) / 10_000 }),
})

/** How many jobs the machine had in the last minute: a plan gets worse by each beyond its two processors. */
export const load = (): number => Math.round((loadavg()[0] ?? 0) * 100) / 100
