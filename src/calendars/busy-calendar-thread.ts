import { parentPort, workerData } from 'node:worker_threads'
import { readCalendar } from './busy-calendar-reader.ts'
import type { Question, Reading } from './busy-calendar-reading.ts'
import { busySpans } from './busy-calendar-rules.ts'

/** One calendar read, one answer: the thread begins with the question and ends with it. */
function answer({ bytes, mine, window, own, domain }: Question): Reading {
  const file = readCalendar(new TextDecoder().decode(bytes), mine)
  if (!file) return { refused: 'not-a-calendar' }
  const found = busySpans(file.entries, { window, zones: { own, ...file }, domain })
  if ('refused' in found) return found
  return { ...found, events: file.entries.length, unreadable: file.unreadable + found.unreadable }
}

parentPort?.postMessage(answer(workerData as Question))
