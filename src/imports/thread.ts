import { parentPort, workerData } from 'node:worker_threads'
import { judgeHosts } from './host-judging.ts'
import { kinds } from './kinds.ts'
import { rowsOf } from './reading-rules.ts'
import { judgeRequests } from './request-judging.ts'
import { judgeSpeakers } from './speaker-judging.ts'
import { readTable } from './table-reader.ts'
import type { Answer, Question } from './work.ts'

/** One question, one answer: the thread begins with the one and ends with the other. */
function answer(question: Question): Answer {
  if (question.do === 'read') {
    const table = readTable(question.bytes)
    return 'refused' in table ? table : rowsOf(table, kinds[question.kind])
  }
  const { rows, known } = question
  if (known.kind === 'speakers') return { kind: known.kind, judged: judgeSpeakers(rows, known) }
  if (known.kind === 'hosts') return { kind: known.kind, judged: judgeHosts(rows, known) }
  return { kind: known.kind, judged: judgeRequests(rows, known) }
}

parentPort?.postMessage(answer(workerData as Question))
