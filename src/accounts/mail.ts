import type { Language } from '../base/i18n/language.ts'
import { ending, inLanguage, type Letter } from '../base/letter.ts'
import { formulas } from '../base/letter-words.ts'
import { clock, wallOf } from '../base/time.ts'
import type { Known } from '../messages/wording-rules.ts'
import { words as adminWords } from './admin-words.ts'
import type { AccountFacts, SignInFacts } from './letter-store.ts'
import { words } from './mail-words.ts'

export function signInLetter(facts: SignInFacts, language: Language, link: string, code: string): Letter {
  const say = words[language]
  const digits = digitsOf(code)
  return {
    subject: say.subject(digits),
    preheader: say.preheader,
    house: inLanguage(facts.house, language),
    halves: [
      {
        language,
        greeting: formulas[language].dear(language === 'en' ? facts.names.en : facts.addresses[language]),
        lines: say.lines,
        code: digits,
        facts: [],
        buttons: [{ text: say.button, href: link }],
        notes: [say.until(endOf(facts)), say.notYou],
        ...ending(language, facts.house),
      },
    ],
  }
}

/** Tells somebody that they may sign in for a House; the link to do so is asked for when it is wanted. */
export function accountLetter(facts: AccountFacts, email: string, language: Language, link: string): Letter {
  const say = words[language].invited
  return {
    subject: say.subject(facts.house.names[language]),
    preheader: say.preheader,
    house: inLanguage(facts.house, language),
    halves: [
      {
        language,
        greeting: formulas[language].dear(language === 'en' ? facts.names.en : facts.addresses[language]),
        lines: say.lines,
        facts: [
          { label: say.role, text: adminWords[language].roles[facts.role] },
          { label: say.address, text: email },
        ],
        buttons: [{ text: words[language].button, href: link }],
        notes: facts.role === 'speaker' ? [] : [say.second],
        ...ending(language, facts.house),
      },
    ],
  }
}

/** What a House's own text of that letter may name. */
export const knownOfAccount = (facts: AccountFacts, email: string): Known => ({
  key: 'account-added.account',
  values: it => ({
    address: it === 'en' ? facts.names.en : facts.addresses[it],
    house: facts.house.names[it],
    role: adminWords[it].roles[facts.role],
    email,
  }),
})

/** And of the letter to sign in with. */
export const knownOfSignIn = (facts: SignInFacts, code: string): Known => ({
  key: 'sign-in.account',
  values: it => ({
    address: it === 'en' ? facts.names.en : facts.addresses[it],
    code: digitsOf(code),
    until: endOf(facts),
    house: facts.house.names[it],
  }),
})

export const digitsOf = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`
export const endOf = ({ expiresAt, house }: SignInFacts): string => clock(wallOf(expiresAt, house.zone).minute)
