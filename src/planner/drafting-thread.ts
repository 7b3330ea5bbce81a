import os from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { drafted } from './drafted.ts'
import type { Heard, Order } from './drafting.ts'

const nicer = 10

let stop: (() => void) | undefined
let stopped = false
parentPort?.on('message', () => {
  stopped = true
  stop?.()
})

// Pages come first. On Linux this is the priority of the thread alone, and of those it starts; elsewhere it would be that of the process.
// It counts from that of the process, or one that was started with a low priority would have its plans at its own.
if (process.platform === 'linux') os.setPriority(Math.min(19, os.getPriority() + nicer))

const say = (heard: Heard) => parentPort?.postMessage(heard)

try {
  const draft = await drafted(workerData as Order, {
    heard: progress => say({ kind: 'progress', ...progress }),
    stopped: () => stopped,
    onStop: how => {
      stop = how
      if (stopped) how()
    },
  })
  say({ kind: 'done', draft })
} catch (error) {
  say({ kind: 'failed', message: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' })
}
parentPort?.close()
