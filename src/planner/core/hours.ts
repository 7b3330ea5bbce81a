import type { Model } from './model.ts'

/** A talk of which the day and the people are known; only the hour is open. */
export type Open = { r: number; day: number; team: number[] }

/** Starts for all talks of a day, or the talks among which none can be found. */
export type Timed = { starts: Map<number, number> } | { stuck: Open[] }

/** Depth first over talks that share a speaker or a host, the one with fewest starts first. */
export function timed(model: Model, talks: Open[]): Timed {
  const starts = new Map<number, number>()
  for (const part of connected(model, talks)) {
    const domains = part
      .map(talk => ({ talk, hours: hoursOf(model, talk) }))
      .sort((a, b) => a.hours.length - b.hours.length)
    const found = search(model, domains, 0, [])
    if (!found) return { stuck: part }
    for (const { talk, start } of found) starts.set(talk.r, start)
  }
  return { starts }
}

type Chosen = { talk: Open; start: number }

function search(
  model: Model,
  domains: { talk: Open; hours: number[] }[],
  at: number,
  chosen: Chosen[],
): Chosen[] | undefined {
  const next = domains[at]
  if (!next) return chosen
  for (const start of next.hours) {
    const own = { talk: next.talk, start }
    if (!chosen.every(other => agree(model, other, own))) continue
    const found = search(model, domains, at + 1, [...chosen, own])
    if (found) return found
  }
  return
}

function agree(model: Model, a: Chosen, b: Chosen): boolean {
  const [first, second] = a.start <= b.start ? [a, b] : [b, a]
  const end = first.start + model.duration[first.talk.r]!
  if (model.host[first.talk.r] === model.host[second.talk.r] && second.start < end) return false
  return first.talk.team.every(s => {
    if (!second.talk.team.includes(s)) return true
    const pause = model.pauses[s]![model.site[first.talk.r]! * model.sites + model.site[second.talk.r]!]!
    return end + pause <= second.start
  })
}

/** The starts at which everybody in the team is there. */
function hoursOf({ options, candidates }: Model, { r, day, team }: Open): number[] {
  const found: number[] = []
  for (let o = options.at[r]!; o < options.at[r + 1]!; o++) {
    if (options.day[o] !== day) continue
    let mask = -1
    for (const s of team) {
      let own = 0
      for (let p = candidates.at[o]!; p < candidates.at[o + 1]!; p++)
        if (candidates.speaker[p] === s) own = candidates.starts[p]!
      mask &= own
    }
    found.push(...options.starts[o]!.filter((_, n) => mask & (1 << n)))
  }
  return found
}

function connected(model: Model, talks: Open[]): Open[][] {
  const left = new Set(talks)
  const parts: Open[][] = []
  for (const seed of talks) {
    if (!left.delete(seed)) continue
    const part = [seed]
    for (const talk of part)
      for (const other of left)
        if (model.host[talk.r] === model.host[other.r] || talk.team.some(s => other.team.includes(s))) {
          left.delete(other)
          part.push(other)
        }
    parts.push(part)
  }
  return parts
}
