import { ok, strictEqual } from 'node:assert'
import t from 'tap'
import { modelOf } from '../../src/planner/core/model.ts'
import { planOf } from '../../src/planner/core/plan.ts'
import { readInstance } from '../../src/planner/core/reading.ts'
import { solve } from '../../src/planner/core/solving.ts'
import { costOf, planFaults } from './oracle.ts'
import { bruteForce, tinyInstance } from './tiny.ts'

const watch = { seconds: () => 0, stopped: () => false }

t.test('on small months no plan is beaten by trying everything, and no bound lies', async () => {
  for (let seed = 1; seed <= 120; seed++) {
    const instance = readInstance(structuredClone(tinyInstance(seed)))
    const model = modelOf(instance)
    const { best, bound } = await solve(model, { seed, budget: { iterations: 300 } }, watch, () => {})
    const plan = planOf(model, best)
    strictEqual(planFaults(instance, plan).join(), '', `seed ${seed}: the second judge agrees`)
    strictEqual(costOf(instance, plan), best.cost, `seed ${seed}: both reckon the same`)
    const least = bruteForce(instance)
    ok(Math.ceil((bound ?? 0) - 0.01) <= least, `seed ${seed}: bound ${bound} is above ${least}`)
    strictEqual(best.cost, least, `seed ${seed}: the best plan is found`)
  }
})
