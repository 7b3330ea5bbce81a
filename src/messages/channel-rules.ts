import type { MessageKind, NewMessage } from './rules.ts'

export const channels = ['mail', 'webhook'] as const
export type Channel = (typeof channels)[number]
export const channelOf = (text: string | undefined): Channel | undefined => channels.find(channel => channel === text)

/** Kinds that carry a calendar part, which goes by mail alone: a short message comes beside the letter. */
const beside = [
  'invitation',
  'invitation-update',
  'invitation-cancellation',
  'talk-booked',
  'talk-changed',
  'talk-cancelled',
  'closure',
] as const satisfies MessageKind[]
/** Kinds that a short message says whole: it comes instead of the letter. */
const instead = [
  'reminder-days',
  'reminder-day',
  'reminder-hours',
  'outcome-asked',
  'answer-declined',
  'request-declined',
  'substitution-asked',
  'substitution-filled',
  'substitution-escalated',
  'request-expired',
  'feedback-asked',
  'digest-day',
  'digest-week',
] as const satisfies MessageKind[]

/** What can be said in a short message. */
export const shortKinds = [...beside, ...instead] as const
export type ShortKind = (typeof shortKinds)[number]
export const isShort = (kind: string): kind is ShortKind => shortKinds.some(each => each === kind)

/** A text of at most 160 characters, and the page it speaks of. */
export type Short = { text: string; url?: string | undefined }

/**
 * By which channels a message is told, and where each leads. `phone` is there when its reader prefers short messages and
 * their House has a gateway; who left no mail address is told by the short message alone.
 */
export function waysOf(
  { kind, address }: Pick<NewMessage, 'kind' | 'address'>,
  phone: string | undefined,
): { channel: Channel; address: string }[] {
  const mail = address === '' ? [] : [{ channel: 'mail' as const, address }]
  if (phone === undefined || !isPhone(phone) || !isShort(kind)) return mail
  const short = { channel: 'webhook' as const, address: phone }
  return beside.some(each => each === kind) ? [...mail, short] : [short]
}

/** E.164, as a gateway wants it. */
export const isPhone = (text: string): boolean => /^\+[1-9]\d{7,14}$/.test(text)

export type Reach = { email: string | null; phone: string | null; channel: string | null }
/** Whether letters or short messages reach a contact at all: who left neither is called. */
export const isReached = ({ email, phone, channel }: Reach) =>
  Boolean(email) || (Boolean(phone) && channel === 'webhook')
