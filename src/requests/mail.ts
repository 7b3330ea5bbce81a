import { dateWithoutWeekday, numberSaid, timesSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { ending, type Half, inLanguage, type Letter } from '../base/letter.ts'
import { formulas } from '../base/letter-words.ts'
import { classesSaid, words as classWords } from './class-words.ts'
import type { RequestFacts } from './letter-store.ts'
import { words } from './mail-words.ts'

/** To an address nobody has confirmed: nothing that was typed into the form is said in it, not even a name. */
export const addressConfirmation = (facts: RequestFacts, language: Language, link: string): Letter =>
  letter(facts, language, it => ({
    subject: words[it].confirmSubject(facts.number),
    greeting: formulas[it].colleagues,
    lines: [words[it].confirm],
    facts: [{ label: words[it].labels.number, text: `№ ${facts.number}` }],
    buttons: [{ text: words[it].confirmButton, href: link }],
    notes: [words[it].notYou],
  }))

export const requestReceived = (facts: RequestFacts, language: Language, link: string): Letter =>
  letter(facts, language, it => ({
    subject: words[it].receivedSubject(facts.number),
    greeting: greeting(facts, it),
    lines: [words[it].received(facts.number), words[it].next],
    facts: asked(facts, it),
    buttons: [{ text: words[it].pageButton, href: link }],
    notes: [],
  }))

export const requestDeclined = (facts: RequestFacts, language: Language, link: string): Letter =>
  letter(facts, language, it => ({
    subject: words[it].declinedSubject(facts.number),
    greeting: greeting(facts, it),
    lines: [words[it].declined(words[it].reasons[facts.declineReason ?? 'other']), words[it].again],
    facts: asked(facts, it),
    buttons: [{ text: words[it].pageButton, href: link }],
    notes: [],
  }))

/** The secret of a host's calendar goes to the contact's own address alone; `link` leads to the page of it. */
export const calendarAddress = (facts: RequestFacts, language: Language, link: string): Letter =>
  letter(facts, language, it => ({
    subject: words[it].calendarSubject(facts.number),
    greeting: greeting(facts, it),
    lines: [words[it].calendar],
    facts: [{ label: words[it].labels.host, text: facts.host[it] }],
    buttons: [{ text: words[it].calendarButton, href: link }],
    notes: [],
  }))

/** A request that ended by itself: kindly, and with a way to ask again. */
export const requestExpired = (facts: RequestFacts, language: Language, link: string): Letter =>
  letter(facts, language, it => ({
    subject: words[it].expiredSubject(facts.number),
    greeting: greeting(facts, it),
    lines: [words[it].expired, words[it].renew],
    facts: asked(facts, it),
    buttons: [{ text: words[it].pageButton, href: link }],
    notes: [],
  }))

/** `reader` is a coordinator's way of being addressed; without one it goes to the contact person. */
export const requestWithdrawn = (facts: RequestFacts, language: Language, link: string, reader?: string): Letter =>
  letter(
    facts,
    language,
    it => ({
      subject: words[it].withdrawnSubject(facts.number),
      greeting: reader === undefined ? greeting(facts, it) : formulas[it].dear(reader),
      lines: [words[it].withdrawn(facts.number), ...(reader === undefined ? [words[it].again] : [])],
      facts: asked(facts, it),
      buttons: [{ text: words[it].pageButton, href: link }],
      notes: [],
    }),
    reader === undefined,
  )

/** To a coordinator: what the host wrote, word for word, and the page where it is answered. */
export const contactWrote = (facts: RequestFacts, language: Language, text: string, link: string, reader: string) =>
  letter(
    facts,
    language,
    it => ({
      subject: words[it].wroteSubject(facts.number),
      greeting: formulas[it].dear(reader),
      lines: [words[it].wrote],
      stays: [formulas[it].quoted(text)],
      facts: asked(facts, it),
      buttons: [{ text: words[it].pageButton, href: link }],
      notes: [],
    }),
    false,
  )

type Content = { subject: string } & Pick<Half, 'greeting' | 'lines' | 'stays' | 'facts' | 'buttons' | 'notes'>

function letter(
  facts: RequestFacts,
  language: Language,
  content: (language: Language) => Content,
  both = true,
): Letter {
  const languages: Language[] = both ? ['kk', language === 'kk' ? 'ru' : language] : [language]
  const { subject, lines } = content(language)
  return {
    subject,
    preheader: lines[0] ?? '',
    house: inLanguage(facts.house, languages[0] ?? language),
    halves: languages.map(it => {
      const { subject: _, ...half } = content(it)
      return { language: it, ...half, ...ending(it, facts.house) }
    }),
  }
}

const greeting = (facts: RequestFacts, language: Language): string =>
  facts.contactName ? formulas[language].dear(facts.contactName) : formulas[language].colleagues

/** `25 қараша, 08:00–12:00`, a text for each of the times that were asked for. */
export const timesAsked = (facts: RequestFacts, language: Language): string[] =>
  facts.wishes.map(it => {
    const days =
      it.from === it.to
        ? dateWithoutWeekday(language, it.from)
        : `${dateWithoutWeekday(language, it.from)} – ${dateWithoutWeekday(language, it.to)}`
    return `${days}, ${timesSaid(it.fromMinute, it.toMinute)}`
  })

function asked(facts: RequestFacts, language: Language): Half['facts'] {
  const { labels } = words[language]
  const times = timesAsked(facts, language)
  return [
    { label: labels.topic, text: formulas[language].quoted(facts.topic[language]) },
    { label: labels.host, text: facts.host[language] },
    ...(classesSaid(facts.classes) ? [{ label: classWords[language].label, text: classesSaid(facts.classes) }] : []),
    { label: labels.heads, text: numberSaid(language, facts.heads) },
    ...(times.length > 0 ? [{ label: labels.times, text: times.join('; ') }] : []),
  ]
}
