import { type Bench, freeHours, gather } from './gathering.ts'

/** The cheapest place of a request below a limit, kept in `bench.best`; exact over its candidates, unless it blinks. */
export function cheapest(bench: Bench, r: number, limit: number): boolean {
  const { model, best } = bench
  const { options, seatAt } = model
  best.option = -1
  best.cost = limit
  const seats = seatAt[r + 1]! - seatAt[r]!
  for (let o = options.at[r]!; o < options.at[r + 1]!; o++) {
    const late = options.late[o]!
    if (late >= best.cost) break
    const hall = freeHours(bench.schedule, r, o) & (bench.allowed?.(o) ?? -1)
    if (hall === 0) continue
    gather(bench, r, o, hall, best.cost - late)
    if (bench.size < seats) continue
    if (seats === 1) takeOne(bench, o, late)
    else takeTeam(bench, r, o, late, hall)
  }
  return best.option >= 0
}

function takeOne(bench: Bench, o: number, late: number): void {
  const { best, cost } = bench
  for (let at = 0; at < bench.size; at++) {
    if (late + cost[at]! >= best.cost) continue
    best.cost = late + cost[at]!
    best.option = o
    best.hours = bench.hours[at]!
    best.team[0] = bench.speaker[at]!
  }
}

/** Depth first over the seats, cheapest candidates first, cut off where nothing cheaper can follow. */
function takeTeam(bench: Bench, r: number, o: number, late: number, hall: number): void {
  const { model, order, cost, least } = bench
  for (let n = 0; n < bench.size; n++) {
    let at = n
    while (at > 0 && cost[order[at - 1]!]! > cost[n]!) {
      order[at] = order[at - 1]!
      at--
    }
    order[at] = n
  }
  const first = model.seatAt[r]!
  const seats = model.seatAt[r + 1]! - first
  least[seats] = 0
  for (let seat = seats - 1; seat >= 0; seat--) {
    const group = 1 << model.seatGroup[first + seat]!
    let cheapest = Number.POSITIVE_INFINITY
    for (let n = 0; n < bench.size; n++)
      if (bench.groups[order[n]!]! & group) {
        cheapest = cost[order[n]!]!
        break
      }
    least[seat] = least[seat + 1]! + cheapest
  }
  if (late + least[0]! < bench.best.cost) fill(bench, first, 0, seats, 0, late, -1, hall, o)
}

function fill(
  bench: Bench,
  first: number,
  seat: number,
  seats: number,
  from: number,
  sum: number,
  languages: number,
  hours: number,
  o: number,
): void {
  const { order, cost, least, team, best, model } = bench
  if (seat === seats) {
    best.cost = sum
    best.option = o
    best.hours = hours
    best.team.set(team)
    return
  }
  const group = 1 << model.seatGroup[first + seat]!
  const samePlace = seat + 1 < seats && model.seatGroup[first + seat + 1] === model.seatGroup[first + seat]
  for (let n = from; n < bench.size; n++) {
    const at = order[n]!
    if (sum + cost[at]! + least[seat + 1]! >= best.cost) return
    if (!(bench.groups[at]! & group)) continue
    const shared = languages & bench.languages[at]!
    const common = hours & bench.hours[at]!
    if (shared === 0 || common === 0) continue
    const s = bench.speaker[at]!
    let twice = false
    for (let other = 0; other < seat; other++) twice ||= team[other] === s
    if (twice) continue
    team[seat] = s
    fill(bench, first, seat + 1, seats, samePlace ? n + 1 : 0, sum + cost[at]!, shared, common, o)
  }
}
