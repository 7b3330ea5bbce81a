import { type Bench, freeHours, gather } from './gathering.ts'

/** One way to hold a request as things stand, with what it adds and why. */
export type Ranked = {
  day: number
  /** Every start at which this team could come. */
  starts: number[]
  team: { s: number; group: number; addedCost: number; talkOfWeek: number; talkOfDay: number }[]
  daysLate: number
  cost: number
}

type Row = { sum: number; option: number; hours: number; people: number[]; costs: number[] }

/** The cheapest ways to hold a request, at most so many, each day and team once with all its hours; cheapest first. */
export function ranked(bench: Bench, r: number, most = 20): Ranked[] {
  const { model } = bench
  const rows: Row[] = []
  for (let o = model.options.at[r]!; o < model.options.at[r + 1]!; o++) {
    const hall = freeHours(bench.schedule, r, o) & (bench.allowed?.(o) ?? -1)
    if (hall === 0) continue
    gather(bench, r, o, hall, Number.POSITIVE_INFINITY)
    const worst = () => (rows.length < most ? Number.POSITIVE_INFINITY : rows.at(-1)!.sum)
    teams(bench, r, o, hall, worst, row => {
      rows.splice(rows.findLastIndex(other => other.sum <= row.sum) + 1, 0, row)
      if (rows.length > most) rows.pop()
    })
  }
  return rows.map(row => told(bench, r, row))
}

/** Every team of an option that is cheaper than the worst that is still wanted. */
function teams(
  bench: Bench,
  r: number,
  option: number,
  hall: number,
  worst: () => number,
  found: (row: Row) => void,
): void {
  const { model, cost } = bench
  const order = Array.from({ length: bench.size }, (_, n) => n).sort((a, b) => cost[a]! - cost[b]! || a - b)
  const seats = Array.from(model.seatGroup.subarray(model.seatAt[r]!, model.seatAt[r + 1]!))
  const lists = seats.map(group => order.filter(n => bench.groups[n]! & (1 << group)))
  const fill = (chosen: number[], sum: number, languages: number, hours: number): void => {
    const list = lists[chosen.length]
    if (!list) {
      const people = chosen.map(at => bench.speaker[at]!)
      found({ sum, option, hours, people, costs: chosen.map(at => cost[at]!) })
      return
    }
    let least = sum
    for (let later = chosen.length + 1; later < lists.length; later++) least += cost[lists[later]![0]!] ?? 0
    const samePlace = seats[chosen.length] === seats[chosen.length - 1]
    for (let n = samePlace ? list.indexOf(chosen.at(-1)!) + 1 : 0; n < list.length; n++) {
      const at = list[n]!
      if (least + cost[at]! >= worst()) return
      const [shared, common] = [languages & bench.languages[at]!, hours & bench.hours[at]!]
      if (shared === 0 || common === 0 || chosen.some(other => bench.speaker[other] === bench.speaker[at])) continue
      fill([...chosen, at], sum + cost[at]!, shared, common)
    }
  }
  fill([], model.options.late[option]!, -1, hall)
}

function told(bench: Bench, r: number, { sum, option, hours, people, costs }: Row): Ranked {
  const { model, schedule } = bench
  const day = model.options.day[option]!
  return {
    day,
    starts: model.options.starts[option]!.filter((_, n) => hours & (1 << n)),
    team: people.map((s, n) => ({
      s,
      group: model.seatGroup[model.seatAt[r]! + n]!,
      addedCost: costs[n]!,
      talkOfWeek: schedule.inWeek[s * model.weeks + model.weekOf[day]!]! + 1,
      talkOfDay: schedule.routes[s * model.days + day]!.length + 1,
    })),
    daysLate: day - model.firstDay[r]!,
    cost: sum,
  }
}
