import { availableParallelism } from 'node:os'
import { roundRobin } from './core/round-robin.ts'
import { type Diary, diaryOf, withLine, worldIn } from './diary-rules.ts'
import { hurdlesOf, judged, leftOver, withPinned } from './draft-rules.ts'
import type { Draft, Order } from './drafting.ts'
import { measureOf } from './measuring.ts'
import { type Case, type Lack, type Line, type Progress, type Said, stays } from './plan-rules.ts'
import { startPlanning } from './planning.ts'
import { mend, place, placeByChain } from './repair-rules.ts'
import { bookingOf, instanceOf, type Translation, type Waiting } from './translation.ts'
import { weighted } from './weighing.ts'

type Watch = { heard: (progress: Progress) => void; stopped: () => boolean; onStop: (stop: () => void) => void }
type Work = Order & { byId: Map<string, Case>; diary: Diary; lines: Map<string, Line>; watch: Watch }

/** So many requests are told what would help; more of them say the same. */
const mostHurdles = 120

/**
 * A draft: first the talks of those who are away, with the least disturbance; then the requests by the planner; what its instance
 * could not say, and what only a talk that gives way makes room for, by the engine itself. Whatever stands in it, `fit` allows.
 */
export async function drafted(order: Order, watch: Watch): Promise<Draft> {
  const byId = new Map(order.cases.map(one => [one.requestId, one]))
  const diary = withPinned(diaryOf(order.cases, order.away, order.leftOut), byId, order.pinned)
  const work: Work = { ...order, byId, diary, lines: new Map(), watch }
  mendAll(work)
  const asked = order.asked.flatMap(id => byId.get(id) ?? [])
  const found = asked.length > 0 ? await search(work, asked) : undefined
  const open = asked.filter(({ requestId }) => !work.lines.has(requestId)).sort((a, b) => b.priority - a.priority)
  for (const one of open) take(work, place(work.diary, one, work.range))
  if (!watch.stopped())
    for (const one of open)
      if (!work.lines.has(one.requestId)) take(work, placeByChain(work.diary, one, givingWay(work), work.range))
  const { cost = 0, bound, mine } = found?.said ?? {}
  watch.heard({ phase: 'reasons', placed: work.lines.size, cost, bound, travel: mine?.travelMinutes ?? 0 })
  const left = [...open, ...hits(work)].filter(({ requestId }) => !work.lines.has(requestId))
  for (const [at, one] of left.entries()) {
    const hurdles = at < mostHurdles ? hurdlesOf(work.diary, one, work.range) : []
    work.lines.set(one.requestId, leftOver(one.requestId, hurdles, one.standing !== undefined))
  }
  const out = new Set(left.map(({ requestId }) => requestId))
  return {
    lines: [...work.lines.values()],
    said: found && { ...found.said, lacks: lacksOf(found.lacks, out) },
    interrupted: watch.stopped(),
  }
}

function take(work: Work, mended: { diary: Diary; lines: Line[] } | undefined): void {
  if (!mended) return
  work.diary = mended.diary
  for (const line of mended.lines) work.lines.set(line.requestId, line)
}

/** Talks of which somebody is away on their day; soonest first. */
function hits({ cases, away, pinned }: Work): Case[] {
  const kept = new Set(pinned.map(({ requestId }) => requestId))
  return cases
    .filter(({ requestId, standing }) => standing && !kept.has(requestId) && awayFrom(away, standing).size > 0)
    .sort((a, b) => startOf(a).localeCompare(startOf(b)))
}
const startOf = ({ standing }: Case) => (standing ? `${standing.day} ${String(standing.from).padStart(4, '0')}` : '')

const awayFrom = (away: Order['away'], { day, team }: NonNullable<Case['standing']>): Set<string> =>
  new Set(
    team
      .map(({ speakerId }) => speakerId)
      .filter(id => away.some(({ speakerId, from, to }) => speakerId === id && from <= day && day <= to)),
  )

