import { readFileSync } from 'node:fs'
import { BadInstance } from '../../planner/core/fields.ts'
import type { Instance } from '../../planner/core/instance.ts'
import { violations } from '../../planner/core/judge.ts'
import { refusePins } from '../../planner/core/pins.ts'
import { readInstance } from '../../planner/core/reading.ts'
import { scoreOf } from '../../planner/core/score.ts'
import { type Found, startPlanning } from '../../planner/planning.ts'
import { Refused, wishesOf } from './wishes.ts'
import { refuseOut, write } from './writing.ts'

/** What is kept of the seconds for leaving: the last plan is judged, written and told. */
const reserve = (instance: Instance) => 0.1 + instance.requests.length / 20_000

function instanceFrom(file: string): Instance {
  let said: unknown
  try {
    said = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Refused(`${file}: ${(error as Error).message}`)
  }
  try {
    const instance = readInstance(said)
    refusePins(instance)
    return instance
  } catch (error) {
    if (error instanceof BadInstance) throw new Refused(`${file}: ${error.message}`)
    throw error
  }
}

/** A proven 11,398.3 is 11,399, as costs are whole numbers; never above the cost of the plan itself. */
const wholeBound = (bound: number | undefined, cost: number): number | null =>
  bound === undefined ? null : Math.max(0, Math.min(cost, Math.ceil(bound - 0.01)))

const gapOf = (cost: number, bound: number | null): number | null =>
  cost === 0 ? 0 : bound === null ? null : (cost - bound) / cost

const seconds = () => Math.round(performance.now()) / 1000

function tellProgress({ phase, placed, unplacedWeight, cost, bound }: Found): void {
  const line = { t: seconds(), phase, placed, unplacedWeight, cost, bound: wholeBound(bound, cost) }
  process.stderr.write(`${JSON.stringify(line)}\n`)
}

/** Progress at most twice a second, and nothing else. */
function seldom(tell: (found: Found) => void): (found: Found) => void {
  let at = Number.NEGATIVE_INFINITY
  return found => {
    if (performance.now() - at < 500) return
    at = performance.now()
    tell(found)
  }
}

async function planned(args: string[], onceStarted: (stop: () => void) => void): Promise<void> {
  const { file, budget, seed, out, progress } = wishesOf(args)
  if (out !== undefined) refuseOut(out)
  const instance = instanceFrom(file)
  const kept = 'seconds' in budget ? { seconds: Math.max(0.01, budget.seconds - reserve(instance)) } : budget
  const planning = startPlanning(instance, {
    seed,
    budget: kept,
    beganAt: performance.timeOrigin,
    ...(progress && { heard: seldom(tellProgress) }),
  })
  onceStarted(planning.cancel)
  const { plan, bound, interrupted, fault } = await planning.result
  if (fault !== undefined) process.stderr.write(`the search broke off: ${fault}\n`)
  const broken = violations(instance, plan)
  if (broken[0]) throw new Error(`the planner broke a rule of its own, ${broken[0].code}: ${broken[0].detail}`)
  const { placed, unplacedWeight, cost, travelMinutes, ...spread } = scoreOf(instance, plan)
  if (out !== undefined) write(out, JSON.stringify(plan))
  const proven = wholeBound(bound, cost)
  const line = {
    placed,
    unplacedWeight,
    cost,
    travelMinutes,
    bound: proven,
    gap: gapOf(cost, proven),
    seconds: seconds(),
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
    utilisationSd: spread.utilisationSd,
    utilisationMax: spread.utilisationMax,
    idleSpeakers: spread.idleSpeakers,
    delayDaysMean: spread.delayDaysMean,
    delayDaysMax: spread.delayDaysMax,
    provenOptimal: proven === cost,
    ...(interrupted && { interrupted }),
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

/** The command, to its end; what the caller has to mend is said in one line, whatever names and files hold. */
export async function plan(args: string[], onceStarted: (stop: () => void) => void): Promise<void> {
  try {
    await planned(args, onceStarted)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    process.stderr.write(`${error.message.replace(/[\s\p{Cc}]+/gu, ' ')}\n`)
    process.exitCode = 2
  }
}
