import type { Instance, Plan } from './core/instance.ts'
import { scoreOf } from './core/score.ts'
import type { Figures } from './plan-rules.ts'

/**
 * How good plans of an instance are by what they add to the talks that stand: the ways and the load of these are nobody's choice,
 * and beside a busy month would make any gap look small.
 */
export function measureOf(instance: Instance) {
  const assignments = instance.pinned ?? []
  const stands = scoreOf(instance, { assignments })
  const soft = stands.cost - instance.weights.unplaced * stands.unplacedWeight
  const travel = (plan: Plan): number => Math.max(0, scoreOf(instance, plan).travelMinutes - stands.travelMinutes)
  return {
    travel,
    /** What is left of a cost, or of a bound, when what stands is taken off. */
    rest: (cost: number): number => Math.max(0, cost - soft),
    figures: (plan: Plan): Figures => {
      const score = scoreOf(instance, plan)
      const placed = score.placed - stands.placed
      return {
        ...{ placed, travelMinutes: travel(plan), spread: score.utilisationSd, idle: score.idleSpeakers },
        lateMean: placed > 0 ? (score.delayDaysMean * score.placed) / placed : 0,
        lateMost: score.delayDaysMax,
      }
    },
  }
}
