import { words as accountWords } from '../accounts/admin-words.ts'
import { words as changeWords } from '../accounts/change-words.ts'
import { dateDigits } from '../base/i18n/dates.ts'
import type { Language, Said } from '../base/i18n/language.ts'
import { isUuid, valuesIn } from '../base/text.ts'
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

type Names = Map<string, Said>
const instant = /^.{10}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/

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

function valueSaid(language: Language, key: string, value: unknown, names: Names, zone: string): string {
  const say = details[language]
  if (value === null || value === '') return '—'
  if (typeof value === 'boolean') return value ? say.yes : say.no
  // a talk begins at a minute of its day
  if (typeof value === 'number') return key === 'from' ? clock(value) : String(value)
  if (typeof value !== 'string') return JSON.stringify(value)
  if (value === '…') return say.text
  // what has no name, or is gone, is told apart by the beginning of its id
  if (isUuid(value)) return names.get(value)?.[language] ?? value.slice(0, 8)
  if (isDay(value.slice(0, 10)) && instant.test(value)) {
    const { day, minute } = wallOf(instantFrom(value), zone)
    return `${dateDigits(day)} ${clock(minute)}`
  }
  if (isDay(value)) return dateDigits(value)
  if (key === 'language') return languageSaid(topicWords[language], value)
  return listsOf(language, key).find(list => value in list)?.[value] ?? value
}

/** What each value of a row is called: as the thing that it names, or by a word of its own. */
export const titlesOf = (language: Language): Record<string, string> => ({
  ...words[language].things,
  ...details[language].keys,
})

/** The values of a row in words; what somebody made of them outside the product is shown as it stands. */
export function detailSaid(language: Language, text: string, names: Names, zone: string): string {
  const titles = titlesOf(language)
  const values = valuesIn(text)
  if (!values) return text
  return Object.entries(values)
    .map(([key, value]) => `${titles[key] ?? key}: ${valueSaid(language, key, value, names, zone)}`)
    .join(', ')
}
