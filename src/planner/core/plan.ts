import type { Plan } from './instance.ts'
import type { Model } from './model.ts'
import { emptySchedule, insert, type Schedule } from './schedule.ts'

/** The plan as a file holds it: requests and speakers in the order of the instance. */
export function planOf(model: Model, { day, start, team }: Pick<Schedule, 'day' | 'start' | 'team'>): Plan {
  const { requests, speakers, name } = model.instance
  const assignments = requests.flatMap((request, r) => {
    if (day[r]! < 0) return []
    const seats = Array.from({ length: model.seatAt[r + 1]! - model.seatAt[r]! }, (_, n) => {
      const seat = model.seatAt[r]! + n
      return { s: team[seat]!, group: model.seatGroup[seat]! }
    }).sort((a, b) => a.group - b.group || a.s - b.s)
    const members = seats.map(({ s, group }) => ({ speaker: speakers[s]?.id ?? '', group }))
    return [{ request: request.id, day: day[r]!, start: start[r]!, team: members }]
  })
  return { instance: name, assignments }
}

/** A copy that shares nothing with what the search goes on changing. */
export type Snapshot = { day: Int32Array; start: Int32Array; team: Int32Array; cost: number; minutes: number }

export const snapshotOf = ({ day, start, team, cost, minutes }: Schedule): Snapshot => ({
  day: day.slice(),
  start: start.slice(),
  team: team.slice(),
  cost,
  minutes,
})

export function scheduleOf(model: Model, { day, start, team }: Snapshot): Schedule {
  const schedule = emptySchedule(model)
  for (let r = 0; r < model.requests; r++)
    if (day[r]! >= 0) insert(schedule, r, day[r]!, start[r]!, team.subarray(model.seatAt[r]!, model.seatAt[r + 1]!))
  return schedule
}

/** A plan from a file, which keeps the rules, as a schedule to go on from. */
export function scheduleIn(model: Model, { assignments }: Plan): Schedule {
  const { requests, speakers } = model.instance
  const requestAt = new Map(requests.map(({ id }, r) => [id, r]))
  const speakerAt = new Map(speakers.map(({ id }, s) => [id, s]))
  const schedule = emptySchedule(model)
  for (const { request, day, start, team } of assignments) {
    const seats = team.toSorted((a, b) => a.group - b.group).map(({ speaker }) => speakerAt.get(speaker)!)
    insert(schedule, requestAt.get(request)!, day, start, seats)
  }
  return schedule
}

/** The weight of what a plan leaves out. */
export function leftOut(model: Model, { day }: { day: Int32Array }): { placed: number; unplacedWeight: number } {
  let [placed, unplacedWeight] = [0, 0]
  for (let r = 0; r < model.requests; r++)
    if (day[r]! < 0) unplacedWeight += model.weight[r]!
    else placed++
  return { placed, unplacedWeight }
}
