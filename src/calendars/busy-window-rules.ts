import type { Stretch } from './recurrence-rules.ts'

const day = 86_400_000
const daysBack = 1
export const daysAhead = 400

/** What of the time line a calendar is read for. Here, since whoever asks needs nothing of the reckoning of rules. */
export const windowFrom = (now: number): Stretch => ({ from: now - daysBack * day, to: now + daysAhead * day })
