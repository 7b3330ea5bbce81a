import { dateWithoutWeekday } from './base/i18n/dates.ts'
import type { Language } from './base/i18n/language.ts'
import { hashOf, tokenOf } from './base/secrets.ts'
import { domainOf } from './base/text.ts'
import { clock, type DateTime, type Day, type Minute } from './base/time.ts'
import { findClosure } from './houses/closure-store.ts'
import type { Desk, Made, Maker } from './messages/actions.ts'
import type { MessageRow } from './messages/delivery-store.ts'
import { closureNews } from './talks/closure-mail.ts'
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
import { accountNames, type Mate, type TalkFacts, talkFacts } from './talks/letter-store.ts'
import {
  answerDeclined,
  type HostLinks,
  hostClosure,
  hostOutcome,
  hostReminder,
  talkBooked,
  talkCancelled,
  talkChanged,
} from './talks/mail.ts'
import { keepReplyAddress, lastSent } from './talks/reply-address-store.ts'
import { isStanding } from './talks/rules.ts'
import { formerTime, mayHaveHeard, movedSinceTold } from './talks/told-store.ts'
import { visitorsList } from './talks/visitors-mail.ts'

export const talkMakers = {
  'talk-booked': forHost(async ({ facts, row, links }) => {
    if (facts.state !== 'booked') return { superseded: 'cancelled' }
    return { letter: talkBooked(facts, row.language, links), method: 'REQUEST' }
  }),
  'talk-changed': forHost(async ({ facts, row, links, former, moved }) => {
    if (facts.state !== 'booked') return { superseded: 'cancelled' }
    // another team is news for the letter, and nothing for the host's calendar
    const letter = talkChanged(facts, row.language, links, former)
    return (await moved()) ? { letter, method: 'REQUEST' } : { letter }
  }),
  'talk-cancelled': forHost(async ({ facts, row, links, heard }) => {
    if (facts.state !== 'cancelled') return { superseded: 'restored' }
    // the host may have seen the talk on its page; a calendar that never had it has nothing to cancel
    const letter = talkCancelled(facts, row.language, links)
    return (await heard()) ? { letter, method: 'CANCEL' } : { letter }
  }),
  invitation: forSpeaker(async ({ facts, mate, row, links, now }) => {
    const gone = pointless(facts, mate, now)
    if (gone) return gone
    if (mate.state === 'accepted') return { superseded: 'answered' }
    return { letter: invitation(facts, mate, row.language, links), method: 'REQUEST' }
  }),
  'invitation-update': forSpeaker(async ({ facts, mate, row, links, now, former }) => {
    const gone = pointless(facts, mate, now)
    if (gone) return gone
    return { letter: invitationUpdate(facts, mate, row.language, links, former?.(row.language)), method: 'REQUEST' }
  }),
  'invitation-cancellation': forSpeaker(async ({ facts, mate, row, links, heard }) => {
    if (facts.state === 'booked' && isStanding(mate)) return { superseded: 'restored' }
    if (!(await heard())) return { skipped: 'never-told' }
    return { letter: invitationCancellation(facts, mate, row.language, links), method: 'CANCEL' }
  }),
  'answer-declined': declined,
  'reminder-days': reminder,
  'reminder-day': reminder,
  'reminder-hours': reminder,
  closure: async (db, row, desk, now) => {
    const closure = await findClosure(db, row.house_id ?? '', row.cause.split(':')[1] ?? '')
    if (!closure) return { superseded: 'gone' }
    if (closure.lifted !== row.version > 1) return { superseded: 'restored' }
    const pointless = (facts: TalkFacts): Gone | undefined => {
      if (facts.state !== 'booked') return { superseded: 'cancelled' }
      return facts.day < closure.from || facts.day > closure.to ? { superseded: 'moved' } : undefined
    }
    const say = row.recipient.startsWith('contact:')
      ? forHost(
          async ({ facts, links }) =>
            pointless(facts) ?? {
              letter: hostClosure(facts, row.language, links, it => closureNews(closure, facts, it)),
            },
        )
      : forSpeaker(
          async ({ facts, mate, links }) =>
            pointless(facts) ??
            (isStanding(mate)
              ? { letter: speakerClosure(facts, mate, row.language, links, closureNews(closure, facts, row.language)) }
              : { superseded: 'gone' }),
        )
    return say(db, row, desk, now)
  },
  'outcome-asked': async (db, row, desk, now) => {
    const said = row.recipient.startsWith('contact:')
      ? forHost(async ({ facts, links }) =>
          facts.state === 'booked' ? { letter: hostOutcome(facts, row.language, links) } : { superseded: 'done' },
        )
      : forSpeaker(async ({ facts, mate, links }) =>
          facts.state === 'booked' && isStanding(mate)
            ? { letter: speakerOutcome(facts, mate, row.language, links) }
            : { superseded: 'done' },
        )
    return said(db, row, desk, now)
  },
} satisfies Record<string, Maker>

