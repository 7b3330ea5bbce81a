import { parentPort, workerData } from 'node:worker_threads'
import { type Answered, type Asked, openLite } from './lite.ts'

const lite = await openLite(workerData as string)
const tell = (answered: Answered) =>
  parentPort?.postMessage(answered, 'answer' in answered ? [answered.answer.buffer] : [])
const nothing = () => new Uint8Array()

let last: Promise<void> = Promise.resolve()
parentPort?.on('message', (asked: Asked) => {
  last = last.then(async () => {
    try {
      if (asked === 'close') await lite.close()
      tell({ answer: asked === 'close' ? nothing() : await lite.ask(asked.message) })
    } catch (error) {
      tell({ failure: error instanceof Error ? error.message : String(error) })
    }
  })
})
tell({ answer: nothing() })
