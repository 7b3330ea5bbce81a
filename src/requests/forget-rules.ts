import type { DateTime } from '../base/time.ts'
import { daysOpen } from './status-rules.ts'

/** A contact for whom nothing happened since then is forgotten (domain.md section 8). */
export const contactsSince = (now: DateTime): DateTime => now.minus({ months: 12 })

/** A request that ended before then has said goodbye, and the words that were written for it go. */
export const linksSince = (now: DateTime): DateTime => now.minus({ days: daysOpen })
