import type { Language, Said } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import { whenSaid } from '../matching/pages.ts'
import { isEnd, standingOf } from '../messages/ledger-rules.ts'
import { isMessageKind } from '../messages/rules.ts'
import { words as tell } from '../messages/tell-words.ts'
import { words } from '../messages/words.ts'
import { words as cancelWords } from '../requests/cancel-words.ts'
import { words as change } from './change-words.ts'
import { type CancelReason, cancelReasonOf, type DeclineReason, declineReasonOf } from './rules.ts'
import type { HistoryRow, LetterRow } from './show-store.ts'
import { instantSaid, knownAs } from './shown-pages.ts'
import { terms } from './words.ts'

export type LedgerLine = {
  planned: boolean
  when: string
  to: string
  note: string
  what: string
  state: string
  /** Why it stands so, in words; of a letter that left there is nothing to explain. */
  reason: string
  tone: '' | 'ok' | 'bad' | 'wait'
  /** What went along with the letters. */
  more: string[]
}
export type HistoryLine = { what: string; by: string }

const tones: Record<LetterRow['state'], LedgerLine['tone']> = {
  waiting: 'wait',
  sending: 'wait',
  sent: 'ok',
  failed: 'bad',
  skipped: '',
  superseded: '',
  held: 'bad',
}
/** So many names fit in a line; more people are counted. */
const mostNames = 6

/** What the readers of letters are called on a page about them. */
export const namesIn =
  (language: Language, readers: Map<string, { name: Said }>) =>
  (recipient: string): string | undefined => {
    const reader = readers.get(recipient)
    return reader && knownAs(reader.name[language])
  }

/** Letters of one kind that leave together are one line: planned ones on top, then the newest. */
export function ledgerShown(
  language: Language,
  rows: LetterRow[],
  nameOf: (recipient: string) => string | undefined,
  zone: string,
  now: DateTime,
): LedgerLine[] {
  const term = terms[language]
  const ended = (row: LetterRow) => (isEnd(row.state) ? row.ended_at : null)
  const at = (row: LetterRow) => row.sent_at ?? ended(row) ?? (row.state === 'waiting' ? row.due_at : row.created_at)
  const together = Map.groupBy(
    rows,
    row =>
      `${row.kind} ${row.channel} ${row.state} ${row.reason ?? ''} ${Math.floor(+at(row) / 60_000)} ${row.note ?? ''}`,
  )
  const lines = [...together.values()].flatMap(group => {
    const [first] = group
    if (!first) return []
    const names = [...new Set(group.map(row => nameOf(row.recipient) ?? row.address))]
    return [
      {
        at: +at(first),
        planned: first.state === 'waiting' && first.due_at > now,
        when: instantSaid(language, at(first), zone, now),
        to: names.length > mostNames ? `${names.slice(0, mostNames - 1).join(', ')} …` : names.join(', '),
        note: names.length > 1 ? term.letters(group.length) : '',
        what: whatSaid(language, first),
        state: term.message[standingOf(first)],
        reason: first.state === 'sent' ? '' : (words[language].reasons[first.reason ?? ''] ?? ''),
        tone: tones[standingOf(first)],
        more: [...(first.note === null ? [] : [tell[language].said(first.note)])],
      },
    ]
  })
  return lines.sort((a, b) => Number(b.planned) - Number(a.planned) || b.at - a.at)
}

/** `Шақыру`, and that it went as a short message where it did. */
function whatSaid(language: Language, { kind, channel }: LetterRow): string {
  const said = isMessageKind(kind) ? terms[language].letter[kind] : kind
  return channel === 'webhook' ? `${said} · ${words[language].short.toLocaleLowerCase('kk')}` : said
}

/** Every change in words: what from what to what, by whom and when; `people` are the House's speakers by id. */
export function historyShown(
  language: Language,
  rows: HistoryRow[],
  zone: string,
  now: DateTime,
  people: ReadonlyMap<string, string> = new Map(),
): HistoryLine[] {
  const term = terms[language]
  return rows.map(row => {
    const what = kindSaid(language, row)
    const who = row.speaker ? `${knownAs(row.speaker)}: ` : ''
    const details = detailSaid(language, row.detail, people)
    return {
      what: who + (who ? what.toLocaleLowerCase('kk') : what) + (details ? ` (${details})` : ''),
      by: `${row.account ?? (isByCalendar(row.detail) ? term.byCalendar : term.by[row.by_whom]) ?? row.by_whom} · ${instantSaid(language, row.at, zone, now)}`,
    }
  })
}

/** `Возвращено как было: перенесена` */
function kindSaid(language: Language, { kind, detail }: HistoryRow): string {
  const said = terms[language].change
  const { undone, noted } = change[language].history
  if (kind === 'noted') return noted
  if (kind !== 'undone') return said[kind] ?? kind
  const what = typeof detail === 'object' && detail !== null && 'what' in detail ? String(detail.what) : ''
  return said[what] ? `${undone}: ${said[what].toLocaleLowerCase('kk')}` : undone
}

const isByCalendar = (detail: unknown): boolean =>
  typeof detail === 'object' && detail !== null && 'by' in detail && detail.by === 'calendar'

/** The facts of a change in words, as far as they say more than its kind. */
function detailSaid(language: Language, detail: unknown, people: ReadonlyMap<string, string>): string {
  if (typeof detail !== 'object' || detail === null) return ''
  const facts = detail as Record<string, unknown>
  const term = terms[language]
  const time = (day: unknown, from: unknown) =>
    typeof day === 'string' && typeof from === 'number' ? whenSaid(language, { day, from }) : ''
  const parts: string[] = []
  const before = time(facts['dayBefore'], facts['fromBefore'])
  const at = time(facts['day'], facts['from'])
  const { busy, from, team } = change[language].history
  if (at) parts.push(before ? `${at}, ${from(before)}` : at)
  const who = (id: unknown) => (typeof id === 'string' ? knownAs(people.get(id) ?? '') : '')
  const exchanged = [who(facts['out']), who(facts['in'])].filter(Boolean)
  if (exchanged.length > 0) parts.push(exchanged.join(' – '))
  if (who(facts['busy'])) parts.push(busy(who(facts['busy'])))
  if (typeof facts['people'] === 'number') parts.push(team(facts['people']))
  const reason = typeof facts['reason'] === 'string' ? facts['reason'] : undefined
  const said = reasonSaid(language, reason)
  if (said) parts.push(said)
  if (typeof facts['text'] === 'string') parts.push(facts['text'])
  if (typeof facts['note'] === 'string') parts.push(tell[language].said(facts['note']))
  if (typeof facts['heads'] === 'number') parts.push(term.people(facts['heads']))
  if (typeof facts['headsBefore'] === 'number') parts.push(from(term.people(facts['headsBefore'])))
  return parts.join(', ')
}

function reasonSaid(language: Language, reason: string | undefined): string | undefined {
  const cancelled: CancelReason | undefined = cancelReasonOf(reason)
  const declined: DeclineReason | undefined = declineReasonOf(reason)
  if (cancelled) return cancelWords[language][cancelled]
  if (declined) return terms[language].decline[declined]
  const answers: Record<string, string> = terms[language].answer
  return reason === undefined ? undefined : answers[reason]
}
