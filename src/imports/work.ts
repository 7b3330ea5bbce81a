import { Worker } from 'node:worker_threads'
import type { Tools } from './actions.ts'
import type { HostsKnown } from './host-judging.ts'
import type { Judgement } from './judgement-rules.ts'
import type { Read } from './reading-rules.ts'
import type { RequestsKnown } from './request-judging.ts'
import type { Choice, ImportKind, Row } from './rules.ts'
import type { SpeakersKnown } from './speaker-judging.ts'

export type Known =
  | ({ kind: 'speakers' } & SpeakersKnown)
  | ({ kind: 'hosts' } & HostsKnown)
  | ({ kind: 'requests' } & RequestsKnown)
export type Question =
  | { do: 'read'; kind: ImportKind; bytes: Uint8Array }
  | { do: 'judge'; rows: (Row & { choice: Choice })[]; known: Known }
export type Answer = Read | Judgement

const thread = new URL('./thread.ts', import.meta.url)
const limits = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 }
const patience = 30_000

/** What takes a file apart and judges its rows. */
export const tools: Tools = {
  read: async (kind, bytes) =>
    ((await inThread({ do: 'read', kind, bytes })) as Read | undefined) ?? { refused: { code: 'too-hard' } },
  judge: async (rows, known) => {
    const answer = (await inThread({ do: 'judge', rows, known })) as Judgement | undefined
    if (!answer) throw new Error('the rows of an import could not be judged in time')
    return answer
  },
}

const inThread = (question: Question) => askThread<Answer>(thread, question)

/** In a thread of its own: whatever a file holds costs at most so much time and memory, and nobody else waits. */
export function askThread<Answered>(file: URL, question: unknown): Promise<Answered | undefined> {
  return new Promise(resolve => {
    const worker = new Worker(file, { workerData: question, resourceLimits: limits, stderr: true, stdout: true })
    const done = (answer: Answered | undefined) => {
      clearTimeout(timer)
      resolve(answer)
      worker.terminate().catch(() => {})
    }
    const timer = setTimeout(() => done(undefined), patience)
    worker.once('message', done)
    worker.once('error', () => done(undefined))
    worker.once('exit', () => done(undefined))
  })
}
