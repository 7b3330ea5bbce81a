import { words as accounts } from '../accounts/words.ts'
import { kinds as journalKinds } from '../audit/kind-words.ts'
import { words as audit } from '../audit/words.ts'
import { weekdayName } from '../base/i18n/dates.ts'
import type { Language, Said } from '../base/i18n/language.ts'
import { words as fairness } from '../matching/fairness-words.ts'
import { words as channels } from '../messages/channel-words.ts'
import { words as unsubscribe } from '../messages/unsubscribe-words.ts'
import { words as messages } from '../messages/words.ts'
import { words as papers } from '../papers/words.ts'
import { words as speakers } from '../speakers/directory-words.ts'
import { words as credentials } from '../speakers/edit-words.ts'
import { words as replies } from '../talks/reply-words.ts'
import { terms } from '../talks/words.ts'
import { words as topics } from '../topics/words.ts'
import { codeWords } from './code-words.ts'
import type { Section } from './held-store.ts'

type Words = Record<string, string>
/** Names that the data itself has for its codes: professions, audiences, districts. */
export type Names = Map<string, Said>

/** A code in the reader's words; undefined for what is no code, and left to the file what has no words. */
export function codeSaid(
  language: Language,
  section: Section,
  field: string,
  value: string | number,
  names: Names,
): string | undefined {
  if (field === 'weekday') return weekdayName(language, Number(value))
  if (['profession', 'audience', 'district', 'home_district'].includes(field))
    return names.get(`${field.replace('home_', '')} ${value}`)?.[language]
  const found = wordsOf(language, section, field)
  if (!found) return
  const text = String(value)
  return found[text] ?? (section === 'journal' && text.startsWith('/') ? `${audit[language].form}: ${text}` : '')
}

/** The words for the codes of a column, where it holds codes. */
function wordsOf(language: Language, section: Section, field: string): Words | undefined {
  const own = codeWords[language]
  const said = terms[language]
  const letters = messages[language]
  switch (field) {
    case 'language':
      return topics[language].language
    case 'role':
      return accounts[language].roles
    case 'theme':
      return accounts[language].themes
    case 'transport':
      return speakers[language].transports
    case 'channel':
      return channels[language].channels
    case 'talk_state':
      return said.talk
    case 'thing':
      return audit[language].things
  }
  const one = `${section} ${field}`
  switch (one) {
    case 'talks state':
      return { ...said.talk, ...said.seat }
    case 'talks reason':
      return said.answer
    case 'requests state':
      return said.request
    case 'letters state':
      return letters.states
    case 'letters kind':
      return letters.kinds
    case 'letters reason':
      return letters.reasons
    case 'replies state':
      return replies[language].state
    case 'replies answer':
      return replies[language].answer
    case 'questions answer':
      return own.answers
    case 'fairness reason':
      return fairness[language].reasons
    case 'credentials kind':
      return credentials[language].kinds
    case 'factors kind':
      return own.factors
    case 'links purpose':
      return own.links
    case 'calendars kind':
      return own.calendars
    case 'feeds kind':
      return own.feeds
    case 'papers kind':
      return { letter: papers[language].letter, thanks: papers[language].thanks }
    case 'unsubscriptions kind':
      return unsubscribe[language].kinds
    case 'journal kind':
      return journalKinds[language]
    case 'history kind':
      return { ...journalKinds[language], ...said.change }
  }
  return
}
