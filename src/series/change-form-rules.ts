import { isUuid } from '../base/text.ts'
import { startOf } from '../talks/form-rules.ts'
import { cancelReasonOf, type Start } from '../talks/rules.ts'
import type { SeriesChange } from './change-rules.ts'
import { type Scope, scopeOf } from './rules.ts'

export const changeFields = ['what', 'from', 'scope', 'startsAt', 'out', 'in', 'reason'] as const
export type TypedChange = Record<(typeof changeFields)[number], string>
export const whats = ['move', 'replace', 'cancel'] as const
export type What = (typeof whats)[number]

/** A change as it was asked for: which dates from which, and what; `missing` where the form is not filled in. */
export type AskedChange = { from: number; scope: Scope; startsAt: Start | undefined } & (
  | { change: SeriesChange }
  | { missing: What | undefined }
)

export function readChange(typed: TypedChange): AskedChange {
  const what = whats.find(each => each === typed.what)
  const startsAt = startOf(typed.startsAt)
  const reason = cancelReasonOf(typed.reason)
  const asked = { from: Number(typed.from), scope: scopeOf(typed.scope), startsAt }
  if (what === 'move' && startsAt) return { ...asked, change: { what } }
  if (what === 'replace' && isUuid(typed.out) && isUuid(typed.in) && typed.out !== typed.in)
    return { ...asked, change: { what, out: typed.out, in: typed.in } }
  if (what === 'cancel' && reason) return { ...asked, change: { what, reason } }
  return { ...asked, missing: what }
}
