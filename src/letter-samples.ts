import { changeLetter, knownOfChange } from './accounts/change-mail.ts'
import { accountFacts } from './accounts/letter-store.ts'
import { accountLetter, knownOfAccount, knownOfSignIn, signInLetter } from './accounts/mail.ts'
import type { RequestState } from './base/db/tables.ts'
import type { Said } from './base/i18n/language.ts'
import { digestSamples } from './digest-samples.ts'
import type { Sample } from './messages/text-pages.ts'
import type { Sampler } from './messages/text-routes.ts'
import type { TextKey } from './messages/text-rules.ts'
import { reportSamples } from './report-letters.ts'
import { knownOfConfirmation, knownOfRequest } from './requests/known-mail.ts'
import { type RequestFacts, requestFacts } from './requests/letter-store.ts'
import {
  addressConfirmation,
  calendarAddress,
  contactWrote,
  requestDeclined,
  requestExpired,
  requestReceived,
  requestWithdrawn,
} from './requests/mail.ts'
import { newestRequest } from './requests/sample-store.ts'
import { substitutionSamples } from './substitution-samples.ts'
import { talkSamples } from './talk-samples.ts'
import { accountNames } from './talks/letter-store.ts'

/**
 * Each letter as it would be about the House's newest fitting talk or request, to show and not to send: nothing is written
 * and nobody's secret is in it, an ellipsis stands where a link would have one.
 */
const samples: Record<TextKey, Sampler> = {
  'account-added.account': async (db, { houseId, accountId }, publicUrl) => {
    const facts = await accountFacts(db, accountId, houseId)
    return (
      facts && {
        letter: it => accountLetter(facts, '…', it, `${publicUrl}/sign-in`),
        known: knownOfAccount(facts, '…'),
      }
    )
  },
  'sign-in.account': async (db, { houseId, accountId, now }, publicUrl) => {
    const account = await accountFacts(db, accountId, houseId)
    if (!account) return
    const facts = { ...account, nonce: '', expiresAt: now.plus({ minutes: 10 }), usedAt: null, purpose: 'sign-in' }
    const code = '000000'
    return {
      letter: it => signInLetter(facts, it, `${publicUrl}/sign-in/…`, code),
      known: knownOfSignIn(facts, code),
    }
  },
  'account-changed.account': async (db, { houseId, accountId, now }, publicUrl) => {
    const facts = await accountFacts(db, accountId, houseId)
    return (
      facts && {
        letter: it => changeLetter(facts, 'passkey-added', now, it, `${publicUrl}/account`),
        known: knownOfChange(facts, 'passkey-added'),
      }
    )
  },
  'address-confirmation.contact': about(['waiting', 'booked', 'held'], ({ facts, page }) => ({
    letter: it => addressConfirmation(facts, it, page),
    known: knownOfConfirmation(facts),
  })),
  'request-received.contact': about(['waiting', 'booked', 'held'], ({ facts, page }) => ({
    letter: it => requestReceived(facts, it, page),
    known: knownOfRequest('request-received.contact', facts),
  })),
  'request-declined.contact': about(['declined'], ({ facts, page }) => ({
    letter: it => requestDeclined(facts, it, page),
    known: knownOfRequest('request-declined.contact', facts),
  })),
  'request-withdrawn.contact': about(['withdrawn'], ({ facts, page }) => ({
    letter: it => requestWithdrawn(facts, it, page),
    known: knownOfRequest('request-withdrawn.contact', facts),
  })),
  'request-expired.contact': about(['expired'], ({ facts, page }) => ({
    letter: it => requestExpired(facts, it, page),
    known: knownOfRequest('request-expired.contact', facts),
  })),
  'calendar-address.contact': about(['booked', 'held'], ({ facts, page }) => ({
    letter: it => calendarAddress(facts, it, page),
    known: knownOfRequest('calendar-address.contact', facts),
  })),
  'request-withdrawn.account': about(['withdrawn'], ({ facts, staffPage, reader }) => ({
    letter: it => requestWithdrawn(facts, it, staffPage, reader[it]),
    known: knownOfRequest('request-withdrawn.account', facts, reader),
  })),
  'contact-wrote.account': about('written', ({ facts, staffPage, reader, text }) => ({
    letter: it => contactWrote(facts, it, text, staffPage, reader[it]),
    known: knownOfRequest('contact-wrote.account', facts, reader),
  })),
  ...talkSamples,
  ...substitutionSamples,
  ...digestSamples,
  ...reportSamples,
}

export const sampleOf = (key: TextKey, ...given: Parameters<Sampler>): ReturnType<Sampler> => samples[key](...given)

type Given = { facts: RequestFacts; page: string; staffPage: string; reader: Said; text: string }

function about(wish: RequestState[] | 'written', say: (given: Given) => Sample): Sampler {
  return async (db, { houseId, accountId }, publicUrl) => {
    const found = await newestRequest(db, houseId, wish)
    const facts = found && (await requestFacts(db, found.id))
    const reader = await accountNames(db, accountId)
    if (!facts || !reader) return
    return say({
      facts,
      page: `${publicUrl}/r/…`,
      staffPage: `${publicUrl}/app/requests/${facts.number}`,
      reader: reader.addresses,
      text: found.text ?? '…',
    })
  }
}
