import { dateDigits } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import type { Letter } from '../base/letter.ts'
import type { CaughtMail } from '../base/mail.ts'
import { phoneSaid } from '../base/text.ts'
import { clock, type DateTime, wallOf } from '../base/time.ts'
import { lateSeconds } from './delivery-rules.ts'
import { type LedgerFilter, type LedgerRow, pageSize } from './ledger-store.ts'
import { isMessageKind, messageKinds } from './rules.ts'
import { words } from './words.ts'

type Say = (typeof words)[Language]
type Choice = { value: string; text: string; checked: boolean }
export type LedgerLine = {
  id: string
  when: string
  to: string
  /** Said where it is not a letter. */
  channel: string
  kind: string
  state: string
  tone: 'ok' | 'bad' | 'wait' | ''
  reason: string
  reply: string
  about: { href: string; text: string } | undefined
  again: boolean
}
export type CaughtLine = { name: string; to: string; subject: string; kind: string }

declare module '../base/http/pages.ts' {
  interface Views {
    'letters/letter': Letter
    'messages/ledger': {
      title: string
      say: Say
      lines: LedgerLine[]
      states: Choice[]
      kinds: Choice[]
      talkId: string
      oldest: string
      hold: boolean
      mayRelease: boolean
      before: { href: string; text: string } | undefined
      after: { href: string; text: string } | undefined
    }
    'messages/mailbox': { title: string; say: Say; lines: CaughtLine[]; count: number }
    'messages/caught': { title: string; say: Say; name: string; mail: CaughtMail }
  }
}

export const states = ['waiting', 'sending', 'sent', 'failed', 'held', 'skipped', 'superseded'] as const
const tones = {
  waiting: 'wait',
  sending: 'wait',
  sent: 'ok',
  failed: 'bad',
  held: 'bad',
  skipped: '',
  superseded: '',
} as const

export function ledgerPage(rows: LedgerRow[], filter: LedgerFilter, language: Language, zone: string) {
  const say = words[language]
  const addressOf = (page: number) => {
    const query = new URLSearchParams({
      ...(filter.state ? { state: filter.state } : {}),
      ...(filter.kind ? { kind: filter.kind } : {}),
      ...(filter.talkId ? { talk: filter.talkId } : {}),
    })
    if (page > 1) query.set('page', String(page))
    return `/app/messages${query.size > 0 ? `?${query}` : ''}`
  }
  return {
    title: say.title,
    say,
    lines: rows.slice(0, pageSize).map(row => lineOf(row, say, zone)),
    states: states.map(value => ({ value, text: say.states[value], checked: value === filter.state })),
    kinds: messageKinds.map(value => ({ value, text: say.kinds[value], checked: value === filter.kind })),
    talkId: filter.talkId ?? '',
    before: filter.page > 1 ? { href: addressOf(filter.page - 1), text: say.newer } : undefined,
    after: rows.length > pageSize ? { href: addressOf(filter.page + 1), text: say.older } : undefined,
  }
}

/** What a coordinator must know when letters do not leave: none when they do. */
export function mailWaits(
  language: Language,
  seconds: number,
  hold: boolean,
): { text: string; link: string } | undefined {
  const say = words[language]
  if (hold) return { text: say.hold, link: say.title }
  return seconds > lateSeconds ? { text: say.oldest(String(Math.floor(seconds / 60))), link: say.title } : undefined
}

function lineOf(row: LedgerRow, say: Say, zone: string): LedgerLine {
  const short = row.channel === 'webhook'
  const reasons = short ? { ...say.reasons, ...say.shortReasons } : say.reasons
  return {
    id: row.id,
    when: said(row.sentAt ?? row.dueAt, zone),
    to: short ? phoneSaid(row.address) : row.address,
    channel: short ? say.short : '',
    kind: isMessageKind(row.kind) ? say.kinds[row.kind] : row.kind,
    state: say.states[row.state],
    tone: tones[row.state],
    reason: row.reason === null ? '' : (reasons[row.reason] ?? ''),
    // what the mail server answered matters where a letter did not leave
    reply: row.state === 'sent' ? '' : (row.reply ?? ''),
    about: aboutOf(row, say),
    again: row.state === 'failed' || row.state === 'held',
  }
}

function aboutOf({ talkId, requestNumber }: LedgerRow, say: Say): LedgerLine['about'] {
  if (talkId)
    return { href: `/app/talks/${talkId}`, text: requestNumber === null ? say.talk : say.request(requestNumber) }
  return requestNumber === null
    ? undefined
    : { href: `/app/requests/${requestNumber}`, text: say.request(requestNumber) }
}

function said(instant: DateTime, zone: string): string {
  const { day, minute } = wallOf(instant, zone)
  return `${dateDigits(day)}, ${clock(minute)}`
}
