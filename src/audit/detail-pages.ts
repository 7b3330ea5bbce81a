import { words as accountWords } from '../accounts/admin-words.ts'
import { words as changeWords } from '../accounts/change-words.ts'
import { dateDigits } from '../base/i18n/dates.ts'
import type { Language, Said } from '../base/i18n/language.ts'
import { isUuid } from '../base/text.ts'
import { clock, instantFrom, isDay, wallOf } from '../base/time.ts'
import { words as importWords } from '../imports/words.ts'
import { words as fairnessWords } from '../matching/fairness-words.ts'
import { words as cancelWords } from '../requests/cancel-words.ts'
import { words as directoryWords } from '../speakers/directory-words.ts'
import { terms } from '../talks/words.ts'
import { languageSaid, words as topicWords } from '../topics/words.ts'
import { details } from './detail-words.ts'
import { kinds } from './kind-words.ts'
import { words } from './words.ts'

type Value = string | number | boolean | null
type Names = Map<string, Said>

/** Which lists of words name the codes of a value, by what the value is called. */
const listsOf = (language: Language, key: string): Record<string, string>[] => {
  const talk = terms[language]
  const fairness = fairnessWords[language]
  const lists: Record<string, Record<string, string>[]> = {
    reason: [cancelWords[language], talk.decline, talk.answer, fairness.reasons],
    wish: [fairness.overridden],
    what: [importWords[language].kinds, kinds[language]],
    source: [talk.source],
    role: [accountWords[language].roles],
    change: [changeWords[language].changes],
    transport: [directoryWords[language].transports],
    letter: [talk.letter],
    kind: [talk.letter],
    reader: [words[language].things],
    feed: [words[language].things],
  }
  return [...(lists[key] ?? []), (details[language].codes as Record<string, Record<string, string>>)[key] ?? {}]
}

function valueSaid(language: Language, key: string, value: Value, names: Names, zone: string): string {
  const say = details[language]
  if (value === null || value === '') return '—'
  if (typeof value === 'boolean') return value ? say.yes : say.no
  // a talk begins at a minute of its day
  if (typeof value === 'number') return key === 'from' ? clock(value) : String(value)
  if (value === '…') return say.text
  // what has no name, or is gone, is told apart by the beginning of its id
  if (isUuid(value)) return names.get(value)?.[language] ?? value.slice(0, 8)
  if (isDay(value)) return dateDigits(value)
  if (/^\d{4}-\d\d-\d\dT/.test(value)) {
    const { day, minute } = wallOf(instantFrom(value), zone)
    return `${dateDigits(day)} ${clock(minute)}`
  }
  if (key === 'language') return languageSaid(topicWords[language], value)
  return listsOf(language, key).find(list => value in list)?.[value] ?? value
}

/** What each value of a row is called: as the thing that it names, or by a word of its own. */
export const titlesOf = (language: Language): Record<string, string> => ({
  ...words[language].things,
  ...details[language].keys,
})

/** The values of a row in words. */
export function detailSaid(language: Language, text: string, names: Names, zone: string): string {
  const titles = titlesOf(language)
  return Object.entries(JSON.parse(text) as Record<string, Value>)
    .map(([key, value]) => `${titles[key] ?? key}: ${valueSaid(language, key, value, names, zone)}`)
    .join(', ')
}
