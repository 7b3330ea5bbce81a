import type { Db } from './base/db/open.ts'
import type { Said } from './base/i18n/language.ts'
import { type ClosureRow, findClosures } from './houses/closure-store.ts'
import type { Sample } from './messages/text-pages.ts'
import type { Sampler } from './messages/text-routes.ts'
import type { TextKey } from './messages/text-rules.ts'
import { type Former, formerOf } from './talk-letters.ts'
import { type ClosureSaid, closureNews, knownOfClosure } from './talks/closure-mail.ts'
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
import { isStanding } from './talks/rules.ts'
import { newestTalk, type TalkWish } from './talks/sample-store.ts'
import { formerTime } from './talks/told-store.ts'

type Reminder = 'reminder-days' | 'reminder-day' | 'reminder-hours'

/** The letters about a talk, as samples. */
export const talkSamples = {
  'talk-booked.contact': toHost('booked', ({ facts, links }) => ({
    letter: it => talkBooked(facts, it, links),
    known: knownToHost('talk-booked.contact', facts),
  })),
  'talk-changed.contact': toHost('moved', ({ facts, links, former }) => ({
    letter: it => talkChanged(facts, it, links, former),
    known: knownToHost('talk-changed.contact', facts, former),
  })),
  'talk-cancelled.contact': toHost('cancelled', ({ facts, links }) => ({
    letter: it => talkCancelled(facts, it, links),
    known: knownToHost('talk-cancelled.contact', facts),
  })),
  'invitation.speaker': toSpeaker('booked', ({ facts, mate, links }) => ({
    letter: it => invitation(facts, mate, it, links),
    known: knownToSpeaker('invitation.speaker', facts, mate),
  })),
  'invitation-update.speaker': toSpeaker('moved', ({ facts, mate, links, former }) => ({
    letter: it => invitationUpdate(facts, mate, it, links, former?.(it)),
    known: knownToSpeaker('invitation-update.speaker', facts, mate, former),
  })),
  'invitation-cancellation.speaker': toSpeaker('cancelled', ({ facts, mate, links }) => ({
    letter: it => invitationCancellation(facts, mate, it, links),
    known: knownToSpeaker('invitation-cancellation.speaker', facts, mate),
  })),
  'answer-declined.account': toSpeaker('declined', ({ facts, mate, reader, staffPage }) => ({
    letter: it => answerDeclined(facts, mate, it, reader, staffPage),
    known: knownOfDecline(facts, mate, reader),
  })),
  'reminder-days.contact': reminderToHost('reminder-days'),
  'reminder-days.speaker': reminderToSpeaker('reminder-days'),
  'reminder-day.contact': reminderToHost('reminder-day'),
  'reminder-day.speaker': reminderToSpeaker('reminder-day'),
  'reminder-hours.contact': reminderToHost('reminder-hours'),
  'reminder-hours.speaker': reminderToSpeaker('reminder-hours'),
  'feedback-asked.contact': toHost('booked', ({ facts, links }) => ({
    letter: it => hostFeedback(facts, it, links),
    known: knownToHost('feedback-asked.contact', facts),
  })),
  'outcome-asked.contact': toHost('booked', ({ facts, links }) => ({
    letter: it => hostOutcome(facts, it, links),
    known: knownToHost('outcome-asked.contact', facts),
  })),
  'outcome-asked.speaker': toSpeaker('booked', ({ facts, mate, links }) => ({
    letter: it => speakerOutcome(facts, mate, it, links),
    known: knownToSpeaker('outcome-asked.speaker', facts, mate),
  })),
  'closure.contact': async (db, whose, publicUrl) => {
    const closure = await closureShown(db, whose.houseId)
    const say = toHost('booked', ({ facts, links }) => ({
      letter: it => hostClosure(facts, it, links, language => closureNews(closure, closure.outcome, facts, language)),
      known: knownOfClosure(closure, closure.outcome, facts, undefined),
    }))
    return say(db, whose, publicUrl)
  },
  'closure.speaker': async (db, whose, publicUrl) => {
    const closure = await closureShown(db, whose.houseId)
    const say = toSpeaker('booked', ({ facts, mate, links }) => ({
      letter: it => speakerClosure(facts, mate, it, links, closureNews(closure, closure.outcome, facts, it)),
      known: knownOfClosure(closure, closure.outcome, facts, mate),
    }))
    return say(db, whose, publicUrl)
  },
} satisfies Partial<Record<TextKey, Sampler>>

/** The newest closure that stands, or one as it may come. */
async function closureShown(db: Db, houseId: string): Promise<ClosureSaid & Pick<ClosureRow, 'outcome'>> {
  const found = (await findClosures(db, houseId, 20)).find(({ lifted }) => !lifted)
  return { names: { kk: '', ru: '', en: '' }, outcome: 'online', cause: 'frost', ...found }
}

function reminderToHost(kind: Reminder): Sampler {
  return toHost('booked', ({ facts, links }) => ({
    letter: it => hostReminder(facts, it, links),
    known: knownToHost(`${kind}.contact`, facts),
  }))
}

function reminderToSpeaker(kind: Reminder): Sampler {
  return toSpeaker('booked', ({ facts, mate, links }) => ({
    letter: it => speakerReminder(facts, mate, it, links),
    known: knownToSpeaker(`${kind}.speaker`, facts, mate),
  }))
}

function toHost(
  wish: TalkWish,
  say: (given: { facts: TalkFacts; links: HostLinks | undefined; former: Former }) => Sample,
): Sampler {
  return async (db, { houseId }, publicUrl) => {
    const found = await newestTalk(db, houseId, wish)
    const facts = found && (await talkFacts(db, found.id))
    if (!facts) return
    const page = `${publicUrl}/r/…`
    return say({
      facts,
      links: facts.request && { page, calendar: `${page}.ics` },
      former: formerOf(found.movedAt ? await formerTime(db, facts.id, found.movedAt) : undefined),
    })
  }
}

type ToSpeaker = { facts: TalkFacts; mate: Mate; links: SpeakerLinks; former: Former; reader: Said; staffPage: string }

function toSpeaker(wish: TalkWish, say: (given: ToSpeaker) => Sample): Sampler {
  return async (db, { houseId, accountId }, publicUrl) => {
    const found = await newestTalk(db, houseId, wish)
    const facts = found && (await talkFacts(db, found.id))
    const reader = await accountNames(db, accountId)
    const fitting = (it: Mate) => (wish === 'declined' ? it.state === 'declined' : isStanding(it))
    const mate = facts?.team.find(fitting) ?? facts?.team[0]
    if (!facts || !mate || !reader) return
    return say({
      facts,
      mate,
      links: {
        answer: `${publicUrl}/i/…`,
        talk: `${publicUrl}/me/talks/${facts.id}`,
        profile: `${publicUrl}/me/profile`,
      },
      former: formerOf(found.movedAt ? await formerTime(db, facts.id, found.movedAt) : undefined),
      reader: reader.addresses,
      staffPage: `${publicUrl}/app/talks/${facts.id}`,
    })
  }
}
