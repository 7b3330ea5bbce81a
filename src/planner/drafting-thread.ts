import { parentPort, workerData } from 'node:worker_threads'
import { drafted } from './drafted.ts'
import type { Heard, Order } from './drafting.ts'

let stop: (() => void) | undefined
let stopped = false
parentPort?.on('message', () => {
  stopped = true
  stop?.()
})

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
