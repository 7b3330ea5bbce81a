import { dateWithoutWeekday } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { ending, inLanguage, type Letter } from '../base/letter.ts'
import { formulas } from '../base/letter-words.ts'
import { clock, type DateTime, wallOf } from '../base/time.ts'
import type { Known } from '../messages/wording-rules.ts'
import { words } from './change-words.ts'
import type { AccountChange } from './factor-rules.ts'
import type { AccountFacts, SignInFacts } from './letter-store.ts'
import { digitsOf, endOf } from './mail.ts'
import { words as signInWords } from './mail-words.ts'

/** Tells somebody what happened to their account, and what to do if it was not them. */
export function changeLetter(
  facts: Omit<AccountFacts, 'role'>,
  change: AccountChange,
  at: DateTime,
  language: Language,
  link: string,
): Letter {
  const say = words[language]
  const { day, minute } = wallOf(at, facts.house.zone)
  return {
    subject: say.subject,
    preheader: say.changes[change],
    house: inLanguage(facts.house, language),
    halves: [
      {
        language,
        greeting: formulas[language].dear(language === 'en' ? facts.names.en : facts.addresses[language]),
        lines: say.lines,
        facts: [
          { label: say.change, text: say.changes[change] },
          { label: say.when, text: `${dateWithoutWeekday(language, day)}, ${clock(minute)}` },
        ],
        buttons: [{ text: say.button, href: link }],
        notes: [say.notYou],
        ...ending(language, facts.house),
      },
    ],
  }
}

/** What a House's own text of that letter may name. */
export const knownOfChange = (facts: Omit<AccountFacts, 'role'>, change: AccountChange): Known => ({
  key: 'account-changed.account',
  values: it => ({
    address: it === 'en' ? facts.names.en : facts.addresses[it],
    change: words[it].changes[change],
    house: facts.house.names[it],
  }),
})

/** A code to be typed where somebody is signed in already: no link, nothing to press. */
export function codeLetter(facts: SignInFacts, language: Language, code: string): Letter {
  const say = words[language].code
  const signIn = signInWords[language]
  const digits = digitsOf(code)
  return {
    subject: say.subject(digits),
    preheader: say.preheader,
    house: inLanguage(facts.house, language),
    halves: [
      {
        language,
        greeting: formulas[language].dear(language === 'en' ? facts.names.en : facts.addresses[language]),
        lines: facts.purpose === 'address' ? say.address : say.lines,
        code: digits,
        facts: [],
        buttons: [],
        notes: [signIn.until(endOf(facts)), signIn.notYou],
        ...ending(language, facts.house),
      },
    ],
  }
}
