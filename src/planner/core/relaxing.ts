import { candidatesOf } from './eligibility.ts'
import { benchFor } from './gathering.ts'
import { cheapest } from './insertion.ts'
import type { RequestOfPlan, Stretch } from './instance.ts'
import type { Model } from './model.ts'
import { optionsOf } from './options.ts'
import type { Schedule } from './schedule.ts'

/** A change to the month, every one found by asking the insertion itself. */
export type Relaxation =
  | { change: 'one-more-talk'; s: number; limit: 'day' | 'week' }
  | { change: 'longer-hours'; minutes: number }
  | { change: 'one-day-longer'; day: number }
  | { change: 'other-language'; language: string }
  | { change: 'other-hall' }
  | { change: 'one-more-person'; group: number; language: string; days: number[] }

const longerBy = 60

/** Single changes that would place a request, from the one that asks least of people to a new person. */
export function relaxations(schedule: Schedule, r: number): Relaxation[] {
  const { model } = schedule
  const request = model.instance.requests[r]!
  const found: Relaxation[] = [...moreTalks(schedule, r)]
  const places = (changed: Partial<RequestOfPlan>, room = schedule) => isPlaceable(room, r, { ...request, ...changed })
  const wider = request.windows.map(
    ([day, from, to]): Stretch => [day, Math.max(0, from - longerBy), Math.min(1440, to + longerBy)],
  )
  if (places({ windows: wider })) found.push({ change: 'longer-hours', minutes: longerBy })
  for (const day of [Math.max(...request.windows.map(([on]) => on)) + 1, model.firstDay[r]! - 1]) {
    if (day < 0 || day >= model.days) continue
    const hours = request.windows.map(([, from, to]): Stretch => [day, from, to])
    if (places({ windows: hours })) found.push({ change: 'one-day-longer', day })
  }
  const others = new Set(model.instance.requests.flatMap(({ langs }) => langs))
  for (const language of others)
    if (!request.langs.includes(language) && places({ langs: [language] }))
      found.push({ change: 'other-language', language })
  const halls = { ...schedule, halls: schedule.halls.map(() => []) }
  if (places({}, halls)) found.push({ change: 'other-hall' })
  found.push(...morePeople(schedule, r, request))
  return found
}

/** Somebody's limit raised by one, for this talk alone. */
function moreTalks(schedule: Schedule, r: number): Relaxation[] {
  const { model } = schedule
  const { candidates, options } = model
  const people = new Set(
    candidates.speaker.subarray(candidates.at[options.at[r]!]!, candidates.at[options.at[r + 1]!]!),
  )
  const found: Relaxation[] = []
  // a bench for each of them took ten seconds in a month of 1,000
  const bench = benchFor(schedule)
  for (const s of people)
    for (const limit of ['day', 'week'] as const) {
      const caps = limit === 'day' ? model.maxDay : model.maxWeek
      const raised = caps.slice()
      raised[s]!++
      const changed = { ...model, [limit === 'day' ? 'maxDay' : 'maxWeek']: raised }
      // who has as many talks as all weeks together allow has one more, too; a limit of another kind stays
      const another = limit === 'week' && model.instance.speakers[s]!.most === undefined
      const room = another ? { ...schedule, nextFair: schedule.nextFair.with(s, 0) } : schedule
      if (cheapest({ ...bench, model: changed, schedule: room }, r, Number.POSITIVE_INFINITY))
        found.push({ change: 'one-more-talk', s, limit })
    }
  return found
}

/** For each group and language whether the talk would take place if only one place of that group were filled. */
function morePeople(schedule: Schedule, r: number, request: RequestOfPlan): Relaxation[] {
  const { days } = schedule.model
  return request.team.flatMap((_, group) =>
    request.langs.flatMap(language => {
      // a group of nobody must go: whoever suits it alone would stand for the seat that is left
      const team = request.team.flatMap((each, g) => {
        const n = g === group ? each.n - 1 : each.n
        return n > 0 ? [{ ...each, n }] : []
      })
      const on = Array.from({ length: days }, (_, day) => day).filter(day => {
        const windows = request.windows.filter(([then]) => then === day)
        return windows.length > 0 && isPlaceable(schedule, r, { ...request, windows, langs: [language], team })
      })
      return on.length > 0 ? [{ change: 'one-more-person' as const, group, language, days: on }] : []
    }),
  )
}

/** Whether a request in a changed form finds a place with everything else as it is. */
function isPlaceable(schedule: Schedule, r: number, request: RequestOfPlan): boolean {
  const model = withRequest(schedule.model, r, request)
  // hours of the hall, too, are those of the changed request
  return cheapest(benchFor({ ...schedule, model }), r, Number.POSITIVE_INFINITY)
}

/** The model with one request changed and no options but its own. */
function withRequest(model: Model, r: number, request: RequestOfPlan): Model {
  const instance = { ...model.instance, requests: [request] }
  const options = optionsOf(instance, [undefined], model.firstDay.subarray(r, r + 1))
  const team = request.team.flatMap(({ n }, group) => Array<number>(n).fill(group))
  const placed = (from: number, to: number) => {
    const at = new Int32Array(r + 2)
    at[r] = from
    at[r + 1] = to
    return at
  }
  return {
    ...model,
    options: { ...options, at: placed(0, options.at[1]!), request: options.request.fill(r) },
    candidates: candidatesOf(instance, options, [undefined]),
    seatAt: placed(0, team.length),
    seatGroup: Int32Array.from(team),
  }
}
