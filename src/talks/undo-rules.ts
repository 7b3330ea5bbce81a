import type { DateTime, Day, Minute } from '../base/time.ts'
import type { MessageKind } from '../messages/rules.ts'
import type { Notice, Recipient, Teammate } from './notice-rules.ts'
import type { AssignmentState } from './rules.ts'

/** What is this near is told at once: whoever is on the way can't wait for second thoughts. */
const nearHours = 24

/** When the letters of a change leave: after the House's time to undo, or at once for what begins, or began, within a day. */
export function lettersDue(now: DateTime, undoSeconds: number, starts: DateTime[], atOnce = false): DateTime {
  const near = starts.some(start => start < now.plus({ hours: nearHours }))
  return atOnce || near ? now : now.plus({ seconds: undoSeconds })
}

export type SeatBefore = {
  id: string
  speakerId: string
  profession: string
  state: AssignmentState
  answeredAt: string | null
  answerBy: string | null
}
/** A talk as it stood before its last change. */
export type Before = { day: Day; from: Minute; minutes: number; seats: SeatBefore[] }

/** What a reader knows of a change: told of it, or still owed a letter of before. */
export type Knowledge = { heard: boolean; owed: MessageKind | undefined; note: string | undefined }
export type Undone = Exclude<Notice['event'], 'booked' | 'undone'>

/**
 * What must be told when a change is taken back: who heard of it hears the reverse, who didn't hears nothing but what an
 * earlier version still owed.
 */
export function undoneKind(
  event: Undone,
  { news }: Pick<Teammate, 'news'>,
  { heard, owed }: Knowledge,
): MessageKind | undefined {
  if (news === 'leaves') {
    // a talk that comes back without somebody: who never heard that it was off must hear it now
    if (event === 'cancelled') return heard || owed === 'invitation' ? undefined : 'invitation-cancellation'
    return heard ? 'invitation-cancellation' : undefined
  }
  if (!heard) return owed === 'invitation' || owed === 'invitation-update' ? owed : undefined
  if (news === 'joins') return 'invitation'
  return event === 'moved' ? 'invitation-update' : undefined
}

export function undoneHostKind(event: Undone, { heard, owed }: Knowledge): MessageKind | undefined {
  if (!heard) return owed === 'talk-booked' || owed === 'talk-changed' ? owed : undefined
  return event === 'cancelled' ? 'talk-booked' : 'talk-changed'
}

/** The letters of an undoing: of which kind for whom, with the sentence that an owed one carried. */
export function undoing(
  event: Undone,
  team: Teammate[],
  contact: Recipient | undefined,
  known: Map<string, Knowledge>,
): Pick<Notice, 'team' | 'contact' | 'kinds'> {
  const of = ({ recipient }: Recipient) => known.get(recipient) ?? { heard: false, owed: undefined, note: undefined }
  const kinds = new Map<string, MessageKind>()
  for (const mate of team) keep(mate, undoneKind(event, mate, of(mate)))
  if (contact) keep(contact, undoneHostKind(event, of(contact)))
  const said = <Reader extends Recipient>(reader: Reader): Reader => ({
    ...reader,
    unsaid: of(reader).heard ? undefined : of(reader).note,
  })
  return { team: team.map(said), contact: contact && said(contact), kinds }

  function keep({ recipient }: Recipient, kind: MessageKind | undefined): void {
    if (kind) kinds.set(recipient, kind)
  }
}

/** What a form of the talk's page was shown with: the version, and the last line of the history. */
export type Shown = { version: number; seen: number | undefined }
export const shownAs = (version: number, seen: number | undefined): string =>
  seen === undefined ? String(version) : `${version}.${seen}`
export function shownOf(text: string): Shown | undefined {
  const [, version, seen] = /^(\d{1,9})(?:\.(\d{1,15}))?$/.exec(text) ?? []
  return version === undefined
    ? undefined
    : { version: Number(version), seen: seen === undefined ? undefined : Number(seen) }
}
