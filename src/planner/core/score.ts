import { type Instance, type Plan, type SpeakerOfPlan, weeksIn } from './instance.ts'
import { legOf, push } from './legs.ts'

export type Score = {
  placed: number
  unplacedWeight: number
  cost: number
  travelMinutes: number
  fair: number
  late: number
  utilisationSd: number
  utilisationMax: number
  idleSpeakers: number
  delayDaysMean: number
  delayDaysMax: number
}

/** What a plan costs, and how evenly and how soon it serves; from the instance alone. */
export function scoreOf(instance: Instance, plan: Plan): Score {
  const { weights, horizon, priorityWeight, requests, speakers } = instance
  const placed = new Map(plan.assignments.map(each => [each.request, each]))
  const days = new Map<string, { start: number; loc: number }[]>()
  let [unplacedWeight, late] = [0, 0]
  const delays: number[] = []
  for (const { id, priority, windows, loc } of requests) {
    const talk = placed.get(id)
    const weight = priorityWeight[priority]
    if (!talk) unplacedWeight += weight
    else {
      const delay = talk.day - Math.min(...windows.map(([day]) => day))
      delays.push(delay)
      late += weights.late * weight * delay
      for (const { speaker } of talk.team) push(days, JSON.stringify([speaker, talk.day]), { start: talk.start, loc })
    }
  }
  const talks = new Map<string, number>()
  const byId = new Map(speakers.map(each => [each.id, each]))
  let travelMinutes = 0
  for (const [key, visits] of days) {
    const speaker = byId.get((JSON.parse(key) as [string])[0]) as SpeakerOfPlan
    visits.sort((a, b) => a.start - b.start)
    talks.set(speaker.id, (talks.get(speaker.id) ?? 0) + visits.length)
    const stops = [speaker.home, ...visits.map(({ loc }) => loc), speaker.home]
    for (let n = 1; n < stops.length; n++) travelMinutes += legOf(instance, speaker.mode, stops[n - 1]!, stops[n]!)
  }
  let fair = 0
  const shares: number[] = []
  for (const { id, past, maxWeek } of speakers) {
    const capacity = maxWeek * weeksIn(horizon)
    const n = talks.get(id) ?? 0
    for (let k = past + 1; k <= past + n; k++) fair += Math.round((weights.fair * k) / Math.max(1, capacity))
    if (capacity > 0) shares.push(n / capacity)
  }
  const mean = (list: number[]) => list.reduce((sum, each) => sum + each, 0) / Math.max(1, list.length)
  const rounded = (share: number) => Math.round(share * 10_000) / 10_000
  const average = mean(shares)
  return {
    placed: delays.length,
    unplacedWeight,
    cost: weights.unplaced * unplacedWeight + weights.travel * travelMinutes + fair + late,
    travelMinutes,
    fair,
    late,
    utilisationSd: rounded(Math.sqrt(mean(shares.map(share => (share - average) ** 2)))),
    utilisationMax: rounded(Math.max(0, ...shares)),
    idleSpeakers: shares.filter(share => share === 0).length,
    delayDaysMean: rounded(mean(delays)),
    delayDaysMax: Math.max(0, ...delays),
  }
}
