import t from 'tap'
import { roundRobin } from '../../src/planner/core/round-robin.ts'
import { scoreOf } from '../../src/planner/core/score.ts'
import { measureOf } from '../../src/planner/measuring.ts'
import { monthOf } from '../../src/tools/bench/planner/month.ts'

t.test(
  'a draft is measured without the ways and the load of talks that stand already, so its gap is its own',
  async t => {
    const month = monthOf({ requests: 40, speakers: 12, seed: 5 })
    const plan = roundRobin(month)
    const alone = measureOf(month)
    const { cost, travelMinutes } = scoreOf(month, plan)
    t.strictSame([alone.rest(cost), alone.travel(plan)], [cost, travelMinutes], 'nothing stands')

    const pinned = plan.assignments.slice(0, 20)
    const beside = measureOf({ ...month, pinned })
    const nothing = beside.figures({ assignments: pinned })
    t.match(nothing, { placed: 0, travelMinutes: 0, lateMean: 0 })
    const all = beside.figures(plan)
    t.equal(all.placed, plan.assignments.length - 20)
    t.equal(all.travelMinutes, alone.figures(plan).travelMinutes - alone.figures({ assignments: pinned }).travelMinutes)

    const weight = month.requests
      .filter(({ id }) => !pinned.some(({ request }) => request === id))
      .reduce((sum, { priority }) => sum + month.priorityWeight[priority], 0)
    t.equal(beside.rest(scoreOf(month, { assignments: pinned }).cost), month.weights.unplaced * weight)
  },
)
