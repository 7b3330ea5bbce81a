import type { Db } from './base/db/open.ts'
import { dateWithoutWeekday } from './base/i18n/dates.ts'
import type { Language } from './base/i18n/language.ts'
import { hashOf, tokenOf } from './base/secrets.ts'
import { domainOf } from './base/text.ts'
import { clock, type DateTime, type Day, type Minute } from './base/time.ts'
import { findClosure } from './houses/closure-store.ts'
import type { Desk, Made, Maker } from './messages/actions.ts'
import { isShort, type Short } from './messages/channel-rules.ts'
import type { MessageRow } from './messages/delivery-store.ts'
import type { Became } from './messages/short-words.ts'
import type { Known } from './messages/wording-rules.ts'
import { findClosing } from './talks/closing-store.ts'
import { closureNews, knownOfClosure } from './talks/closure-mail.ts'
import { calendarPart, hostCalendarPart, replyToken } from './talks/ics-mail.ts'
import {
  invitation,
  invitationCancellation,
  invitationUpdate,
  type SpeakerLinks,
  speakerClosure,
  speakerOutcome,
  speakerReminder,
} from './talks/invitation-mail.ts'
import { knownOfDecline, knownToHost, knownToSpeaker } from './talks/known-mail.ts'
import { accountNames, type Mate, type TalkFacts, talkFacts } from './talks/letter-store.ts'
import {
  answerDeclined,
  type HostLinks,
  hostClosure,
  hostFeedback,
  hostOutcome,
  hostReminder,
  talkBooked,
  talkCancelled,
  talkChanged,
} from './talks/mail.ts'
import { keepReplyAddress, lastSent } from './talks/reply-address-store.ts'
import { isStanding } from './talks/rules.ts'
import { talkShort } from './talks/short-mail.ts'
import { substituteInvitation } from './talks/substitution-mail.ts'
import { cameByYes } from './talks/substitution-mail-store.ts'
import { formerTime, mayHaveHeard, movedSinceTold } from './talks/told-store.ts'
import { visitorsList } from './talks/visitors-mail.ts'

