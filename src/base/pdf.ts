import { Worker } from 'node:worker_threads'
import type { Paper } from './paper.ts'
import { turns } from './turns.ts'

const thread = new URL('./pdf-thread.ts', import.meta.url)
const limits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 }
const patience = 20_000
// a sheet takes a third of a second of one core: two at a time leave the other people's pages their turn
const inTurn = turns(2)

/** A sheet as a PDF, made in a thread of its own: whoever asks for none pays neither its time nor its memory. */
export const pdfOf = (paper: Paper): Promise<Buffer> => inTurn(() => inThread(paper))

function inThread(paper: Paper): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(thread, { workerData: paper, resourceLimits: limits })
    const fail = (error: Error) => {
      clearTimeout(timer)
      reject(error)
      worker.terminate().catch(() => {})
    }
    const timer = setTimeout(() => fail(new Error('a sheet took too long')), patience)
    worker.once('message', (bytes: Uint8Array) => {
      clearTimeout(timer)
      resolve(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
      worker.terminate().catch(() => {})
    })
    worker.once('error', fail)
  })
}
