import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Budget } from '../planner/core/budget.ts'
import { BadInstance } from '../planner/core/fields.ts'
import type { Instance } from '../planner/core/instance.ts'
import { violations } from '../planner/core/judge.ts'
import { refusePins } from '../planner/core/pins.ts'
import { readInstance } from '../planner/core/reading.ts'
import { scoreOf } from '../planner/core/score.ts'
import { type Found, startPlanning } from '../planner/planning.ts'

const usage =
  'usage: npm run plan -- INSTANCE.json [--seconds S | --iterations N] [--seed K] [--out PLAN.json] [--progress]'

class Refused extends Error {}

/** What is kept of the seconds for leaving: the last plan is judged, written and told. */
const reserve = (instance: Instance) => 0.1 + instance.requests.length / 20_000

type Wishes = { file: string; budget: Budget; seed: number; out: string | undefined; progress: boolean }

function wishesOf(args: string[]): Wishes {
  let read: ReturnType<typeof parse>
  try {
    read = parse(args)
  } catch (error) {
    throw new Refused(`${(error as Error).message.split('. ')[0]}\n${usage}`)
  }
  const { values, positionals } = read
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new Refused(usage)
  const { seconds, iterations } = values
  if (seconds !== undefined && iterations !== undefined)
    throw new Refused('--seconds and --iterations: only one of them can be the budget')
  const budget: Budget =
    iterations !== undefined
      ? { iterations: whole('--iterations', iterations) }
      : { seconds: number('--seconds', seconds ?? '30') }
  return {
    file,
    budget,
    seed: whole('--seed', values.seed ?? '1'),
    out: values.out,
    progress: values.progress ?? false,
  }
}

const text = { type: 'string' } as const
const parse = (args: string[]) =>
  parseArgs({
    args,
    allowPositionals: true,
    options: { seconds: text, iterations: text, seed: text, out: text, progress: { type: 'boolean' } },
  })

function number(option: string, value: string): number {
  const read = Number(value)
  if (value.trim() === '' || !(read > 0 && read <= 86_400))
    throw new Refused(`${option}: ${value} is no number of seconds`)
  return read
}

function whole(option: string, value: string): number {
  if (!/^\d{1,12}$/.test(value)) throw new Refused(`${option}: ${value} is no whole number`)
  return Number(value)
}

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

function write(file: string, content: string): void {
  const beside = `${file}.${process.pid}.part`
  writeFileSync(beside, content)
  renameSync(beside, file)
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

async function main(): Promise<void> {
  const { file, budget, seed, out, progress } = wishesOf(process.argv.slice(2))
  let stop = () => {}
  // before the file is read: whoever interrupts then is heard as soon as there is something to stop
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop())
  const instance = instanceFrom(file)
  const kept = 'seconds' in budget ? { seconds: Math.max(0.01, budget.seconds - reserve(instance)) } : budget
  const planning = startPlanning(instance, {
    seed,
    budget: kept,
    beganAt: performance.timeOrigin,
    ...(progress && { heard: seldom(tellProgress) }),
  })
  stop = planning.cancel
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

try {
  await main()
} catch (error) {
  if (!(error instanceof Refused)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}
