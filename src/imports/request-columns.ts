import type { Language } from '../base/i18n/language.ts'
import { words as entryWords } from '../requests/entry-words.ts'
import { mostWishes } from '../requests/when-rules.ts'
import { words as requestWords } from '../requests/words.ts'
import type { AudienceRow, TopicRow } from '../topics/store.ts'
import { columnsOf, districtOptions, kindOptions, languageOptions, letterOptions } from './columns.ts'
import type { Options } from './rules.ts'
import { modeNames } from './table-words.ts'
import { words } from './words.ts'

export const wishes = Array.from({ length: mostWishes }, (_, at) => at)
const windowParts = ['date', 'until', 'from', 'to'] as const
const fields = [
  ...['own', 'topic', 'audience', 'grades', 'host', 'kind', 'district', 'heads', 'mode'],
  ...wishes.flatMap(at => windowParts.map(part => `w${at}-${part}`)),
  ...['latest', 'note', 'contact-name', 'contact-position', 'contact-email', 'contact-phone', 'contact-consent'],
  'language',
]

/** What each column is called: as in the form in which a coordinator writes a request down. */
export function requestLabels(language: Language): Record<string, string> {
  const [say, own] = [requestWords[language], entryWords[language]]
  const window = (at: number, part: string) => (at === 0 ? part : `${own.window(at + 1)}, ${part}`)
  return {
    own: words[language].ownNumber,
    topic: say.topic.which,
    audience: words[language].audience,
    grades: words[language].grades,
    host: words[language].host,
    kind: say.where.kind,
    district: say.where.district,
    heads: say.check.heads,
    languages: say.when.language,
    mode: say.when.mode,
    ...Object.fromEntries(
      wishes.flatMap(at => [
        [`w${at}-date`, window(at, say.when.date)],
        [`w${at}-until`, window(at, say.when.until)],
        [`w${at}-from`, window(at, say.when.from)],
        [`w${at}-to`, window(at, say.when.to)],
      ]),
    ),
    latest: say.when.latest,
    note: say.when.note,
    'contact-name': own.contactName,
    'contact-position': own.position,
    'contact-email': own.email,
    'contact-phone': say.contact.phone,
    'contact-consent': own.consent,
    language: own.language,
  }
}

export const requestColumns = columnsOf(
  'requests',
  requestLabels,
  fields,
  ['languages'],
  field => field === 'latest' || /^w\d-until$/.test(field),
)
export const requestTemplate = [
  ...['own', 'topic', 'audience', 'grades', 'host', 'kind', 'district', 'heads', 'languages', 'mode'],
  ...['w0-date', 'w0-until', 'w0-from', 'w0-to', 'latest', 'note'],
  ...['contact-name', 'contact-position', 'contact-phone', 'contact-email', 'language'],
]
export const requestKeys = ['host', 'topic']
export const requestNeeds = [
  ['topic'],
  ['host'],
  ['heads'],
  ['languages'],
  ['w0-date'],
  ['w0-from'],
  ['contact-name'],
  ['contact-phone', 'contact-email'],
]

export const requestOptions = (known: {
  topics: TopicRow[]
  audiences: AudienceRow[]
  districts: Parameters<typeof districtOptions>[0]
}): Options => ({
  topic: known.topics.map(({ slug, title }) => ({ code: slug, name: title })),
  audience: known.audiences.map(({ slug, name }) => ({ code: slug, name })),
  kind: kindOptions,
  district: districtOptions(known.districts),
  languages: languageOptions,
  language: letterOptions,
  mode: (['onsite', 'online'] as const).map(code => ({
    code,
    name: { kk: requestWords.kk.when[code], ru: requestWords.ru.when[code], en: requestWords.en.when[code] },
    also: modeNames[code] ?? [],
  })),
})
