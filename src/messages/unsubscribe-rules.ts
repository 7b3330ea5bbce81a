import { isMessageKind, type MessageKind } from './rules.ts'

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

/** Which of several letters that leave as one say where their kind can be left: the last of each that can. */
export function lastOfEach(kinds: string[]): boolean[] {
  const its = kinds.map(kind => (isMessageKind(kind) ? optionalOf(kind) : undefined))
  return its.map((kind, at) => kind !== undefined && its.lastIndexOf(kind) === at)
}