export const talkMakers = {
  'talk-booked': forHost(async ({ facts, row, links }) => {
    if (facts.state !== 'booked') return { superseded: 'cancelled' }
    return {
      letter: talkBooked(facts, row.language, links),
      known: knownToHost('talk-booked.contact', facts),
      method: 'REQUEST',
    }
  }),
  'talk-changed': forHost(async ({ facts, row, links, former, moved }) => {
    if (facts.state !== 'booked') return { superseded: 'cancelled' }
    // another team is news for the letter, and nothing for the host's calendar
    const letter = talkChanged(facts, row.language, links, former)
    const known = knownToHost('talk-changed.contact', facts, former)
    return (await moved()) ? { letter, known, method: 'REQUEST' } : { letter, known }
  }),
  'talk-cancelled': forHost(async ({ facts, row, links, heard }) => {
    if (facts.state !== 'cancelled') return { superseded: 'restored' }
    // the host may have seen the talk on its page; a calendar that never had it has nothing to cancel
    const letter = talkCancelled(facts, row.language, links)
    const known = knownToHost('talk-cancelled.contact', facts)
    return (await heard()) ? { letter, known, method: 'CANCEL' } : { letter, known }
  }),
  invitation: forSpeaker(async ({ facts, mate, row, links, now, byYes }) => {
    const gone = pointless(facts, mate, now)
    if (gone) return gone
    if (mate.state === 'accepted')
      return (await byYes())
        ? { letter: substituteInvitation(facts, mate, row.language, links), known: undefined, method: 'REQUEST' }
        : { superseded: 'answered' }
    return {
      letter: invitation(facts, mate, row.language, links),
      known: knownToSpeaker('invitation.speaker', facts, mate),
      method: 'REQUEST',
    }
  }),
  'invitation-update': forSpeaker(async ({ facts, mate, row, links, now, former }) => {
    const gone = pointless(facts, mate, now)
    if (gone) return gone
    return {
      letter: invitationUpdate(facts, mate, row.language, links, former?.(row.language)),
      known: knownToSpeaker('invitation-update.speaker', facts, mate, former),
      method: 'REQUEST',
    }
  }),
  'invitation-cancellation': forSpeaker(async ({ facts, mate, row, links, heard }) => {
    if (facts.state === 'booked' && isStanding(mate)) return { superseded: 'restored' }
    if (!(await heard())) return { skipped: 'never-told' }
    return {
      letter: invitationCancellation(facts, mate, row.language, links),
      known: knownToSpeaker('invitation-cancellation.speaker', facts, mate),
      method: 'CANCEL',
    }
  }),
  'answer-declined': declined,
  'reminder-days': reminder('reminder-days'),
  'reminder-day': reminder('reminder-day'),
  'reminder-hours': reminder('reminder-hours'),
  closure: async (db, row, desk, now) => {
    const [, id = ''] = row.cause.split(':')
    const closure = await findClosure(db, row.house_id ?? '', id)
    const its = closure && (await findClosing(db, id, row.talk_id))
    if (!closure || !its || its.fate === 'kept') return { superseded: 'gone' }
    const became = its.restoredVersion === null ? its.fate : 'restored'
    // lifted before this letter left
    if (its.restoredVersion !== null && row.version < its.restoredVersion) return { superseded: 'restored' }
    const over = became === 'postponed' || became === 'cancelled'
    const pointless = (facts: TalkFacts): Gone | undefined => {
      if (over) return facts.state === 'cancelled' ? undefined : { superseded: 'restored' }
      if (facts.state !== 'booked') return { superseded: 'cancelled' }
      return facts.day < closure.from || facts.day > closure.to ? { superseded: 'moved' } : undefined
    }
    const method = over ? 'CANCEL' : 'REQUEST'
    const say = row.recipient.startsWith('contact:')
      ? forHost(async ({ facts, links, heard }) => {
          const gone = pointless(facts)
          if (gone) return gone
          const letter = hostClosure(facts, row.language, links, it => closureNews(closure, became, facts, it))
          // a text about a closure would fit its end badly
          const known = became === 'restored' ? undefined : knownOfClosure(closure, became, facts, undefined)
          // a calendar that never had the talk has nothing to cancel
          return over && !(await heard()) ? { letter, known, became } : { letter, known, method, became }
        })
      : forSpeaker(async ({ facts, mate, links, heard }) => {
          const gone = pointless(facts)
          if (gone) return gone
          if (!over && !isStanding(mate)) return { superseded: 'gone' }
          if (over && !(await heard())) return { skipped: 'never-told' }
          const news = closureNews(closure, became, facts, row.language)
          const known = became === 'restored' ? undefined : knownOfClosure(closure, became, facts, mate)
          return { letter: speakerClosure(facts, mate, row.language, links, news), known, method, became }
        })
    return say(db, row, desk, now)
  },
  'outcome-asked': async (db, row, desk, now) => {
    const said = row.recipient.startsWith('contact:')
      ? forHost(async ({ facts, links }) =>
          facts.state === 'booked'
            ? {
                letter: hostOutcome(facts, row.language, links),
                known: knownToHost('outcome-asked.contact', facts),
              }
            : { superseded: 'done' },
        )
      : forSpeaker(async ({ facts, mate, links }) =>
          facts.state === 'booked' && isStanding(mate)
            ? {
                letter: speakerOutcome(facts, mate, row.language, links),
                known: knownToSpeaker('outcome-asked.speaker', facts, mate),
              }
            : { superseded: 'done' },
        )
    return said(db, row, desk, now)
  },
  // whoever was told that the talk did not take place is asked nothing
  'feedback-asked': forHost(async ({ facts, row, links }) =>
    facts.state === 'held' || facts.state === 'booked'
      ? {
          letter: hostFeedback(facts, row.language, links),
          known: knownToHost('feedback-asked.contact', facts),
        }
      : { superseded: 'cancelled' },
  ),
} satisfies Record<string, Maker>

