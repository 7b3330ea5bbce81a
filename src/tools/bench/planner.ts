import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Size } from '../seed/sizes.ts'
import { tell } from './measure.ts'
import { illnesses, rankings } from './planner/first-aid.ts'
import { freshMonths } from './planner/fresh.ts'
import { type MonthSize, monthOf } from './planner/month.ts'
import { compared, load, planned, told } from './planner/whole-month.ts'

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
/** The first of the seeds that no figure of ours was ever tuned on. */
const freshSeed = 101

/** Whole months by the command, as ratios to going round the list; then one request and one illness in a month that stands. */
export async function planner(size: Size): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'planner-'))
  try {
    for (const each of months[size]) {
      const instance = monthOf(each)
      const { line, plan } = planned(folder, instance, each.seconds)
      tell('planner', {
        ...{ month: instance.name, what: 'whole month', load: load(), ...told(line) },
        ...compared(instance, line),
      })
      tell('planner', { month: instance.name, what: 'rank one request', load: load(), ...rankings(instance, plan) })
      tell('planner', {
        ...{ month: instance.name, what: 'illness of the 20 busiest', load: load() },
        ...illnesses(instance, plan),
      })
    }
    if (size === 'small') freshMonths(folder, freshSeed)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
