import { ok, strictEqual } from 'node:assert'
import t from 'tap'
import { construct } from '../../src/planner/core/construct.ts'
import { benchFor } from '../../src/planner/core/gathering.ts'
import type { Assignment, Instance } from '../../src/planner/core/instance.ts'
import { modelOf } from '../../src/planner/core/model.ts'
import { planOf } from '../../src/planner/core/plan.ts'
import { randomFrom } from '../../src/planner/core/random.ts'
import { type Disruption, replan } from '../../src/planner/core/replanning.ts'
import { emptySchedule } from '../../src/planner/core/schedule.ts'
import { costOf, planFaults } from './oracle.ts'
import { tinyInstance } from './tiny.ts'

/** The month after somebody has fallen ill and a host has closed, as the second judge sees it. */
function disrupted(instance: Instance, { away = [], closed = [] }: Disruption): Instance {
  const out = (list: { from: number; to: number }[], day: number) =>
    list.some(({ from, to }) => from <= day && day <= to)
  return {
    ...instance,
    speakers: instance.speakers.map((each, s) => {
      const own = away.filter(it => it.s === s)
      return { ...each, avail: each.avail.filter(([day]) => !out(own, day)) }
    }),
    requests: instance.requests.map(each => {
      const own = closed.filter(({ host }) => instance.hosts[host]?.id === each.host)
      return { ...each, windows: each.windows.filter(([day]) => !out(own, day)) }
    }),
  }
}

const said = ({ day, start, team }: Assignment) => `${day} ${start} ${team.map(({ speaker }) => speaker).sort()}`

t.test(
  'after an illness and a closure every talk keeps the rules, what is confirmed and not hit stays, and each change is told with its step',
  async () => {
    const steps = new Map<string, number>()
    for (let seed = 1; seed <= 300; seed++) {
      const random = randomFrom(seed)
      const whole = (to: number) => Math.floor(random() * to)
      const instance = tinyInstance(seed, 8, 7)
      const model = modelOf(instance)
      const schedule = emptySchedule(model)
      construct(benchFor(schedule))
      const before = new Map(planOf(model, schedule).assignments.map(talk => [talk.request, talk]))
      const waiting = instance.requests.flatMap(({ id }, r) => (before.has(id) ? [] : [r]))
      const days = () => ({ from: whole(3), to: 2 })
      const disruption: Disruption = {
        away: [{ s: whole(7), ...days() }],
        closed: seed % 2 ? [{ host: whole(3), ...days() }] : [],
        added: seed % 3 ? [] : waiting,
      }
      const confirmed = new Set(instance.requests.flatMap((_, r) => (random() < 0.4 ? [r] : [])))
      const after = disrupted(instance, disruption)
      const hit = new Set([...before.values()].filter(talk => planFaults(after, { assignments: [talk] }).length > 0))
      const changes = replan(schedule, disruption, confirmed)
      const now = planOf(model, schedule)
      strictEqual(planFaults(after, now).join(), '', `seed ${seed}: the rules are kept`)
      strictEqual(costOf(instance, now), schedule.cost, `seed ${seed}: the cost is that of the plan`)
      const told = new Map(changes.map(change => [instance.requests[change.r]?.id, change]))
      for (const { id } of instance.requests) {
        const [was, is] = [before.get(id), now.assignments.find(({ request }) => request === id)]
        const change = told.get(id)
        const stays = was && is && said(was) === said(is)
        if (!change) {
          ok(stays || (!was && !is), `seed ${seed}, ${id}: a change is told`)
          continue
        }
        ok(!stays, `seed ${seed}, ${id}: what stays is no change`)
        ok(!confirmed.has(change.r) || !was || hit.has(was), `seed ${seed}, ${id}: what is confirmed is not touched`)
        const step = !is
          ? 'lost'
          : was?.day !== is.day
            ? 'other-day'
            : was.start !== is.start
              ? 'same-day'
              : 'same-hour'
        ok([step, 'chain'].includes(change.step), `seed ${seed}, ${id}: ${change.step} is ${step}`)
        steps.set(change.step, (steps.get(change.step) ?? 0) + 1)
      }
    }
    for (const step of ['same-hour', 'same-day', 'other-day', 'chain', 'lost'])
      ok((steps.get(step) ?? 0) > 2, `${step}: ${steps.get(step)} times`)
  },
)
