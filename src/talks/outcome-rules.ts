import type { DateTime } from '../base/time.ts'
import type { TalkState } from './rules.ts'

/** What is said of a talk afterwards: whether it was held, and for how many. */
export type Outcome =
  | { held: false }
  | { held: true; heads: number; leaflets: number | undefined; heldIn: string | undefined }
export type OutcomeRefusal = 'missing' | 'not-begun' | 'cancelled' | 'booked-again' | 'stale'
export type OutcomeFields = {
  held?: string | undefined
  heads?: string | undefined
  leaflets?: string | undefined
  heldIn?: string | undefined
}
export type OutcomeMistake = 'held' | 'heads' | 'leaflets'

export const mostHeads = 20_000
const mostLeaflets = 100_000

/** Before its beginning nobody knows; afterwards a slip may be mended. */
export function outcomeRefused(
  talk: { state: TalkState; startsAt: DateTime },
  now: DateTime,
): OutcomeRefusal | undefined {
  if (talk.state === 'cancelled') return 'cancelled'
  return talk.startsAt > now ? 'not-begun' : undefined
}

/** The outcome that a form says, or what is missing in it. */
export function outcomeOf({
  held,
  heads = '',
  leaflets = '',
  heldIn,
}: OutcomeFields): Outcome | { mistakes: OutcomeMistake[] } {
  if (held === '0') return { held: false }
  if (held !== '1') return { mistakes: ['held'] }
  const counted = wholeOf(heads, mostHeads)
  const handed = leaflets.trim() === '' ? undefined : wholeOf(leaflets, mostLeaflets)
  const mistakes: OutcomeMistake[] = []
  if (counted === undefined) mistakes.push('heads')
  if (leaflets.trim() !== '' && handed === undefined) mistakes.push('leaflets')
  if (counted === undefined || mistakes.length > 0) return { mistakes }
  return {
    held: true,
    heads: counted,
    leaflets: handed,
    heldIn: heldIn && /^(kk|ru|en|ug|uz)$/.test(heldIn) ? heldIn : undefined,
  }
}

function wholeOf(text: string, most: number): number | undefined {
  const digits = text.replace(/[\s\u00a0]/g, '')
  return /^\d{1,6}$/.test(digits) && Number(digits) <= most ? Number(digits) : undefined
}
