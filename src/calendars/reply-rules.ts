import type { DateTime } from 'luxon'
import { type AnswerRefusal, closedBy, type Invitation, type Response } from '../talks/answer-rules.ts'

/** What a calendar program answers, as far as it is read at all (calendars.md section 8). */
export type ReplyEvent = {
  uid: string
  sequence: number
  stamp: DateTime | undefined
  recurrence: boolean
  attendees: { address: string; partstat: string; sentBy: string | undefined }[]
  comment: string
  /** Only of a COUNTER: when the speaker could come. */
  proposed: { from: DateTime; to: DateTime } | undefined
}
export type Calendar = { partMethod: string | undefined; method: string | undefined; events: ReplyEvent[] }
/** Why no calendar could be read. */
export type Unreadable = 'too-big' | 'too-slow' | 'garbage' | 'several'

export type ReplyMail = {
  /** The addresses in From; more than one is nobody's. */
  from: string[]
  /** Written by a program that answers by itself. */
  automatic: boolean
  /** DKIM, DMARC or our own mail server vouch for the domain of From. */
  proven: boolean
  calendar: Calendar | Unreadable | undefined
}

/** The invitation behind the address a reply came to. */
export type Known = {
  uid: string
  address: string
  /** Of the last letter to this person. */
  sequence: number
  /** The talk stands at another time than that letter said. */
  moved: boolean
  takenStamp: DateTime | undefined
  /** When the last answer was given by the page rather than by a calendar. */
  answeredByPage: DateTime | undefined
  invitation: Omit<Invitation, 'version'>
}

export const answers = ['accepted', 'declined', 'tentative', 'delegated', 'proposal', 'none'] as const
export type ReplyAnswer = (typeof answers)[number]
/** Why the coordinator looks at an answer before it counts. */
export const doubts = [
  'sender',
  'on-behalf',
  'unproven',
  'method',
  'attendee',
  'recurrence',
  'undated',
  'future',
  'before-page',
  'busy',
] as const
export type Doubt = (typeof doubts)[number]
/** Why nothing can come of it. */
export const refusals = [
  'no-calendar',
  'too-big',
  'too-slow',
  'garbage',
  'several',
  'not-a-reply',
  'other-talk',
  'undecided',
  'outdated',
  'replayed',
  'cancelled',
  'filled',
  'begun',
] as const
export type ReplyRefusal = (typeof refusals)[number]
export const replyReasons = [...doubts, ...refusals] as const
export type ReplyReason = (typeof replyReasons)[number]

/** A clock may be wrong by so much; a stamp further ahead would shut out every later answer. */
const aheadMinutes = 15

export type Verdict =
  | { state: 'taken'; answer: ReplyAnswer; response: Response | undefined; stamp: DateTime }
  | { state: 'open'; answer: ReplyAnswer; reasons: Doubt[]; stamp?: DateTime | undefined }
  | { state: 'ignored'; answer: ReplyAnswer; reasons: [ReplyRefusal] }
  /** Not even worth a line: a machine talking to a machine. */
  | { state: 'silent' }

const partstats: Record<string, ReplyAnswer> = {
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  TENTATIVE: 'tentative',
  DELEGATED: 'delegated',
}
const responses: Partial<Record<ReplyAnswer, Response>> = { accepted: 'accept', declined: 'decline' }

/** What a reply to a valid address does: the speaker's answer only if every rule holds; what is doubtful, a person decides. */
export function judge(mail: ReplyMail, known: Known, now: DateTime): Verdict {
  const { calendar } = mail
  if (calendar === undefined) return mail.automatic ? { state: 'silent' } : ignored('none', 'no-calendar')
  if (typeof calendar === 'string') return ignored('none', calendar)
  if (calendar.method !== 'REPLY' && calendar.method !== 'COUNTER') return ignored('none', 'not-a-reply')
  const [event, ...others] = calendar.events
  if (!event) return ignored('none', 'garbage')
  if (others.length > 0) return ignored('none', 'several')
  const answer = answerOf(calendar.method, event, known)
  if (event.uid !== known.uid) return ignored(answer, 'other-talk')
  const closed = closedBy({ ...known.invitation, version: 0 }, now)
  if (closed) return ignored(answer, closed)
  if (event.sequence < known.sequence || known.moved) return ignored(answer, 'outdated')
  if (answer === 'none') return ignored(answer, 'undecided')
  if (event.stamp && known.takenStamp && event.stamp <= known.takenStamp) return ignored(answer, 'replayed')
  const reasons = doubtsOf(mail, calendar, event, known, now)
  if (reasons.length > 0 || !event.stamp) return { state: 'open', answer, reasons }
  return answer === 'proposal' || answer === 'delegated'
    ? { state: 'open', answer, reasons: [], stamp: event.stamp }
    : { state: 'taken', answer, response: responses[answer], stamp: event.stamp }
}

