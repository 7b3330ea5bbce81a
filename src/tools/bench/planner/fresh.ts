import { tell } from '../measure.ts'
import { type MonthSize, monthOf } from './month.ts'
import { compared, load, planned, told } from './whole-month.ts'

type Sort = Omit<MonthSize, 'seed'> & { tight: boolean }

const sorts: Sort[] = [
  { requests: 200, speakers: 60, tight: false },
  { requests: 200, speakers: 36, tight: true },
]
const months = 5
const seconds = 20

/** Months that nobody has tuned anything for: seeds from the one given on. The worst of each sort against going round the list. */
export function freshMonths(folder: string, from: number): void {
  for (const { tight, ...size } of sorts) {
    const found = Array.from({ length: months }, (_, n) => {
      const instance = monthOf({ ...size, seed: from + n })
      const { line } = planned(folder, instance, seconds)
      const baseline = compared(instance, line)
      tell('planner', { month: instance.name, what: 'fresh month', load: load(), ...told(line), ...baseline })
      return { line, baseline }
    })
    tell('planner', {
      ...{ what: 'fresh months', ...size, tight, seeds: `${from}-${from + months - 1}`, seconds },
      fewerTalks: found.filter(({ line, baseline }) => line.placed < baseline.roundRobinPlaced).length,
      worstTravelRatio: Math.max(...found.map(({ baseline }) => baseline.travelRatio)),
      worstUnplacedRatio: Math.max(...found.map(({ baseline }) => baseline.unplacedRatio)),
    })
  }
}
