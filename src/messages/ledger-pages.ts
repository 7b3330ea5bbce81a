import { dateDigits } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { phoneSaid } from '../base/text.ts'
import { clock, type DateTime, wallOf } from '../base/time.ts'
import { againAs, isEnd, ledgerAddress, personOf, standingOf } from './ledger-rules.ts'
import type { LedgerRow } from './ledger-store.ts'
import { ledgerWords } from './ledger-words.ts'
import type { Reader } from './person-store.ts'
import { isMessageKind } from './rules.ts'
import { words } from './words.ts'

type Link = { href: string; text: string }
export type LedgerLine = {
  id: string
  planned: boolean
  when: string
  name: string
  place: string
  address: string
  newAddress: string
  everything: string
  kind: string
  /** Said where it is not a letter. */
  channel: string
  state: string
  tone: 'ok' | 'bad' | 'wait' | ''
  reason: string
  /** Since when it stands so, of a letter that did not leave and waits for nothing. */
  since: string
  reply: string
  about: Link | undefined
  againBy: string
  /** What is to be done about a letter that did not leave. */
  step: string
  links: Link[]
  again: boolean
}
/** How a page of the ledger looks at its rows. */
export type Look = {
  language: Language
  zone: string
  now: DateTime
  readers: Map<string, Reader>
  administrator: boolean
}

const tones = {
  waiting: 'wait',
  sending: 'wait',
  sent: 'ok',
  failed: 'bad',
  held: 'bad',
  skipped: '',
  superseded: '',
} as const

/** One letter of the ledger in words: when, to whom, what, how it stands and what is to be done about it. */
export function lineOf(row: LedgerRow, look: Look): LedgerLine {
  const { language, zone, now } = look
  const say = words[language]
  const reader = look.readers.get(row.recipient)
  const person = personOf(row.recipient)
  const state = standingOf(row)
  const undelivered = state === 'failed' || state === 'held'
  const short = row.channel === 'webhook'
  const reasons = short ? { ...say.reasons, ...say.shortReasons } : say.reasons
  const email = short ? row.address : (reader?.email ?? '')
  return {
    id: row.id,
    planned: row.state === 'waiting' && row.at > now,
    when: said(row.at, zone),
    name: reader?.name[language] ?? '',
    place: reader?.host?.name[language] ?? '',
    address: short ? phoneSaid(row.address) : row.address,
    channel: short ? say.short : '',
    newAddress: undelivered && email !== row.address ? email : '',
    everything: reader && person ? ledgerAddress({ person }) : '',
    kind: isMessageKind(row.kind) ? say.kinds[row.kind] : row.kind,
    state: say.states[state],
    tone: tones[state],
    reason: row.reason === null ? '' : (reasons[row.reason] ?? ''),
    since: row.endedAt && isEnd(row.state) ? said(row.endedAt, zone) : '',
    // what the mail server answered matters where a letter did not leave
    reply: row.state === 'sent' ? '' : (row.reply ?? ''),
    about: aboutOf(row, language),
    againBy: row.againBy?.[language] ?? '',
    again: reader !== undefined && againAs(row, now) !== undefined,
    ...(undelivered ? nextStep(row, reader, look) : { step: '', links: [] }),
  }
}

function nextStep(row: LedgerRow, reader: Reader | undefined, { language, now, administrator }: Look) {
  const say = ledgerWords[language]
  const late = row.reason === 'too-late' || (row.notAfter !== null && row.notAfter < now)
  const steps = [late ? say.steps['too-late'] : (say.steps[row.reason ?? ''] ?? say.steps['fault'])]
  const links: Link[] = []
  if (reader?.is === 'speaker') links.push({ href: `/app/speakers/${reader.id}/edit#email`, text: say.correct })
  if (reader?.host) links.push({ href: `/app/hosts/${reader.host.id}/edit`, text: say.correct })
  if (reader?.is === 'account' && row.reason === 'refused') {
    steps.push(say.account)
    if (administrator) links.push({ href: '/admin/accounts', text: say.accounts })
  }
  if (reader?.phone) links.push({ href: `tel:${reader.phone}`, text: `${say.call}: ${phoneSaid(reader.phone)}` })
  return { step: steps.join(' '), links }
}

function aboutOf({ talkId, requestNumber }: LedgerRow, language: Language): LedgerLine['about'] {
  const say = words[language]
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
