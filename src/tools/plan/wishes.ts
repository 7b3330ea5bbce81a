import { parseArgs } from 'node:util'
import type { Budget } from '../../planner/core/budget.ts'

const usage =
  'usage: npm run plan -- INSTANCE.json [--seconds S | --iterations N] [--seed K] [--out PLAN.json] [--progress]'

/** What the caller has to mend. */
export class Refused extends Error {}

export type Wishes = { file: string; budget: Budget; seed: number; out: string | undefined; progress: boolean }

export function wishesOf(args: string[]): Wishes {
  let read: ReturnType<typeof parse>
  try {
    read = parse(args)
  } catch (error) {
    throw new Refused(`${(error as Error).message.split(/\.\s|\n/)[0]}; ${usage}`)
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
