import type { Instance } from './core/instance.ts'
import type { Weights } from './plan-rules.ts'

const urgency = { less: { 1: 1, 2: 1, 3: 1 }, usual: { 1: 1, 2: 3, 3: 9 }, more: { 1: 1, 2: 6, 3: 36 } }
const driving = { less: 0, usual: 1, more: 3 }
const evenness = { less: 0, usual: 40, more: 160 }
const sooner = { less: 0, usual: 2, more: 10 }

/** The instance with what these wishes weigh. */
export const weighted = (instance: Instance, weights: Weights): Instance => ({
  ...instance,
  priorityWeight: urgency[weights.urgent],
  weights: {
    ...instance.weights,
    travel: driving[weights.driving],
    fair: evenness[weights.even],
    late: sooner[weights.sooner],
  },
})
