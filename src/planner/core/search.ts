import { fitIn, isPlaced } from './construct.ts'
import type { Candidates } from './eligibility.ts'
import { type Bench, benchFor } from './gathering.ts'
import type { Nearness } from './nearness.ts'
import { anywhere, type Choosing, inTheWay, nearby, ofSpeaker, sameDay } from './neighbourhoods.ts'
import { type Snapshot, snapshotOf } from './plan.ts'
import { insert, remove, type Schedule } from './schedule.ts'

export type Heat = { from: number; to: number }

/** Large-neighbourhood search: take a part of the schedule out, put it back another way, keep it if it is better, or not much worse. */
export type Search = {
  schedule: Schedule
  candidates: Candidates
  nearness: Nearness
  random: () => number
  /** Deviation in cost that is taken now and then at the beginning and at the end. */
  heat: Heat
  /** How far the search is, 0 to 1, and 1 when it must stop; asked seldom. */
  progress: (iteration: number) => number
  /** Hears of every better plan; the snapshot goes on changing. */
  better: (best: Snapshot) => void
}

type Undo = { r: number; day: number; start: number; team: Int32Array }

const askEvery = 32

export function improve(search: Search): number {
  const { schedule, random, heat } = search
  const { model } = schedule
  const bench = { ...benchFor(schedule, search.candidates), random }
  const free = Int32Array.from({ length: model.requests }, (_, r) => r).filter(
    r => !model.pin[r] && model.options.at[r + 1]! > model.options.at[r]!,
  )
  if (free.length === 0) return 0
  const left = new Set(free.filter(r => !isPlaced(schedule, r)))
  const best = snapshotOf(schedule)
  const changed = new Set<number>()
  let warmth = heat.from
  let iteration = 0
  for (; ; iteration++) {
    if (iteration % askEvery === 0) {
      const done = search.progress(iteration)
      if (done >= 1) break
      warmth = heat.from * (heat.to / heat.from) ** done
    }
    const before = schedule.cost
    const { chosen, first } = choosePart(search, free, left)
    const undo = takeOut(schedule, chosen)
    const tried = putBack(search, bench, chosen, first, left)
    if (schedule.cost < before - warmth * Math.log(random())) {
      for (const r of tried) {
        changed.add(r)
        if (isPlaced(schedule, r)) left.delete(r)
        else left.add(r)
      }
      if (schedule.cost < best.cost) {
        keep(schedule, best, changed)
        search.better(best)
      }
    } else {
      for (const r of tried) if (isPlaced(schedule, r)) remove(schedule, r)
      for (const { r, day, start, team } of undo) insert(schedule, r, day, start, team)
    }
  }
  return iteration
}

/** Brings a snapshot up to date with what has changed since. */
function keep(schedule: Schedule, best: Snapshot, changed: Set<number>): void {
  const { seatAt } = schedule.model
  for (const r of changed) {
    best.day[r] = schedule.day[r]!
    best.start[r] = schedule.start[r]!
    for (let seat = seatAt[r]!; seat < seatAt[r + 1]!; seat++) best.team[seat] = schedule.team[seat]!
  }
  changed.clear()
  best.cost = schedule.cost
  best.minutes = schedule.minutes
}

function choosePart({ schedule, nearness, random }: Search, free: Int32Array, left: Set<number>) {
  const most = 2 + Math.floor(random() * random() * 18)
  const choosing: Choosing = { model: schedule.model, schedule, nearness, random, free, chosen: new Set(), most }
  const seed = free[Math.floor(random() * free.length)]!
  const kind = random()
  let first = -1
  if (left.size > 0 && kind < 0.3) {
    first = [...left][Math.floor(random() * left.size)]!
    inTheWay(choosing, first)
  } else if (kind < 0.6 || !isPlaced(schedule, seed)) nearby(choosing, seed)
  else if (kind < 0.8) sameDay(choosing, seed)
  else if (kind < 0.97) ofSpeaker(choosing, seed)
  else anywhere(choosing)
  return { chosen: [...choosing.chosen], first }
}

function takeOut(schedule: Schedule, chosen: number[]): Undo[] {
  const { seatAt } = schedule.model
  return chosen.map(r => {
    const undo = {
      r,
      day: schedule.day[r]!,
      start: schedule.start[r]!,
      team: schedule.team.slice(seatAt[r]!, seatAt[r + 1]!),
    }
    remove(schedule, r)
    return undo
  })
}

/** Puts the requests back one by one, in an order by chance, now and then passing over somebody; with some of those left out. */
function putBack(search: Search, bench: Bench, chosen: number[], first: number, left: Set<number>): number[] {
  const { schedule, random } = search
  const { model } = schedule
  const order = [...chosen]
  if (left.size > 0) {
    const few = left.size <= 4 ? [...left] : [0, 1, 2].map(() => [...left][Math.floor(random() * left.size)]!)
    for (const r of few) if (r !== first && !order.includes(r)) order.push(r)
  }
  const kind = random()
  const key = new Map(order.map(r => [r, random()]))
  if (kind < 0.35) for (const r of order) key.set(r, key.get(r)! - model.absence[r]!)
  else if (kind < 0.6) for (const r of order) key.set(r, key.get(r)! * 0.3 + choice(search, r))
  order.sort((a, b) => key.get(a)! - key.get(b)!)
  if (first >= 0) order.unshift(first)
  const latest = random() < 0.5
  bench.blink = random() < 0.5 ? 0.02 : 0.12
  for (const r of order) fitIn(bench, r, latest)
  return order
}

/** How many people could come, as an order of magnitude. */
function choice({ schedule, candidates }: Search, r: number): number {
  const { options } = schedule.model
  return Math.log2(1 + candidates.at[options.at[r + 1]!]! - candidates.at[options.at[r]!]!)
}
