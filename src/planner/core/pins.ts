import { refuse } from './fields.ts'
import type { Instance } from './instance.ts'
import { violations } from './judge.ts'

/** Refuses an instance whose pinned talks break a rule among themselves: no plan could hold them. */
export function refusePins(instance: Instance): void {
  const { pinned, ...rest } = instance
  if (!pinned) return
  const [first] = violations({ ...rest }, { assignments: pinned })
  if (first) refuse(`$.pinned[${first.at}]`, `the talk breaks a rule, ${first.code}: ${first.detail}`)
}
