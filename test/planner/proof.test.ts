import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import t from 'tap'
import { relax, relaxedFor } from '../../src/planner/core/bound.ts'
import { type Proof, type Start, sharpen, startFrom } from '../../src/planner/core/bounding.ts'
import { construct } from '../../src/planner/core/construct.ts'
import { narrowed } from '../../src/planner/core/duties.ts'
import { explained } from '../../src/planner/core/explaining.ts'
import { benchFor } from '../../src/planner/core/gathering.ts'
import { modelOf } from '../../src/planner/core/model.ts'
import { planOf, scheduleOf } from '../../src/planner/core/plan.ts'
import { pricingOf } from '../../src/planner/core/pricing.ts'
import { readInstance } from '../../src/planner/core/reading.ts'
import { emptySchedule } from '../../src/planner/core/schedule.ts'
import { solve } from '../../src/planner/core/solving.ts'
import { monthOf } from '../../src/tools/bench/planner/month.ts'
import { costOf, planFaults } from './oracle.ts'
import { bruteForce, hopeless, tinyInstance } from './tiny.ts'

const watch = { seconds: () => 0, stopped: () => false }

t.test(
  'on 200 small months no plan is beaten by trying everything, no bound lies, and what is said to be impossible is',
  async () => {
    let [left, impossible] = [0, 0]
    for (let seed = 1; seed <= 200; seed++) {
      const instance = readInstance(structuredClone(tinyInstance(seed)))
      const model = modelOf(instance)
      const { best, bound } = await solve(model, { seed, budget: { iterations: 300 } }, watch, () => {})
      const plan = planOf(model, best)
      strictEqual(planFaults(instance, plan).join(), '', `seed ${seed}: the second judge agrees`)
      strictEqual(costOf(instance, plan), best.cost, `seed ${seed}: both reckon the same`)
      const least = bruteForce(instance)
      strictEqual(planFaults(instance, least.plan).join(), '', `seed ${seed}: what was tried keeps the rules`)
      ok(Math.ceil((bound ?? 0) - 0.01) <= least.cost, `seed ${seed}: bound ${bound} is above ${least.cost}`)
      strictEqual(best.cost, least.cost, `seed ${seed}: the best plan is found`)
      const schedule = scheduleOf(model, best)
      const missing = instance.requests.flatMap(({ id }, r) =>
        best.day[r]! < 0 ? [{ id, ...explained(schedule, r) }] : [],
      )
      const said = missing.filter(each => each.impossible).map(({ id }) => id)
      const none = hopeless(instance)
      deepStrictEqual(said, none, `seed ${seed}: impossible is what has no way to be held, and nothing else`)
      left += missing.length
      impossible += none.length
    }
    ok(impossible > 20 && left > impossible + 20, `${left} requests are left out, ${impossible} of them impossible`)
  },
)

t.test(
  'prices are made for whoever is worth it: on everybody they prove as much as on those they are made for',
  async () => {
    const model = modelOf(monthOf({ requests: 60, speakers: 25, seed: 2 }))
    const schedule = emptySchedule(model)
    construct(benchFor(schedule))
    let last: Start | Proof = startFrom(model, schedule)!
    for (let time = 0; time < 6; time++)
      last = sharpen(
        last,
        () => schedule.cost,
        round => round < 60,
      )
    const { duties, active, climb, bound } = last
    const pricing = pricingOf(
      narrowed(duties, i => active[i] === 1),
      climb.prices.slice(),
    )
    const few = relaxedFor(pricing)
    relax(pricing, few)
    ok(few.value - bound < 0.01, `${few.value} is proven on few, ${bound} on all`)
  },
)