export type Former = ((language: Language) => string) | undefined
type Said = Extract<Made, { letter: unknown }>['letter']
type Say = {
  letter: Said
  known: Known | undefined
  method?: 'REQUEST' | 'CANCEL'
  attachments?: { filename: string; content: string }[]
  /** What a closure made of the talk. */
  became?: Became
}
type Gone = { superseded: string } | { skipped: string }
type ToHost = {
  facts: TalkFacts
  row: MessageRow
  links: HostLinks | undefined
  former: Former
  heard: () => Promise<boolean>
  moved: () => Promise<boolean>
}
type ToSpeaker = {
  facts: TalkFacts
  mate: Mate
  row: MessageRow
  links: SpeakerLinks
  former: Former
  now: DateTime
  heard: () => Promise<boolean>
  /** Whether the reader took the place by a yes and is not asked again. */
  byYes: () => Promise<boolean>
}

function forHost(say: (given: ToHost) => Promise<Say | Gone>): Maker {
  return async (db, row, desk) => {
    const facts = row.talk_id ? await talkFacts(db, row.talk_id) : undefined
    if (!facts) return { superseded: 'gone' }
    const links = hostLinks(facts, desk)
    const made = await say({
      facts,
      row,
      links,
      heard: () => mayHaveHeard(db, facts.id, row.recipient, row.id),
      // who asks for the letter again may have lost its calendar part, too
      moved: async () => row.again > 0 || (await movedSinceTold(db, facts.id, row.recipient)),
      former: await formerIn(db, row, facts.id),
    })
    if (!('letter' in made)) return made
    return {
      letter: made.letter,
      known: made.known,
      toName: facts.request?.contactName ?? '',
      at: facts.startsAt,
      ...(made.attachments ? { attachments: made.attachments } : {}),
      ...short(
        facts,
        row,
        row.kind === 'feedback-asked' && links ? `${links.page}/feedback` : links?.page,
        made.became,
      ),
      ...(made.method && isMail(row)
        ? { calendar: hostCalendarPart(facts, made.method, envelopeOf(row, desk, undefined)) }
        : {}),
    }
  }
}

function forSpeaker(say: (given: ToSpeaker) => Promise<Say | Gone>): Maker {
  return async (db, row, desk, now) => {
    const facts = row.talk_id ? await talkFacts(db, row.talk_id) : undefined
    const mate = facts?.team.find(it => it.assignmentId === row.assignment_id)
    if (!facts || !mate) return { superseded: 'gone' }
    const links = speakerLinks(facts, mate, desk)
    const heard = () => mayHaveHeard(db, facts.id, row.recipient, row.id)
    const made = await say({
      facts,
      mate,
      row,
      links,
      now,
      heard,
      byYes: () => cameByYes(db, mate.assignmentId),
      former: await formerIn(db, row, facts.id),
    })
    if (!('letter' in made)) return made
    // a cancellation names the times that its reader's calendar knows, not those of a move that never reached it
    const known = made.method === 'CANCEL' ? await lastSent(db, facts.id, mate.speakerId) : undefined
    const told = { ...facts, ...known }
    // kept before the letter leaves: an answer may be here sooner than the mail server's "250"
    if (made.method && isMail(row))
      await keepReplyAddress(
        db,
        told,
        mate,
        hashOf(replyToken(desk.secret, facts.id, mate.speakerId)),
        row.address,
        now,
      )
    return {
      letter: made.letter,
      known: made.known,
      toName: mate.names[row.language],
      at: facts.startsAt,
      ...short(facts, row, speakerPage(row.kind, mate, links), made.became),
      ...(made.method && isMail(row)
        ? { calendar: calendarPart(told, mate, made.method, envelopeOf(row, desk, links.talk)) }
        : {}),
    }
  }
}

/** A calendar hears of a talk by mail alone. */
const isMail = (row: MessageRow): boolean => row.channel === 'mail'

const short = (facts: TalkFacts, row: MessageRow, page: string | undefined, became?: Became): { short?: Short } =>
  row.channel === 'webhook' && isShort(row.kind)
    ? { short: talkShort(facts, row.kind, row.language, page, became) }
    : {}

/** Where an answer is still asked for it is given; who need not come needs no page. */
function speakerPage(kind: string, mate: Mate, links: SpeakerLinks): string | undefined {
  if (kind === 'invitation-cancellation') return
  return mate.state === 'invited' && kind !== 'outcome-asked' ? links.answer : links.talk
}

