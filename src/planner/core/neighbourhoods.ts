import { isPlaced } from './construct.ts'
import type { Model } from './model.ts'
import type { Nearness } from './nearness.ts'
import type { Schedule } from './schedule.ts'

/** What of a schedule to take out and try anew, besides the requests that are left out already. */
export type Choosing = {
  model: Model
  schedule: Schedule
  nearness: Nearness
  random: () => number
  /** Requests that may be moved at all. */
  free: Int32Array
  chosen: Set<number>
  most: number
}

const pick = (list: ArrayLike<number>, random: () => number): number => list[Math.floor(random() * list.length)]!

/** A request and some of those near it, whatever their days. */
export function nearby({ chosen, most, nearness, random, ...choosing }: Choosing, seed: number): void {
  choose({ chosen, most, nearness, random, ...choosing }, seed)
  const keep = random() * 0.6
  for (const other of nearness(seed)) {
    if (chosen.size >= most) return
    if (random() >= keep) choose({ chosen, most, nearness, random, ...choosing }, other)
  }
}

/** The talks of the same day near a request, with everything else their speakers do that day. */
export function sameDay(choosing: Choosing, seed: number): void {
  const { schedule, chosen, most, nearness, random } = choosing
  const day = schedule.day[seed]!
  addDay(choosing, seed)
  for (const other of nearness(seed)) {
    if (chosen.size >= most) return
    if (Math.abs(schedule.day[other]! - day) <= 1 && isPlaced(schedule, other) && random() < 0.7)
      addDay(choosing, other)
  }
}

/** Everything that one speaker of a request does, then what is near to it. */
export function ofSpeaker(choosing: Choosing, seed: number): void {
  const { model, schedule, chosen, most, random, nearness } = choosing
  const seats = model.seatAt[seed + 1]! - model.seatAt[seed]!
  const s = schedule.team[model.seatAt[seed]! + Math.floor(random() * seats)]!
  choose(choosing, seed)
  for (let day = 0; day < model.days; day++)
    for (const r of schedule.routes[s * model.days + day]!) if (chosen.size < most) choose(choosing, r)
  for (const r of [...chosen]) {
    const near = nearness(r)
    if (chosen.size < most && near.length > 0) choose(choosing, near[Math.floor(random() * Math.min(8, near.length))]!)
  }
}

/** What stands in the way of a request that is left out: on one of its days, the talks of some who could take it. */
export function inTheWay(choosing: Choosing, left: number): void {
  const { model, schedule, chosen, most, random } = choosing
  const { options, candidates } = model
  const first = options.at[left]!
  const count = options.at[left + 1]! - first
  if (count === 0) return
  const o = first + Math.floor(random() * count)
  const day = options.day[o]!
  const people = candidates.at[o + 1]! - candidates.at[o]!
  const week = model.weekOf[day]!
  for (let n = 0; n < 6 && people > 0 && chosen.size < most; n++) {
    const s = candidates.speaker[candidates.at[o]! + Math.floor(random() * people)]!
    for (const r of schedule.routes[s * model.days + day]!) choose(choosing, r)
    if (schedule.inWeek[s * model.weeks + week]! < model.maxWeek[s]!) continue
    for (let other = 0; other < model.days; other++)
      if (model.weekOf[other] === week && random() < 0.4)
        for (const r of schedule.routes[s * model.days + other]!) choose(choosing, r)
  }
}

/** A handful from anywhere. */
export function anywhere(choosing: Choosing): void {
  for (let n = 0; n < choosing.most; n++) choose(choosing, pick(choosing.free, choosing.random))
}

function addDay(choosing: Choosing, r: number): void {
  const { model, schedule, chosen, most } = choosing
  const day = schedule.day[r]!
  choose(choosing, r)
  for (let seat = model.seatAt[r]!; seat < model.seatAt[r + 1]!; seat++)
    for (const other of schedule.routes[schedule.team[seat]! * model.days + day]!)
      if (chosen.size < most) choose(choosing, other)
}

function choose({ model, schedule, chosen }: Choosing, r: number): void {
  if (isPlaced(schedule, r) && !model.pin[r]) chosen.add(r)
}
