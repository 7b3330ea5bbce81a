import { Worker } from 'node:worker_threads'
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
const limits = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 }
const patience = 8_000

/** Reads a calendar in a thread of its own: whatever is in it costs at most so much time and memory, and nobody waits. */
export function readInThread(question: Question, milliseconds = patience): Promise<Reading> {
  return new Promise(resolve => {
    const worker = new Worker(thread, { workerData: question, resourceLimits: limits, stderr: true, stdout: true })
    const done = (reading: Reading) => {
      clearTimeout(timer)
      resolve(reading)
      worker.terminate().catch(() => {})
    }
    const timer = setTimeout(() => done({ refused: 'too-hard' }), milliseconds)
    worker.once('message', done)
    worker.once('error', () => done({ refused: 'too-hard' }))
    worker.once('exit', () => done({ refused: 'too-hard' }))
  })
}
