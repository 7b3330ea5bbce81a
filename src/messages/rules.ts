import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'

/** Everything the product says by mail. Each kind has one maker of its letter, in the `mail.ts` of the feature it belongs to. */
export const messageKinds = [
  'sign-in',
  'account-added',
  'address-confirmation',
  'request-received',
  'request-declined',
  'request-withdrawn',
  'request-expired',
  'contact-wrote',
  'talk-booked',
  'talk-changed',
  'talk-cancelled',
  'invitation',
  'invitation-update',
  'invitation-cancellation',
  'answer-declined',
  'reminder-days',
  'reminder-day',
  'reminder-hours',
  'outcome-asked',
  'closure',
  'digest-day',
  'digest-week',
  'substitution-asked',
  'substitution-filled',
  'substitution-escalated',
  'feedback-asked',
  'calendar-address',
  'account-changed',
  'talk-offered',
] as const
export type MessageKind = (typeof messageKinds)[number]
export const isMessageKind = (text: string): text is MessageKind => messageKinds.some(kind => kind === text)

/** What is needed first when much waits: 0 for what somebody stands at a door for, 3 for what can be read tomorrow. */
export function needOf(kind: MessageKind): 0 | 1 | 2 | 3 {
  if (now.includes(kind)) return 0
  if (soon.includes(kind)) return 1
  return kind.startsWith('reminder-') ? 2 : 3
}
const now: MessageKind[] = ['sign-in', 'closure', 'talk-cancelled', 'invitation-cancellation']
const soon: MessageKind[] = [
  'address-confirmation',
  'talk-changed',
  'invitation-update',
  'answer-declined',
  'invitation',
  'talk-booked',
  'reminder-hours',
  'substitution-asked',
  'substitution-filled',
  'substitution-escalated',
  'calendar-address',
  'account-changed',
]

/** One row of the ledger: who is told what, why (cause and version), when it is due and when it would be too late. */
export type NewMessage = {
  houseId: string | null
  kind: MessageKind
  /** `talk:<id>`, `request:<id>` or `sign-in:<id>`; together with version, kind and recipient it is told once. */
  cause: string
  version: number
  /** `speaker:<id>`, `contact:<id>` or `account:<id>`. */
  recipient: string
  address: string
  language: Language
  dueAt: DateTime
  notAfter?: DateTime
  requestId?: string
  talkId?: string
  assignmentId?: string
  accountId?: string
  signInLinkId?: string
  /** A sentence of the coordinator's own, for this letter alone. */
  note?: string
  /** Letters of one kind to one reader that bear the same text here leave as one: the dates of a series. */
  joins?: string
}