const ignored = (answer: ReplyAnswer, reason: ReplyRefusal): Verdict => ({
  state: 'ignored',
  answer,
  reasons: [reason],
})

function answerOf(method: 'REPLY' | 'COUNTER', event: ReplyEvent, known: Known): ReplyAnswer {
  if (method === 'COUNTER') return event.proposed ? 'proposal' : 'none'
  const own = event.attendees.find(({ address }) => address === known.address) ?? event.attendees[0]
  return partstats[own?.partstat ?? ''] ?? 'none'
}

function doubtsOf(mail: ReplyMail, calendar: Calendar, event: ReplyEvent, known: Known, now: DateTime): Doubt[] {
  const [attendee, ...others] = event.attendees
  const own = mail.from.length === 1 && mail.from[0] === known.address
  // SENT-BY is written by whoever sends: it explains another sender, it proves nothing
  const behalf = !own && attendee?.sentBy !== undefined && mail.from.includes(attendee.sentBy)
  const found: [Doubt, boolean][] = [
    ['sender', !own && !behalf],
    ['on-behalf', behalf],
    ['unproven', !mail.proven],
    ['method', calendar.partMethod !== calendar.method],
    ['attendee', attendee?.address !== known.address || others.length > 0],
    ['recurrence', event.recurrence],
    ['undated', !event.stamp],
    ['future', event.stamp !== undefined && event.stamp > now.plus({ minutes: aheadMinutes })],
    [
      'before-page',
      event.stamp !== undefined && known.answeredByPage !== undefined && event.stamp <= known.answeredByPage,
    ],
  ]
  return found.filter(([, holds]) => holds).map(([doubt]) => doubt)
}

/** Where a refused answer leaves the reply: closed is closed, a speaker who is elsewhere by now is for a person to see to. */
export function afterRefusal(answer: ReplyAnswer, refusal: AnswerRefusal): Extract<Verdict, { reasons: unknown }> {
  if (refusal === 'busy') return { state: 'open', answer, reasons: ['busy'] }
  const reason: ReplyRefusal = refusal === 'missing' ? 'filled' : refusal === 'changed' ? 'outdated' : refusal
  return { state: 'ignored', answer, reasons: [reason] }
}

/** What a coordinator's yes to a doubtful answer does; a proposal or a substitute is answered by moving or replacing. */
export const responseTo = (answer: ReplyAnswer): Response | undefined => responses[answer]
/** Whether there is an answer to say yes to. */
export const acceptable = (answer: ReplyAnswer): boolean => answer === 'accepted' || answer === 'declined'

const address = /^bron\+([0-9a-f]{32})@/i
/** The token in an address of ours; mail servers may have folded its case. */
export const tokenIn = (text: string): string | undefined => address.exec(text.trim())?.[1]?.toLowerCase()

/**
 * Whether the mail server with this name vouches for the domain (RFC 8601). Only the unbroken run of its headers on top
 * counts: those below may have come with the letter.
 */
export function vouched(headers: string[], server: string, domain: string): boolean {
  for (const header of headers) {
    const [id = '', ...results] = withoutComments(header).split(';')
    if (id.trim().split(/\s+/)[0]?.toLowerCase() !== server.toLowerCase()) return false
    if (results.some(result => passes(result, domain))) return true
  }
  return false
}

function passes(result: string, domain: string): boolean {
  const [, method] = /^\s*(dmarc|dkim)\s*=\s*pass\b/i.exec(result) ?? []
  if (!method) return false
  if (method.toLowerCase() === 'dmarc')
    return /\bheader\.from\s*=\s*"?([\w.-]+)/i.exec(result)?.[1]?.toLowerCase() === domain
  const signer = /\bheader\.(?:d\s*=\s*"?|i\s*=\s*"?[^\s@"]*@)([\w.-]+)/i.exec(result)?.[1]?.toLowerCase()
  return signer !== undefined && aligned(signer, domain)
}

/** A comment may nest, and a quoted text is none. */
function withoutComments(text: string): string {
  let depth = 0
  let kept = ''
  for (const sign of text.replace(/\\./g, ''))
    if (sign === '(') depth++
    else if (sign === ')') depth = Math.max(0, depth - 1)
    else if (depth === 0) kept += sign
  return kept
}

/** A signature of the domain itself, of its parent or of one below it; never of a bare top-level domain. */
export const aligned = (signer: string, domain: string): boolean =>
  signer === domain ||
  (signer.includes('.') && domain.endsWith(`.${signer}`)) ||
  (domain.includes('.') && signer.endsWith(`.${domain}`))
