import type { Language, Said } from '../base/i18n/language.ts'
import { ending, inLanguage, type Letter } from '../base/letter.ts'
import { formulas } from '../base/letter-words.ts'
import type { House } from '../houses/letter-store.ts'
import { words as texts } from '../messages/text-words.ts'
import type { Known } from '../messages/wording-rules.ts'
import { words } from './coverage-words.ts'

export type Offered = { house: House; host: Said; contact: string; place: string }

/** "Ask us for a talk": to a place where nobody has been for long. `place` leads to the form with the place filled in. */
export function talkOffered({ house, host, contact, place }: Offered, language: Language): Letter {
  const languages: Language[] = ['kk', language === 'kk' ? 'ru' : language]
  const { mail } = words[language]
  return {
    subject: mail.subject(house.names[language]),
    preheader: mail.line,
    house: inLanguage(house, languages[0] ?? language),
    halves: languages.map(it => ({
      language: it,
      greeting: contact ? formulas[it].dear(contact) : formulas[it].colleagues,
      lines: [words[it].mail.line],
      stays: [words[it].mail.how],
      facts: [{ label: words[it].mail.host, text: host[it] }],
      buttons: [{ text: words[it].mail.button, href: place.replace('/kk/', `/${it}/`) }],
      notes: [],
      ...ending(it, house),
    })),
  }
}

export const knownOfOffer = ({ house, host, contact }: Offered): Known => ({
  key: 'talk-offered.contact',
  values: it => ({
    address: contact || texts[it].values.colleagues,
    host: host[it],
    house: house.names[it],
  }),
})