const envelopeOf = (row: MessageRow, desk: Desk, page: string | undefined) => ({
  secret: desk.secret,
  domain: domainOf(desk.mailFrom),
  address: row.address,
  language: row.language,
  page,
})

function reminder(kind: 'reminder-days' | 'reminder-day' | 'reminder-hours'): Maker {
  return async (db, row, desk, now) => {
    const judge = (facts: TalkFacts): Gone | undefined => {
      if (facts.state !== 'booked') return { superseded: 'cancelled' }
      // planned for another time: those of the new time stand in the ledger by themselves
      if (row.not_after && !row.not_after.equals(facts.startsAt.toUTC().minus({ minutes: 30 })))
        return { superseded: 'moved' }
      return
    }
    const say = row.recipient.startsWith('contact:')
      ? forHost(
          async ({ facts, links }) =>
            judge(facts) ?? {
              letter: hostReminder(facts, row.language, links),
              known: knownToHost(`${kind}.contact`, facts),
              // the door asks for names the day before, and an online talk has no door
              ...(kind === 'reminder-day' && facts.mode === 'onsite' && facts.team.some(isStanding)
                ? { attachments: [visitorsList(facts, row.language)] }
                : {}),
            },
        )
      : forSpeaker(async ({ facts, mate, links }) => {
          const gone = judge(facts)
          if (gone) return gone
          if (!isStanding(mate)) return { superseded: 'gone' }
          return {
            letter: speakerReminder(facts, mate, row.language, links),
            known: knownToSpeaker(`${kind}.speaker`, facts, mate),
          }
        })
    return say(db, row, desk, now)
  }
}

async function declined(...[db, row, desk]: Parameters<Maker>): Promise<Made> {
  const facts = row.talk_id ? await talkFacts(db, row.talk_id) : undefined
  const mate = facts?.team.find(it => it.assignmentId === row.assignment_id)
  const reader = row.account_id ? await accountNames(db, row.account_id) : undefined
  if (!facts || !mate || !reader) return { superseded: 'gone' }
  if (facts.state !== 'booked') return { superseded: 'cancelled' }
  if (mate.state !== 'declined') return { superseded: 'answered' }
  const page = `${desk.publicUrl}/app/talks/${facts.id}`
  return {
    letter: answerDeclined(facts, mate, row.language, reader.addresses, page),
    toName: reader.names[row.language],
    known: knownOfDecline(facts, mate, reader.addresses),
    ...short(facts, row, page),
  }
}

function pointless(facts: TalkFacts, mate: Mate, now: DateTime): Gone | undefined {
  if (facts.state !== 'booked') return { superseded: 'cancelled' }
  if (!isStanding(mate)) return { superseded: mate.state === 'declined' ? 'answered' : 'gone' }
  return facts.endsAt <= now ? { skipped: 'too-late' } : undefined
}

export const formerOf = (former: { day: Day; minute: Minute } | undefined): Former =>
  former && (language => `${dateWithoutWeekday(language, former.day)}, ${clock(former.minute)}`)

/** Letters of a change say what it was before; others don't ask. */
const formerIn = async (db: Db, { kind, created_at }: MessageRow, talkId: string): Promise<Former> =>
  kind === 'talk-changed' || kind === 'invitation-update'
    ? formerOf(await formerTime(db, talkId, created_at))
    : undefined

function hostLinks(facts: TalkFacts, desk: Desk): HostLinks | undefined {
  if (!facts.request) return
  const page = `${desk.publicUrl}/r/${tokenOf(desk.secret, 'request', facts.request.nonce)}`
  return { page, calendar: `${page}.ics` }
}

const speakerLinks = (facts: TalkFacts, mate: Mate, desk: Desk): SpeakerLinks => ({
  answer: `${desk.publicUrl}/i/${tokenOf(desk.secret, 'invitation', mate.nonce)}`,
  talk: `${desk.publicUrl}/me/talks/${facts.id}`,
  profile: `${desk.publicUrl}/me/profile`,
})
