import type { DateTime } from '../base/time.ts'
import type { Cause } from '../houses/closure-rules.ts'
import type { NewMessage } from '../messages/rules.ts'
import { type Notice, notices, type Recipient } from './notice-rules.ts'
import type { CancelReason } from './rules.ts'

/** What may become of a talk that a closure touches. */
export const fates = ['kept', 'online', 'postponed', 'cancelled'] as const
export type Fate = (typeof fates)[number]
type Touched = { online: boolean; mayGoOnline: boolean }

export const fateOf = (text: string | undefined): Fate | undefined => fates.find(fate => fate === text)

/** What to choose from: what is online already can't go online. */
export const fatesFor = ({ online }: Touched): Fate[] => fates.filter(fate => !(online && fate === 'online'))

/** What is proposed for a talk: what the closure says, but no screen where the host has none. */
export const proposalFor = (outcome: 'online' | 'postponed' | 'cancelled', { mayGoOnline }: Touched): Fate =>
  outcome === 'online' && !mayGoOnline ? 'postponed' : outcome

export const ends = (fate: Fate): boolean => fate === 'postponed' || fate === 'cancelled'

/** Why a talk ended, in the words of all cancellations. */
export const reasonOf = (cause: Cause): CancelReason =>
  cause === 'frost' || cause === 'wind' ? 'weather' : cause === 'illness' ? 'illness' : 'other'

const fateField = /^(fate|link)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** What was chosen for each talk by the names of the fields, and which fields are wrong. `meetingOf` judges a link. */
export function readChosen(body: unknown, meetingOf: (text: string) => string | undefined) {
  const fates = new Map<string, Fate>()
  const links = new Map<string, string>()
  const typed: Record<string, string> = {}
  const wrong: Record<string, 'fate' | 'link'> = {}
  for (const [name, sent] of Object.entries(typeof body === 'object' && body !== null ? body : {})) {
    const [, what, id = ''] = fateField.exec(name) ?? []
    if (!what) continue
    const text = typeof sent === 'string' ? sent.trim() : '?'
    typed[name] = text
    const fate = fateOf(text)
    const link = meetingOf(text)
    if (what === 'fate' && fate) fates.set(id, fate)
    else if (what === 'link' && link) links.set(id, link)
    else if (what === 'fate' || text !== '') wrong[name] = what === 'fate' ? 'fate' : 'link'
  }
  return { fates, links, typed, wrong }
}

export type Mate = Recipient & { assignmentId: string; travelMinutes: number }
export type News = {
  closureId: string
  talk: Notice['talk']
  /** Whether the talk is over with this: then nothing is planned for it. */
  ends: boolean
  team: Mate[]
  contact: Recipient | undefined
  /** Who gets the letter of the closure; `everybody` on closing, on lifting who heard of it. */
  concerns: 'everybody' | Set<string>
  now: DateTime
}
type Urgent = { message: NewMessage; neededAt: DateTime }

/**
 * Exactly what is told of some talks when a closure changes them: its one letter to each speaker and host, reminders anew
 * where the talk stands, and the invitation to who was never told of the talk. Who would leave earliest is told first.
 */
export function closureNews(news: News[], now: DateTime): NewMessage[] {
  const urgent = news.flatMap(closureLetters).sort((a, b) => +a.neededAt - +b.neededAt)
  return [
    // due a little earlier than what is needed a little later: whoever sends goes by that
    ...urgent.map(({ message }, at) => ({ ...message, dueAt: now.minus({ milliseconds: urgent.length - at }) })),
    ...news.flatMap(planned),
  ]
}

function closureLetters({ closureId, talk, ends: over, team, contact, concerns, now }: News): Urgent[] {
  if (talk.endsAt <= now) return []
  const isTold = ({ recipient, untold }: Recipient) =>
    concerns === 'everybody' ? over || !untold.includes('invitation') : concerns.has(recipient)
  const letter = (to: Recipient, assignmentId?: string): NewMessage => ({
    houseId: talk.houseId,
    kind: 'closure',
    cause: `closure:${closureId}:${talk.id}`,
    version: talk.version,
    recipient: to.recipient,
    address: to.address,
    language: to.language,
    dueAt: now,
    notAfter: talk.endsAt,
    talkId: talk.id,
    ...(talk.requestId === undefined ? {} : { requestId: talk.requestId }),
    ...(assignmentId === undefined ? {} : { assignmentId }),
  })
  return [
    ...team.filter(isTold).map(mate => ({
      message: letter(mate, mate.assignmentId),
      neededAt: talk.startsAt.minus({ minutes: mate.travelMinutes }),
    })),
    ...(contact && isTold(contact) ? [{ message: letter(contact), neededAt: talk.startsAt }] : []),
  ]
}

/** What a talk that stands has besides the letter: reminders, the question how it was, an invitation that never left. */
function planned({ talk, ends: over, team, contact, concerns, now }: News): NewMessage[] {
  if (over) return []
  const mates = team.map(mate => ({ ...mate, news: 'stays' as const }))
  return notices({ talk, event: 'team', team: mates, contact, dueAt: now, now }).filter(
    ({ kind }) =>
      kind.startsWith('reminder-') ||
      kind === 'outcome-asked' ||
      kind === 'invitation' ||
      // on closing the letter itself says all a host must know
      (kind === 'talk-booked' && concerns !== 'everybody'),
  )
}
