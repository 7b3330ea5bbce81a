import { askThread, type ThreadLimits } from '../base/thread.ts'
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
/** What reading or judging a file of strangers may take. */
export const limits: ThreadLimits = { megabytes: 384, youngMegabytes: 64, milliseconds: 30_000 }

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

const inThread = (question: Question) => askThread<Answer>(thread, question, limits)
