import { strictEqual } from 'node:assert'
import t from 'tap'
import { construct } from '../../src/planner/core/construct.ts'
import { explained } from '../../src/planner/core/explaining.ts'
import { benchFor } from '../../src/planner/core/gathering.ts'
import type { Assignment, Instance, RequestOfPlan, SpeakerOfPlan } from '../../src/planner/core/instance.ts'
import { modelOf } from '../../src/planner/core/model.ts'
import { planOf } from '../../src/planner/core/plan.ts'
import type { Relaxation } from '../../src/planner/core/relaxing.ts'
import { emptySchedule } from '../../src/planner/core/schedule.ts'
import { placeable, tinyInstance } from './tiny.ts'

const told = (change: Relaxation): string[] => {
  if (change.change === 'one-more-talk') return [`talk ${change.s} ${change.limit}`]
  if (change.change === 'one-more-person')
    return change.days.map(day => `person ${change.group} ${change.language} ${day}`)
  if (change.change === 'one-day-longer') return [`day ${change.day}`]
  return [change.change === 'other-language' ? `language ${change.language}` : change.change]
}

/** Each single change of a month by its name, with the month as it would be. */
function changesOf(instance: Instance, request: RequestOfPlan): [string, Instance][] {
  const asked = (changed: Partial<RequestOfPlan>, more: Partial<Instance> = {}): Instance => ({
    ...instance,
    ...more,
    requests: instance.requests.map(each => (each.id === request.id ? { ...each, ...changed } : each)),
  })
  const limited = (s: number, limit: 'maxDay' | 'maxWeek'): Instance => ({
    ...instance,
    speakers: instance.speakers.map((each, n) => (n === s ? { ...each, [limit]: each[limit] + 1 } : each)),
  })
  const onDay = (day: number) => request.windows.map(([, from, to]): [number, number, number] => [day, from, to])
  const days = request.windows.map(([day]) => day)
  const home = instance.locations.length - 1
  const joker = (group: number, language: string, day: number): SpeakerOfPlan => ({
    ...{ id: 'joker', roles: request.team[group]!.anyOf, topics: [request.topic], langs: [language] },
    ...{ audiences: [request.audience], home, mode: 'car', maxDay: 1, maxWeek: 1, past: 0, avail: [[day, 0, 1440]] },
  })
  return [
    ...instance.speakers.flatMap((_, s): [string, Instance][] => [
      [`talk ${s} day`, limited(s, 'maxDay')],
      [`talk ${s} week`, limited(s, 'maxWeek')],
    ]),
    ['longer-hours', asked({ windows: request.windows.map(([day, from, to]) => [day, from - 60, to + 60]) })],
    ...[Math.max(...days) + 1, Math.min(...days) - 1]
      .filter(day => day >= 0 && day < instance.horizon.days)
      .map((day): [string, Instance] => [`day ${day}`, asked({ windows: onDay(day) })]),
    ...['kk', 'ru']
      .filter(language => !request.langs.includes(language))
      .map((language): [string, Instance] => [`language ${language}`, asked({ langs: [language] })]),
    ['other-hall', asked({ host: 'hall' })],
    ...request.team.flatMap((_, group) =>
      request.langs.flatMap(language =>
        [...new Set(days)].map((day): [string, Instance] => [
          `person ${group} ${language} ${day}`,
          asked(
            { windows: request.windows.filter(([on]) => on === day), langs: [language] },
            { speakers: [...instance.speakers, joker(group, language, day)] },
          ),
        ]),
      ),
    ),
  ]
}

/** All at one host, whose hall is then what is wanting. */
const inOneHall = (instance: Instance): Instance => ({
  ...instance,
  requests: instance.requests.map(each => ({ ...each, host: 'h0', loc: 0, windows: each.windows.map(noon) })),
})
const noon = ([day]: [number, number, number]): [number, number, number] => [day, 720, 780]

t.test(
  'every change that is said to place a request does, and of those that would none is kept back, by the second judge',
  async () => {
    const found = new Map<string, number>()
    for (let seed = 1; seed <= 80; seed++) {
      const instance = seed % 2 === 0 ? tinyInstance(seed, 5) : inOneHall(tinyInstance(seed, 5))
      const model = modelOf(instance)
      const schedule = emptySchedule(model)
      construct(benchFor(schedule))
      const talks: Assignment[] = planOf(model, schedule).assignments
      for (const [r, request] of instance.requests.entries()) {
        if (schedule.day[r]! >= 0) continue
        // a plan made request by request leaves some out that cost too much: nothing need change for these
        if (placeable(instance, request.id, talks)) continue
        const said = explained(schedule, r).relaxations.flatMap(told).sort()
        const would = changesOf(instance, request)
          .filter(([, then]) => placeable(then, request.id, talks))
          .map(([name]) => name)
        strictEqual(said.join('\n'), would.sort().join('\n'), `seed ${seed}, ${request.id}`)
        for (const name of said) {
          const kind = name.split(' ')[0]!
          found.set(kind, (found.get(kind) ?? 0) + 1)
        }
      }
    }
    for (const kind of ['talk', 'longer-hours', 'day', 'language', 'other-hall', 'person'])
      strictEqual((found.get(kind) ?? 0) > 1, true, `${kind} would help ${found.get(kind)} times`)
  },
)
