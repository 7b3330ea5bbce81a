import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Instance, Plan, RequestOfPlan } from '../../planner/core/instance.ts'
import { violations } from '../../planner/core/judge.ts'
import { roundRobin } from '../../planner/core/round-robin.ts'
import { scoreOf } from '../../planner/core/score.ts'
import type { Size } from '../seed/sizes.ts'
import { ratio, tell } from './measure.ts'
import { besidePlan } from './planner/beside.ts'
import { illnesses, rankings } from './planner/first-aid.ts'
import { type MonthSize, monthOf } from './planner/month.ts'

type Month = MonthSize & { seconds: number }
const month = (requests: number, speakers: number, seed: number, seconds: number): Month => ({
  requests,
  speakers,
  seed,
  seconds,
})

const months: Record<Size, Month[]> = {
  small: [month(50, 20, 1, 10), month(200, 60, 1, 60), month(200, 36, 2, 60)],
  city: [month(1000, 250, 1, 120), month(1000, 150, 2, 180)],
  region: [month(5000, 1000, 1, 300)],
  nation: [],
}

type Line = { placed: number; unplacedWeight: number; cost: number; travelMinutes: number; bound: number; gap: number }

/** Whole months by the command, as ratios to going round the list; then one request and one illness in a month that stands. */
export async function planner(size: Size): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'planner-'))
  try {
    for (const each of months[size]) {
      const instance = monthOf(each)
      const [file, out] = [path.join(folder, 'month.json'), path.join(folder, 'plan.json')]
      writeFileSync(file, JSON.stringify(instance))
      const command = path.join(import.meta.dirname, '../plan.ts')
      const said = execFileSync(process.execPath, [command, file, '--seconds', String(each.seconds), '--out', out], {
        encoding: 'utf8',
      })
      const plan = JSON.parse(readFileSync(out, 'utf8')) as Plan
      if (violations(instance, plan).length > 0) throw new Error(`${instance.name}: the plan breaks a rule`)
      compare(instance, JSON.parse(said) as Line)
      tell('planner', { month: instance.name, what: 'rank one request', ...rankings(instance, plan) })
      tell('planner', { month: instance.name, what: 'illness of the 20 busiest', ...illnesses(instance, plan) })
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  await besidePlan()
}

function compare(instance: Instance, line: Line): void {
  const firstDay = ({ windows }: RequestOfPlan) => Math.min(...windows.map(([day]) => day))
  const list = { ...instance, requests: instance.requests.toSorted((a, b) => firstDay(a) - firstDay(b)) }
  const baseline = scoreOf(instance, roundRobin(list))
  tell('planner', {
    month: instance.name,
    what: 'whole month',
    ...line,
    roundRobinPlaced: baseline.placed,
    roundRobinCost: baseline.cost,
    costRatio: ratio(line.cost, baseline.cost),
    travelRatio: ratio(line.travelMinutes / line.placed, baseline.travelMinutes / baseline.placed),
    unplacedRatio: ratio(line.unplacedWeight, Math.max(1, baseline.unplacedWeight)),
  })
}
