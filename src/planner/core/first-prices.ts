import type { Duties } from './duties.ts'
import { detourAt, type Schedule } from './schedule.ts'

/** Prices of rows to begin with: what the people of each talk cost in a plan that stands, the same on all days of a request. */
export function pricesIn(duties: Duties, schedule: Schedule): Float64Array<ArrayBuffer> {
  const { model, dayAt, rowAt, groupsOf, late } = duties
  const prices = new Float64Array(duties.rows)
  for (let r = 0; r < model.requests; r++) {
    const [first, groups] = [model.seatAt[r]!, groupsOf[r]!]
    const seats = model.seatAt[r + 1]! - first
    const day = schedule.day[r]!
    const costs = Array<number>(groups).fill(0)
    const counts = Array<number>(groups).fill(0)
    for (let seat = first; seat < first + seats; seat++) {
      counts[model.seatGroup[seat]!]!++
      costs[model.seatGroup[seat]!]! += day < 0 ? model.absence[r]! / seats : priceOf(schedule, r, schedule.team[seat]!)
    }
    const now = day < 0 ? 0 : model.latePerDay[r]! * (day - model.firstDay[r]!)
    for (let q = dayAt[r]!; q < dayAt[r + 1]!; q++)
      for (let row = rowAt[q]!; row < rowAt[q + 1]!; row++) {
        const group = (row - rowAt[q]!) % groups
        prices[row] = costs[group]! / counts[group]! + Math.max(0, now - late[q]!) / seats
      }
  }
  return prices
}

function priceOf({ model, routes, day, talks }: Schedule, r: number, s: number): number {
  const route = routes[s * model.days + day[r]!]!
  const at = route.indexOf(r)
  return model.travelWeight * detourAt(model, s, route, at) + model.fair[model.fairAt[s]! + talks[s]!]!
}
