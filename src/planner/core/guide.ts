import type { Proof } from './bounding.ts'
import type { Duties } from './duties.ts'
import type { Candidates } from './eligibility.ts'
import type { Snapshot } from './plan.ts'

/** How many candidates a request keeps on average over all its days. */
const perRequest = 60

/** The candidates that are worth a try by their slack, and whoever stands in the plan: the search among these is many times faster. */
export function guided({ duties, slack }: Proof, best: Snapshot): Candidates {
  const limit = slack.toSorted()[Math.min(slack.length - 1, duties.model.requests * perRequest)] ?? 0
  return candidatesAmong(duties, i => slack[i]! <= limit, best)
}

/** The candidates of some duties, and whoever stands in the plan. */
export function candidatesAmong(duties: Duties, keep: (i: number) => boolean, best: Snapshot): Candidates {
  const { model, dutyAt } = duties
  const { candidates, options } = model
  const kept = new Set<number>()
  for (let bin = 0; bin + 1 < dutyAt.length; bin++)
    for (let i = dutyAt[bin]!; i < dutyAt[bin + 1]!; i++)
      if (keep(i)) kept.add(duties.requestDay[i]! * model.speakers + Math.floor(bin / model.days))
  const rows: number[] = []
  const at = new Int32Array(candidates.at.length)
  let q = -1
  for (let o = 0; o + 1 < candidates.at.length; o++) {
    const r = options.request[o]!
    if (o === 0 || r !== options.request[o - 1] || options.day[o] !== options.day[o - 1]) q++
    const team = best.day[r] === options.day[o] ? best.team.subarray(model.seatAt[r]!, model.seatAt[r + 1]!) : undefined
    for (let p = candidates.at[o]!; p < candidates.at[o + 1]!; p++) {
      const s = candidates.speaker[p]!
      if (kept.has(q * model.speakers + s) || team?.includes(s)) rows.push(p)
    }
    at[o + 1] = rows.length
  }
  const picked = (list: Int32Array) => Int32Array.from(rows, p => list[p]!)
  return {
    at,
    speaker: picked(candidates.speaker),
    groups: picked(candidates.groups),
    languages: picked(candidates.languages),
    starts: picked(candidates.starts),
  }
}
