import { askThread } from '../base/thread.ts'
import type { Found, Unusable } from './busy-calendar-rules.ts'
import type { Stretch } from './recurrence-rules.ts'

export type Question = {
  bytes: Uint8Array
  /** The speaker's addresses: what these declined keeps nobody busy. */
  mine: string[]
  window: Stretch
  /** The speaker's zone. */
  own: string
  domain: string
}
export type Reading = (Found & { events: number }) | { refused: Unusable | 'not-a-calendar' | 'too-hard' }

const thread = new URL('./busy-calendar-thread.ts', import.meta.url)
const limits = { megabytes: 192, youngMegabytes: 32, milliseconds: 8_000 }

/** Reads a calendar in a thread of its own: whatever is in it costs at most so much time and memory, and nobody waits. */
export const readInThread = async (question: Question, milliseconds = limits.milliseconds): Promise<Reading> =>
  (await askThread<Reading>(thread, question, { ...limits, milliseconds })) ?? { refused: 'too-hard' }
