import { Worker } from 'node:worker_threads'

export type ThreadLimits = { megabytes: number; youngMegabytes: number; milliseconds: number }

/**
 * One question to a thread of its own, one answer: whatever the question holds costs at most so much time and memory, and
 * nobody else waits. Undefined where it took more or broke. The thread sees nothing of the environment, so no secret.
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
      execArgv: [],
      env: {},
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
