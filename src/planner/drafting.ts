import { Worker } from 'node:worker_threads'
import { unseeing } from '../base/thread.ts'
import type { Day } from '../base/time.ts'
import type { Away, Case, Line, Moves, Progress, Said, Weights } from './plan-rules.ts'

/** All that a draft is made of; plain data, as it goes to a thread. */
export type Order = {
  cases: Case[]
  /** Requests that are to be placed, in the order of the inbox. */
  asked: string[]
  range: { from: Day; to: Day }
  weights: Weights
  moves: Moves
  away: Away[]
  leftOut: string[]
  /** Proposals that stay as they are. */
  pinned: Pick<Line, 'requestId' | 'moment' | 'team'>[]
  seconds: number
  seed: number
}
export type Draft = { lines: Line[]; said: Said | undefined; interrupted: boolean }
export type Heard =
  | ({ kind: 'progress' } & Progress)
  | { kind: 'done'; draft: Draft }
  | { kind: 'failed'; message: string }

export type Drafting = { result: Promise<Draft>; cancel: () => void; kill: () => void }

const thread = new URL('./drafting-thread.ts', import.meta.url)
const limits = { maxOldGenerationSizeMb: 700, stackSizeMb: 8 }
/** After the search is told to end there is still to be said why. */
const patience = 20_000

/** Makes a draft in a thread of its own, so that no page waits for it; the thread sees nothing of the environment. */
export function startDrafting(order: Order, heard: (progress: Progress) => void): Drafting {
  const worker = new Worker(thread, { workerData: order, resourceLimits: limits, ...unseeing })
  const { promise, resolve, reject } = Promise.withResolvers<Draft>()
  const end = (error?: Error) => {
    clearTimeout(timer)
    reject(error ?? new Error('the draft ended without an answer'))
    worker.terminate().catch(() => {})
  }
  let timer = setTimeout(end, order.seconds * 1000 + 120_000)
  worker.on('message', (said: Heard) => {
    if (said.kind === 'progress') return heard(said)
    if (said.kind === 'failed') return end(new Error(said.message))
    clearTimeout(timer)
    resolve(said.draft)
  })
  worker.once('error', end)
  worker.once('exit', () => end())
  return {
    result: promise,
    cancel: () => {
      clearTimeout(timer)
      timer = setTimeout(end, patience)
      worker.postMessage('stop')
    },
    kill: () => end(new Error('the draft was ended')),
  }
}
