import type { Db } from '../base/db/open.ts'
import type { Jobs } from '../base/jobs.ts'
import { hashOf } from '../base/secrets.ts'
import { type DateTime, instantFrom, instantOf, wallTime } from '../base/time.ts'
import { uidOf } from '../talks/ics.ts'
import { type Taken, takeReply } from './reply-actions.ts'
import { isProven, type Proof } from './reply-proof.ts'
import type { ReadCalendar, ReadEvent } from './reply-reader.ts'
import { headOf, mostOctets, readMail } from './reply-reading.ts'
import { type Calendar, type ReplyMail, tokenIn } from './reply-rules.ts'
import { findAddressee } from './reply-store.ts'

/** A letter as a door or a mailbox hands it in; of one too long only its head need be there. */
export type Letter = { raw: Buffer; octets: number; envelope: string | undefined; arrival: string }
export type Intake = {
  /** What became of the letter. Once this has answered, the letter may be forgotten. */
  take: (letter: Letter) => Promise<Taken | 'no-token' | 'unreadable'>
  /** Whether an address belongs to an invitation of ours. */
  knows: (address: string) => Promise<boolean>
}
export type IntakeWorld = {
  db: Db
  jobs: Jobs
  /** Of our addresses and of the UIDs of talks. */
  domain: string
  proof: Proof
  now: (db: Db) => Promise<DateTime>
}

/** From the bytes of a letter to what it means for a talk; nothing is ever answered by mail. */
export function intakeOf({ db, jobs, domain, proof, now }: IntakeWorld): Intake {
  const addressee = (token: string | undefined) => (token ? findAddressee(db, hashOf(token)) : undefined)
  return {
    knows: async address =>
      address.toLowerCase().endsWith(`@${domain}`) && (await addressee(tokenIn(address))) !== undefined,
    take: async ({ raw, octets, envelope, arrival }) => {
      const whole = octets <= mostOctets
      let read = await readMail(whole ? raw : headOf(raw))
      let fault: 'too-big' | 'too-slow' | 'garbage' | undefined = whole ? undefined : 'too-big'
      if (typeof read === 'string') {
        fault = read
        read = await readMail(headOf(raw))
      }
      if (typeof read === 'string') return 'unreadable'
      const token = [envelope ?? '', ...read.to].map(tokenIn).find(each => each !== undefined)
      if (!token) return 'no-token'
      const to = await addressee(token)
      if (!to) return 'unknown'
      const mail: ReplyMail = {
        from: read.from,
        automatic: read.automatic,
        proven: fault === undefined && read.calendar !== undefined && (await isProven(raw, read, proof)),
        calendar: fault ?? (typeof read.calendar === 'object' ? said(read.calendar, to.zone) : read.calendar),
      }
      const { bodyHash } = read
      const messageId = read.messageId || `none:${bodyHash}`
      const arrived = { token, messageId, bodyHash, arrival, mail }
      return takeReply(db, jobs, talkId => uidOf(talkId, domain), arrived, await now(db))
    },
  }
}

const said = ({ partMethod, method, events }: ReadCalendar, zone: string): Calendar => ({
  partMethod,
  method,
  events: events.map(event => ({
    uid: event.uid,
    sequence: event.sequence,
    stamp: event.stamp === undefined ? undefined : validInstant(event.stamp),
    recurrence: event.recurrence,
    attendees: event.attendees,
    comment: event.comment,
    proposed: method === 'COUNTER' ? proposalOf(event, zone) : undefined,
  })),
})

function validInstant(text: string): DateTime | undefined {
  try {
    return instantFrom(text)
  } catch {
    return
  }
}

const mostMinutes = 600

/** The proposed time; in a zone that nobody knows by name it is the wall time of the talk's. */
function proposalOf({ start, end }: ReadEvent, zone: string): { from: DateTime; to: DateTime } | undefined {
  const [from, to] = [instantIn(start, zone), instantIn(end, zone)]
  if (!from || !to || to <= from || to > from.plus({ minutes: mostMinutes })) return
  return { from, to }
}

function instantIn(time: ReadEvent['start'], zone: string): DateTime | undefined {
  const wall = time && wallTime(time.wall)
  if (!time || !wall) return
  const named = time.zone !== undefined && isZone(time.zone) ? time.zone : zone
  const instant = instantOf(wall.day, wall.minute, named)
  return typeof instant === 'string' ? undefined : instant.toUTC()
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
