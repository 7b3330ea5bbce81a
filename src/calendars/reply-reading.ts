import { Worker } from 'node:worker_threads'
import { unseeing } from '../base/thread.ts'
import type { ReadMail } from './reply-reader.ts'

export const mostOctets = 262_144
const mostMillis = 2000
const startMillis = 20_000

let idle: Worker | undefined

/**
 * A letter of strangers, read in a thread of its own: it may take two seconds and 128 MiB. A thread that fails is thrown
 * away; a good one waits for the next letter, since to load the parsers costs more than the reading.
 */
export function readMail(raw: Uint8Array): Promise<ReadMail | 'too-slow' | 'garbage'> {
  const ready = idle
  idle = undefined
  const worker = ready ?? opened()
  return new Promise(resolve => {
    let timer = setTimeout(end, ready ? mostMillis : startMillis, 'too-slow')
    function end(result: ReadMail | 'too-slow' | 'garbage') {
      clearTimeout(timer)
      worker.off('message', heard).off('error', broke).off('exit', broke)
      resolve(result)
      if (typeof result === 'object' && !idle) {
        idle = worker
        worker.unref()
      } else worker.terminate().catch(() => {})
    }
    const broke = () => end('garbage')
    const heard = (message: 'ready' | ReadMail | undefined) => {
      if (message !== 'ready') return end(message ?? 'garbage')
      // the reading has two seconds; to load the parsers on a busy machine is not its fault
      clearTimeout(timer)
      timer = setTimeout(end, mostMillis, 'too-slow')
      worker.postMessage(raw)
    }
    worker.on('message', heard).on('error', broke).on('exit', broke)
    worker.ref()
    if (ready) worker.postMessage(raw)
  })
}

const opened = (): Worker =>
  new Worker(new URL('./reply-reader.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
    ...unseeing,
    stdout: true,
    stderr: true,
  })

/** The head of a letter too long to be read, with an empty body. */
export function headOf(raw: Buffer): Buffer {
  const end = [raw.indexOf('\r\n\r\n'), raw.indexOf('\n\n')].filter(at => at >= 0)
  return Buffer.concat([raw.subarray(0, Math.min(mostOctets, ...end)), Buffer.from('\r\n\r\n')])
}
