import { isPlaced, take } from './construct.ts'
import { type Bench, benchFor, between } from './gathering.ts'
import { cheapest } from './insertion.ts'
import { insert, remove, type Schedule } from './schedule.ts'
import { blocking, swap, swapChain, type Talk, talkOf } from './swapping.ts'

/** What has come between: a speaker away, a host closed, requests that were not there; first and last day included. */
export type Disruption = {
  away?: { s: number; from: number; to: number }[]
  closed?: { host: number; from: number; to: number }[]
  added?: number[]
}

/** How a talk was saved, the least disturbance first. */
export type Step = 'same-hour' | 'same-day' | 'other-day' | 'chain' | 'lost'
export type Change = { r: number; step: Step; was: Talk | undefined; now: Talk | undefined; people: number }

/** Mends a schedule in place with as little disturbance as can be; talks in `confirmed` are never touched unless they are hit. */
export function replan(schedule: Schedule, disruption: Disruption, confirmed = new Set<number>()): Change[] {
  const { model } = schedule
  const { away = [], closed = [], added = [] } = disruption
  const bench = benchFor(schedule)
  bench.away = (s, day) => away.some(each => each.s === s && each.from <= day && day <= each.to)
  const isClosed = (r: number, day: number) =>
    closed.some(({ host, from, to }) => host === model.host[r] && from <= day && day <= to)
  const before = new Map<number, Talk>()
  const hit: number[] = []
  for (let r = 0; r < model.requests; r++) {
    if (!isPlaced(schedule, r)) continue
    const talk = talkOf(schedule, r)
    before.set(r, talk)
    if (isClosed(r, talk.day) || talk.team.some(s => bench.away?.(s, talk.day))) hit.push(r)
  }
  const mend = mending(bench, isClosed, confirmed)
  for (const r of hit) remove(schedule, r)
  const changes = new Map<number, Step>()
  for (const r of [...hit, ...added].sort((a, b) => model.weight[b]! - model.weight[a]! || a - b)) {
    const step = mend(r, before.get(r))
    changes.set(r, step)
  }
  for (const [r, was] of before) if (!changes.has(r) && !isSame(was, talkIn(schedule, r))) changes.set(r, 'chain')
  return [...changes].map(([r, step]) => {
    const [was, now] = [before.get(r), talkIn(schedule, r)]
    return { r, step: stands(step, was, now) ? step : 'chain', was, now, people: touched(was, now) }
  })
}

/** Whether a talk is still where that step has put it: one that was mended may have made room for a later one. */
function stands(step: Step, was: Talk | undefined, now: Talk | undefined): boolean {
  if (!was || !now || step === 'chain' || step === 'lost') return true
  const sameDay = was.day === now.day
  return step === (sameDay && was.start === now.start ? 'same-hour' : sameDay ? 'same-day' : 'other-day')
}

/** The people who hear of a change: of another hour all, else those who come and those who stay away. */
function touched(was: Talk | undefined, now: Talk | undefined): number {
  const [old, own] = [new Set(was?.team), new Set(now?.team)]
  return was && now && was.day === now.day && was.start === now.start
    ? old.symmetricDifference(own).size
    : old.union(own).size
}

function mending(bench: Bench, isClosed: (r: number, day: number) => boolean, confirmed: Set<number>) {
  const { model } = bench
  const open = (r: number) => (o: number) => (isClosed(r, model.options.day[o]!) ? 0 : -1)
  const within = (r: number, allowed: (o: number) => number): boolean => {
    bench.allowed = o => (open(r)(o) ? allowed(o) : 0)
    const found = cheapest(bench, r, Number.POSITIVE_INFINITY)
    bench.allowed = undefined
    if (found) take(bench, r)
    return found
  }
  const atHour = (was: Talk) => (o: number) =>
    model.options.day[o] === was.day ? between(model.options.starts[o]!, was.start, was.start) : 0
  const sameHour = (r: number, was: Talk): boolean =>
    !isClosed(r, was.day) && (swap(bench, r, was) || swapChain(bench, r, was, confirmed) || within(r, atHour(was)))
  return (r: number, was: Talk | undefined): Step => {
    if (was && sameHour(r, was)) return 'same-hour'
    if (was && within(r, o => (model.options.day[o] === was.day ? -1 : 0))) return 'same-day'
    if (within(r, () => -1)) return 'other-day'
    return ejected(bench, r, confirmed, within, other => sameOrAny(other, sameHour, within)) ? 'chain' : 'lost'
  }
}

const sameOrAny = (
  { r, was }: { r: number; was: Talk },
  sameHour: (r: number, was: Talk) => boolean,
  within: (r: number, allowed: (o: number) => number) => boolean,
): boolean => sameHour(r, was) || within(r, () => -1)

/** One less urgent talk makes room and finds another place itself. */
function ejected(
  bench: Bench,
  r: number,
  confirmed: Set<number>,
  within: (r: number, allowed: (o: number) => number) => boolean,
  replace: (other: { r: number; was: Talk }) => boolean,
) {
  const { model, schedule, candidates } = bench
  const tried = new Set<number>()
  for (let o = model.options.at[r]!; o < model.options.at[r + 1]!; o++)
    for (let p = candidates.at[o]!; p < candidates.at[o + 1]!; p++)
      for (const other of blocking(schedule, candidates.speaker[p]!, model.options.day[o]!)) {
        if (tried.has(other) || confirmed.has(other) || model.pin[other]) continue
        if (model.weight[other]! > model.weight[r]! || tried.size >= mostEjections) continue
        tried.add(other)
        const was = talkOf(schedule, other)
        remove(schedule, other)
        if (within(r, () => -1)) {
          if (replace({ r: other, was })) return true
          remove(schedule, r)
        }
        insert(schedule, other, was.day, was.start, was.team)
      }
  return false
}

const mostEjections = 80

const talkIn = (schedule: Schedule, r: number): Talk | undefined =>
  isPlaced(schedule, r) ? talkOf(schedule, r) : undefined

const isSame = (was: Talk, now: Talk | undefined): boolean =>
  now !== undefined && now.day === was.day && now.start === was.start && now.team.join() === was.team.join()
