import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import { type ReminderWishes, remindersOf } from '../messages/reminder-rules.ts'
import type { MessageKind, NewMessage } from '../messages/rules.ts'
import type { TeamChange } from './rules.ts'

/**
 * Somebody who may be told, with the kinds of letter that still wait unsent about earlier versions; `unmailed`: those of
 * which a short message has told already, but their calendar not.
 */
export type Recipient = {
  recipient: string
  address: string
  language: Language
  wishes: ReminderWishes
  untold: MessageKind[]
  unmailed?: MessageKind[]
  /** The coordinator's sentence in those letters: it moves on to the letter that takes their place. */
  unsaid?: string | undefined
}
export type Teammate = Recipient & { assignmentId: string; news: 'joins' | 'leaves' | 'stays' }
export type Notice = {
  talk: {
    id: string
    houseId: string
    requestId: string | undefined
    version: number
    zone: string
    startsAt: DateTime
    endsAt: DateTime
  }
  event: 'booked' | 'moved' | 'team' | 'cancelled' | 'undone'
  team: Teammate[]
  contact: Recipient | undefined
  dueAt: DateTime
  now: DateTime
  /** A sentence of the coordinator's own, for every letter of this change. */
  note?: string | undefined
  /** The act on several talks whose letters leave as one. */
  joins?: string | undefined
  /** Of an undoing: which letter goes to whom, by recipient; nobody else hears anything. */
  kinds?: ReadonlyMap<string, MessageKind> | undefined
}

/**
 * Exactly what is told when a talk is booked, moved, given another team or cancelled. Nobody hears of what they were never
 * told: a letter still unsent is written anew instead, and who leaves before hearing of the talk hears nothing.
 */
export function notices(notice: Notice): NewMessage[] {
  const { team, contact } = notice
  const standing = team.filter(({ news }) => news !== 'leaves')
  return [
    ...team.flatMap(mate => letter(notice, mate, mateKind(notice, mate), mate.assignmentId)),
    ...(contact ? letter(notice, contact, contactKind(notice, contact)) : []),
    ...(notice.event === 'cancelled'
      ? []
      : [
          ...standing.flatMap(mate => [...reminders(notice, mate, mate.assignmentId), outcomeAsked(notice, mate)]),
          ...(contact ? reminders(notice, contact) : []),
        ]),
  ]
}

/** The letters that tell of the change itself, without what is planned for later: whom it tells. */
export const news = (notice: Notice): NewMessage[] =>
  notices(notice).filter(({ kind }) => !kind.startsWith('reminder-') && kind !== 'outcome-asked')

/** The people of a change as readers; `joined` gives the newcomers' seats. Who can't be found is not told. */
export function teamOf(change: TeamChange, joined: Map<string, string>, speakers: Map<string, Recipient>): Teammate[] {
  const mate = (speakerId: string, assignmentId: string, news: Teammate['news']): Teammate[] => {
    const recipient = speakers.get(speakerId)
    return recipient ? [{ ...recipient, assignmentId, news }] : []
  }
  return [
    ...change.stay.flatMap(seat => mate(seat.speakerId, seat.assignmentId, 'stays')),
    ...change.leave.flatMap(seat => mate(seat.speakerId, seat.assignmentId, 'leaves')),
    ...[...joined].flatMap(([speakerId, assignmentId]) => mate(speakerId, assignmentId, 'joins')),
  ]
}

function mateKind({ event, kinds }: Notice, mate: Teammate): MessageKind | undefined {
  if (kinds) return kinds.get(mate.recipient)
  const { news, untold, unmailed = [] } = mate
  const unheard = untold.includes('invitation')
  if (news === 'joins') return 'invitation'
  if (news === 'leaves' || event === 'cancelled') return unheard ? undefined : 'invitation-cancellation'
  if (unheard || unmailed.includes('invitation')) return 'invitation'
  const outdated = [...untold, ...unmailed].includes('invitation-update')
  return event === 'moved' || outdated ? 'invitation-update' : undefined
}

function contactKind(
  { event, kinds }: Notice,
  { recipient, untold, unmailed = [] }: Recipient,
): MessageKind | undefined {
  if (kinds) return kinds.get(recipient)
  if (event === 'cancelled') return 'talk-cancelled'
  return event === 'booked' || [...untold, ...unmailed].includes('talk-booked') ? 'talk-booked' : 'talk-changed'
}

function letter(
  { talk, event, dueAt, note, joins }: Notice,
  to: Recipient,
  kind: MessageKind | undefined,
  assignmentId?: string,
): NewMessage[] {
  if (!kind) return []
  const notAfter = event === 'booked' || kind === 'invitation' ? talk.startsAt : talk.endsAt
  const said = note ?? (kind.endsWith('cancellation') || kind === 'talk-cancelled' ? undefined : to.unsaid)
  const more = { ...(said === undefined ? {} : { note: said }), ...(joins === undefined ? {} : { joins }) }
  return [message(talk, to, { kind, dueAt, notAfter, ...more }, assignmentId)]
}

const reminders = ({ talk, now }: Notice, to: Recipient, assignmentId?: string): NewMessage[] =>
  remindersFor(talk, to, now, assignmentId)

/** The reminders of a talk that somebody wishes, as planned at an instant. */
export const remindersFor = (
  talk: Notice['talk'],
  to: Recipient,
  bookedAt: DateTime,
  assignmentId: string | undefined,
): NewMessage[] =>
  remindersOf({ ...to.wishes, startsAt: talk.startsAt, zone: talk.zone, bookedAt }).map(reminder =>
    message(talk, to, reminder, assignmentId),
  )

const askAfterMinutes = 15
const askForDays = 3

/** Soon after the talk each of the team is asked whether it took place, and how many came; three days later it is no use. */
const outcomeAsked = ({ talk }: Notice, mate: Teammate): NewMessage =>
  message(
    talk,
    mate,
    {
      kind: 'outcome-asked',
      dueAt: talk.endsAt.plus({ minutes: askAfterMinutes }),
      notAfter: talk.endsAt.plus({ days: askForDays }),
    },
    mate.assignmentId,
  )

const message = (
  talk: Notice['talk'],
  { recipient, address, language }: Recipient,
  what: { kind: MessageKind; dueAt: DateTime; notAfter: DateTime; note?: string; joins?: string },
  assignmentId: string | undefined,
): NewMessage => ({
  houseId: talk.houseId,
  cause: `talk:${talk.id}`,
  version: talk.version,
  recipient,
  address,
  language,
  talkId: talk.id,
  ...what,
  ...(talk.requestId === undefined ? {} : { requestId: talk.requestId }),
  ...(assignmentId === undefined ? {} : { assignmentId }),
})