/** Talks that may change to make room: nothing of theirs was changed yet; those that nobody has accepted first, the latest first. */
function givingWay(work: Work): Case[] {
  const hit = new Set(hits(work).map(({ requestId }) => requestId))
  const kept = new Set(work.pinned.map(({ requestId }) => requestId))
  return work.cases
    .filter(
      ({ requestId, standing }) =>
        standing &&
        !stays(work.moves, standing) &&
        !hit.has(requestId) &&
        !kept.has(requestId) &&
        !work.lines.has(requestId),
    )
    .sort((a, b) => Number(a.standing?.answered) - Number(b.standing?.answered) || startOf(b).localeCompare(startOf(a)))
}

function mendAll(work: Work): void {
  for (const one of hits(work)) {
    if (!one.standing) continue
    take(work, mend(work.diary, one, awayFrom(work.away, one.standing), givingWay(work), work.range))
  }
}

/** The planner's own plan of what is asked, put into the diary talk by talk. */
async function search(work: Work, asked: Case[]): Promise<{ said: Said; lacks: (Lack & { ids: string[] })[] }> {
  const { range, watch, seconds, seed } = work
  const waiting = asked.map(
    (one): Waiting => ({
      world: worldIn(work.diary, one),
      request: one.request,
      priority: one.priority,
    }),
  )
  const speakers = waiting[0]?.world.speakers ?? []
  const translation = instanceOf('house', waiting, speakers, range)
  const instance = weighted(translation.instance, work.weights)
  const pins = instance.pinned?.length ?? 0
  const measure = measureOf(instance)
  const restOf = (bound: number | undefined) => (bound === undefined ? undefined : measure.rest(bound))
  const planning = startPlanning(instance, {
    seed,
    budget: { seconds },
    explain: true,
    // one processor is for the pages and their database
    threads: availableParallelism() - 1,
    heard: ({ phase, plan, placed, cost, bound }) =>
      watch.heard({
        ...{ phase, placed: placed - pins, cost: measure.rest(cost), bound: restOf(bound) },
        travel: measure.travel(plan),
      }),
  })
  watch.onStop(planning.cancel)
  const { plan, cost, bound, reasons } = await planning.result
  const turn = new Map(waiting.map((each, at) => [each.request.id, { each, one: asked[at] }]))
  for (const assignment of plan.assignments.toSorted((a, b) => a.day - b.day || a.start - b.start)) {
    const { each, one } = turn.get(assignment.request) ?? {}
    if (!each || !one) continue
    const { moment, team } = bookingOf(each, translation, assignment)
    const said = judged(work.diary, one, moment, team)
    if ('refusals' in said) continue
    take(work, { diary: withLine(work.diary, one, moment, team), lines: [said.line] })
  }
  return {
    said: {
      mine: measure.figures(plan),
      list: measure.figures(roundRobin(instance)),
      lacks: [],
      stricter: [...translation.stricter],
      bound: restOf(bound),
      cost: measure.rest(cost),
    },
    lacks: (reasons?.shortages ?? []).map(({ anyOf, language, weekday, talks }) => ({
      anyOf,
      language,
      weekday: weekday + 1,
      talks: talks.length,
      ids: talks.flatMap(r => idOf(translation, r)),
    })),
  }
}

const idOf = ({ instance }: Translation, r: number): string[] => instance.requests.slice(r, r + 1).map(({ id }) => id)

const mostLacks = 5

/** Only what is still left out counts. */
const lacksOf = (lacks: (Lack & { ids: string[] })[], out: Set<string>): Lack[] =>
  lacks
    .map(({ ids, ...lack }) => ({ ...lack, talks: ids.filter(id => out.has(id)).length }))
    .filter(({ talks }) => talks > 0)
    .sort((a, b) => b.talks - a.talks)
    .slice(0, mostLacks)
