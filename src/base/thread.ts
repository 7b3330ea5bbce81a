import path from 'node:path'
import { Worker } from 'node:worker_threads'

export type ThreadLimits = { megabytes: number; youngMegabytes: number; milliseconds: number }

const loader = path.join(import.meta.dirname, '../stripped.mjs')
const { STRIPPED_CACHE } = process.env

/**
 * A thread that sees nothing of the environment, so no secret. Where this process reads texts whose types are off, it does as
 * well: to take them off itself is 15 to 50 MB of the process, and up to twice the time.
 */
export const unseeing = process.execArgv.some(word => path.basename(word) === path.basename(loader))
  ? { execArgv: ['--import', loader], env: STRIPPED_CACHE === undefined ? {} : { STRIPPED_CACHE } }
  : { execArgv: [], env: {} }

/**
 * One question to a thread of its own, one answer: whatever the question holds costs at most so much time and memory, and
 * nobody else waits. Undefined where it took more or broke.
 */
export function askThread<Answer>(
  file: URL,
  question: unknown,
  { megabytes, youngMegabytes, milliseconds }: ThreadLimits,
): Promise<Answer | undefined> {
  return new Promise(resolve => {
    const worker = new Worker(file, {
      workerData: question,
      resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: youngMegabytes, stackSizeMb: 4 },
      ...unseeing,
      stdout: true,
      stderr: true,
    })
    const done = (answer?: Answer) => {
      clearTimeout(timer)
      resolve(answer)
      worker.terminate().catch(() => {})
    }
    const timer = setTimeout(done, milliseconds)
    worker.once('message', done)
    worker.once('error', () => done())
    worker.once('exit', () => done())
  })
}
