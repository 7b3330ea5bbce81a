import type { MessageKind } from './rules.ts'

/** What can be left, as one choice each; invitations, changes, cancellations and closures always come. */
export const optional = [
  'reminder',
  'outcome-asked',
  'digest-day',
  'digest-week',
  'feedback-asked',
  'talk-offered',
] as const
export type Optional = (typeof optional)[number]

export const optionalOf = (kind: MessageKind): Optional | undefined =>
  optional.find(one => one === kind || (one === 'reminder' && kind.startsWith('reminder-')))
