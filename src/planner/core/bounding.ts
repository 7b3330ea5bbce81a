import { ascend, type Climb, firstClimb, type Relaxed, relax, relaxedFor } from './bound.ts'
import { type Duties, dutiesOf, narrowed } from './duties.ts'
import { pricesIn } from './first-prices.ts'
import type { Model } from './model.ts'
import { home, mostTalks, type Pricing, pricingOf, talksInDay } from './pricing.ts'
import type { Schedule } from './schedule.ts'
import { slacksOf } from './slack.ts'

/** Where the making of prices begins or goes on: the duties they are made for, and how far that is. */
export type Start = { duties: Duties; climb: Climb; active: Uint8Array; bound: number }
/** A proven bound with the prices that prove it, and how far each duty is from being worth it. */
export type Proof = Start & { pricing: Pricing; found: Relaxed; slack: Float64Array }

/** Duties that are tried before prices are known: for every row those who live nearest. */
const nearest = 5
/** Duties nearer than so much to being worth it join the ones that prices are made for. */
const worthTrying = 12

/** First prices from what a plan costs; none where days could hold more talks than can be enumerated. */
export function startFrom(model: Model, schedule: Schedule): Start | undefined {
  for (let s = 0; s < model.speakers; s++) if (talksInDay(model, s) > mostTalks) return
  const duties = dutiesOf(model)
  const active = firstActive(duties, schedule)
  return { duties, climb: firstClimb(pricesIn(duties, schedule)), active, bound: Number.NEGATIVE_INFINITY }
}

/** Makes better prices on the active duties, then proves them on all. */
export function sharpen(start: Start, target: () => number, goOn: (round: number) => boolean): Proof {
  climbOn(start, target, goOn)
  return proven(start)
}

/** Makes better prices on the active duties; what they prove is left open. */
export function climbOn(
  { duties, climb, active }: Start,
  target: () => number,
  goOn: (round: number) => boolean,
): void {
  ascend(
    narrowed(duties, i => active[i] === 1),
    climb,
    target,
    goOn,
  )
}

/** What the prices so far prove, and what else is worth making prices for. */
export function proven({ duties, climb, active: before }: Start): Proof {
  const pricing = pricingOf(duties, climb.prices.slice())
  const found = relaxedFor(pricing)
  relax(pricing, found)
  const slack = slacksOf(pricing, found)
  const active = before.slice()
  for (let i = 0; i < slack.length; i++) if (slack[i]! <= worthTrying) active[i] = 1
  return { duties, climb, pricing, found, bound: found.value, slack, active }
}

function firstActive(duties: Duties, schedule: Schedule): Uint8Array {
  const { model, cover, coverAt, dutyAt, requestDay, request } = duties
  const active = new Uint8Array(request.length)
  const rows: { i: number; cost: number }[][] = Array.from({ length: duties.rows }, () => [])
  for (let bin = 0; bin + 1 < dutyAt.length; bin++) {
    const s = Math.floor(bin / model.days)
    for (let i = dutyAt[bin]!; i < dutyAt[bin + 1]!; i++) {
      const cost = 2 * home(duties, s, i)
      if (schedule.day[request[i]!] === duties.dayOf[requestDay[i]!] && isIn(schedule, request[i]!, s)) active[i] = 1
      for (let c = coverAt[i]!; c < coverAt[i + 1]!; c++) {
        const list = rows[cover[c]!]!
        if (list.length === nearest && list.at(-1)!.cost <= cost) continue
        list.splice(list.findLastIndex(other => other.cost <= cost) + 1, 0, { i, cost })
        if (list.length > nearest) list.pop()
      }
    }
  }
  for (const list of rows) for (const { i } of list) active[i] = 1
  return active
}

const isIn = ({ model, team }: Schedule, r: number, s: number): boolean =>
  team.subarray(model.seatAt[r]!, model.seatAt[r + 1]!).includes(s)
