import { changeLetter, codeLetter, knownOfChange } from './accounts/change-mail.ts'
import { changeIn } from './accounts/factor-rules.ts'
import { accountFacts, ownerFacts, signInFacts } from './accounts/letter-store.ts'
import { accountLetter, knownOfAccount, knownOfSignIn, signInLetter } from './accounts/mail.ts'
import { codeOf, tokenOf } from './base/secrets.ts'
import { findHostFeed } from './calendars/owner-store.ts'
import { digestMakers } from './digest-letters.ts'
import type { Maker, Post } from './messages/actions.ts'
import { shortOf } from './messages/short-mail.ts'
import { reportMakers } from './report-letters.ts'
import { knownOfConfirmation, knownOfRequest } from './requests/known-mail.ts'
import { findWritten, type RequestFacts, requestFacts } from './requests/letter-store.ts'
import {
  addressConfirmation,
  calendarAddress,
  contactWrote,
  requestDeclined,
  requestExpired,
  requestReceived,
  requestWithdrawn,
} from './requests/mail.ts'
import { substitutionMakers } from './substitution-letters.ts'
import { talkMakers } from './talk-letters.ts'
import { accountNames } from './talks/letter-store.ts'

/** Which letter each kind of message becomes; the ledger itself knows no feature. */
export const makers: Post['makers'] = {
  'sign-in': async (db, row, desk, now) => {
    const facts = row.sign_in_link_id ? await signInFacts(db, row.sign_in_link_id, row.house_id) : undefined
    if (!facts) return { superseded: 'gone' }
    if (facts.usedAt) return { superseded: 'answered' }
    if (facts.expiresAt <= now) return { skipped: 'too-late' }
    const link = `${desk.publicUrl}/sign-in/${tokenOf(desk.secret, 'sign-in', facts.nonce)}`
    const code = codeOf(desk.secret, facts.nonce)
    if (facts.purpose !== 'sign-in')
      return { letter: codeLetter(facts, row.language, code), toName: facts.names[row.language], known: undefined }
    return {
      letter: signInLetter(facts, row.language, link, code),
      toName: facts.names[row.language],
      known: knownOfSignIn(facts, code),
    }
  },
  'account-added': async (db, row, desk) => {
    const facts = row.account_id && row.house_id ? await accountFacts(db, row.account_id, row.house_id) : undefined
    if (!facts) return { superseded: 'gone' }
    return {
      letter: accountLetter(facts, row.address, row.language, `${desk.publicUrl}/sign-in`),
      toName: facts.names[row.language],
      known: knownOfAccount(facts, row.address),
    }
  },
  'account-changed': async (db, row, desk) => {
    const change = changeIn(row.cause)
    const facts = row.account_id && change ? await ownerFacts(db, row.account_id, row.house_id) : undefined
    if (!facts || !change) return { superseded: 'gone' }
    return {
      letter: changeLetter(facts, change, row.created_at, row.language, `${desk.publicUrl}/account`),
      toName: facts.names[row.language],
      known: knownOfChange(facts, change),
    }
  },
  'address-confirmation': request(['unconfirmed'], (facts, row, link) => ({
    letter: addressConfirmation(facts, row.language, link),
    toName: '',
    known: knownOfConfirmation(facts),
  })),
  'request-received': request(['waiting', 'booked', 'held'], (facts, row, link) => ({
    letter: requestReceived(facts, row.language, link),
    toName: facts.contactName ?? '',
    known: knownOfRequest('request-received.contact', facts),
  })),
  'request-declined': request(['declined'], (facts, row, link) => ({
    letter: requestDeclined(facts, row.language, link),
    toName: facts.contactName ?? '',
    known: knownOfRequest('request-declined.contact', facts),
    short: shortOf('request-declined', row.language, {
      number: facts.number,
      topic: facts.topic[row.language],
      url: link,
    }),
  })),
  'request-expired': request(['expired'], (facts, row, link) => ({
    letter: requestExpired(facts, row.language, link),
    toName: facts.contactName ?? '',
    known: knownOfRequest('request-expired.contact', facts),
    short: shortOf('request-expired', row.language, {
      number: facts.number,
      topic: facts.topic[row.language],
      url: link,
    }),
  })),
  'calendar-address': async (db, row, desk, now) => {
    const nonce = row.request_id ? await findHostFeed(db, row.request_id) : undefined
    if (nonce === undefined) return { superseded: 'gone' }
    const page = `${desk.publicUrl}/c/${tokenOf(desk.secret, 'feed', nonce)}`
    return request(['waiting', 'booked', 'held'], facts => ({
      letter: calendarAddress(facts, row.language, page),
      toName: facts.contactName ?? '',
      known: knownOfRequest('calendar-address.contact', facts),
    }))(db, row, desk, now)
  },
  'request-withdrawn': async (db, row, desk, now) => {
    const reader = row.account_id ? await accountNames(db, row.account_id) : undefined
    return request(['withdrawn'], (facts, _, link) => ({
      letter: reader
        ? requestWithdrawn(
            facts,
            row.language,
            `${desk.publicUrl}/app/requests/${facts.number}`,
            reader.addresses[row.language],
          )
        : requestWithdrawn(facts, row.language, link),
      toName: reader?.names[row.language] ?? facts.contactName ?? '',
      known: knownOfRequest(`request-withdrawn.${reader ? 'account' : 'contact'}`, facts, reader?.addresses),
    }))(db, row, desk, now)
  },
  'contact-wrote': async (db, row, desk) => {
    const facts = row.request_id ? await requestFacts(db, row.request_id) : undefined
    const text = facts && (await findWritten(db, facts.id, row.created_at))
    const reader = row.account_id ? await accountNames(db, row.account_id) : undefined
    if (!facts || !reader || text === undefined) return { superseded: 'gone' }
    const page = row.talk_id ? `talks/${row.talk_id}` : `requests/${facts.number}`
    const letter = contactWrote(
      facts,
      row.language,
      text,
      `${desk.publicUrl}/app/${page}`,
      reader.addresses[row.language],
    )
    const known = knownOfRequest('contact-wrote.account', facts, reader.addresses)
    return { letter, toName: reader.names[row.language], known }
  },
  ...talkMakers,
  ...digestMakers,
  ...substitutionMakers,
  ...reportMakers,
}

type Say = (
  facts: RequestFacts,
  row: Parameters<Maker>[1],
  link: string,
) => Extract<Awaited<ReturnType<Maker>>, { letter: unknown }>

function request(states: RequestFacts['state'][], say: Say): Maker {
  return async (db, row, desk) => {
    const facts = row.request_id ? await requestFacts(db, row.request_id) : undefined
    if (!facts) return { superseded: 'gone' }
    if (!states.includes(facts.state)) return { superseded: 'answered' }
    return say(facts, row, `${desk.publicUrl}/r/${tokenOf(desk.secret, 'request', facts.nonce)}`)
  }
}