type Former = ((language: Language) => string) | undefined
type Said = Extract<Made, { letter: unknown }>['letter']
type Gone = { superseded: string } | { skipped: string }
type ToHost = {
  facts: TalkFacts
  row: MessageRow
  links: HostLinks | undefined
  former: Former
  heard: () => Promise<boolean>
  moved: () => Promise<boolean>
}
type ToldHost = { letter: Said; method?: 'REQUEST' | 'CANCEL'; attachments?: { filename: string; content: string }[] }
type ToSpeaker = {
  facts: TalkFacts
  mate: Mate
  row: MessageRow
  links: SpeakerLinks
  former: Former
  now: DateTime
  heard: () => Promise<boolean>
}

function forHost(say: (given: ToHost) => Promise<ToldHost | Gone>): Maker {
  return async (db, row, desk) => {
    const facts = row.talk_id ? await talkFacts(db, row.talk_id) : undefined
    if (!facts) return { superseded: 'gone' }
    const made = await say({
      facts,
      row,
      links: hostLinks(facts, desk),
      heard: () => mayHaveHeard(db, facts.id, row.recipient, row.id),
      // who asks for the letter again may have lost its calendar part, too
      moved: async () => row.again > 0 || (await movedSinceTold(db, facts.id, row.recipient)),
      former: formerOf(await formerTime(db, facts.id, row.created_at)),
    })
    if (!('letter' in made)) return made
    return {
      letter: made.letter,
      toName: facts.request?.contactName ?? '',
      ...(made.attachments ? { attachments: made.attachments } : {}),
      ...(made.method ? { calendar: hostCalendarPart(facts, made.method, envelopeOf(row, desk, undefined)) } : {}),
    }
  }
}

function forSpeaker(say: (given: ToSpeaker) => Promise<{ letter: Said; method?: 'REQUEST' | 'CANCEL' } | Gone>): Maker {
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
      former: formerOf(await formerTime(db, facts.id, row.created_at)),
    })
    if (!('letter' in made)) return made
    // a cancellation names the times that its reader's calendar knows, not those of a move that never reached it
    const known = made.method === 'CANCEL' ? await lastSent(db, facts.id, mate.speakerId) : undefined
    const told = { ...facts, ...known }
    // kept before the letter leaves: an answer may be here sooner than the mail server's "250"
    if (made.method)
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
      toName: mate.names[row.language],
      ...(made.method ? { calendar: calendarPart(told, mate, made.method, envelopeOf(row, desk, links.talk)) } : {}),
    }
  }
}

const envelopeOf = (row: MessageRow, desk: Desk, page: string | undefined) => ({
  secret: desk.secret,
  domain: domainOf(desk.mailFrom),
  address: row.address,
  language: row.language,
  page,
})

async function reminder(...[db, row, desk, now]: Parameters<Maker>): Promise<Made> {
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
            // the door asks for names the day before, and an online talk has no door
            ...(row.kind === 'reminder-day' && facts.mode === 'onsite' && facts.team.some(isStanding)
              ? { attachments: [visitorsList(facts, row.language)] }
              : {}),
          },
      )
    : forSpeaker(
        async ({ facts, mate, links }) =>
          judge(facts) ??
          (isStanding(mate) ? { letter: speakerReminder(facts, mate, row.language, links) } : { superseded: 'gone' }),
      )
  return say(db, row, desk, now)
}

async function declined(...[db, row, desk]: Parameters<Maker>): Promise<Made> {
  const facts = row.talk_id ? await talkFacts(db, row.talk_id) : undefined
  const mate = facts?.team.find(it => it.assignmentId === row.assignment_id)
  const reader = row.account_id ? await accountNames(db, row.account_id) : undefined
  if (!facts || !mate || !reader) return { superseded: 'gone' }
  if (facts.state !== 'booked') return { superseded: 'cancelled' }
  if (mate.state !== 'declined') return { superseded: 'answered' }
  return {
    letter: answerDeclined(facts, mate, row.language, reader.addresses, `${desk.publicUrl}/app/talks/${facts.id}`),
    toName: reader.names[row.language],
  }
}

function pointless(facts: TalkFacts, mate: Mate, now: DateTime): Gone | undefined {
  if (facts.state !== 'booked') return { superseded: 'cancelled' }
  if (!isStanding(mate)) return { superseded: mate.state === 'declined' ? 'answered' : 'gone' }
  return facts.endsAt <= now ? { skipped: 'too-late' } : undefined
}

const formerOf = (former: { day: Day; minute: Minute } | undefined): Former =>
  former && (language => `${dateWithoutWeekday(language, former.day)}, ${clock(former.minute)}`)

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
