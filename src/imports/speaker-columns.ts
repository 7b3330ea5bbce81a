import { words as directory } from '../speakers/directory-words.ts'
import { credentialField, credentialRows, speakerFields, speakerLists, transports } from '../speakers/edit-rules.ts'
import type { SpeakerChoices } from '../speakers/edit-store.ts'
import { labelsOf } from '../speakers/edit-text-pages.ts'
import { words } from '../speakers/edit-words.ts'
import { columnsOf, districtOptions, languageOptions, letterOptions, named } from './columns.ts'
import type { Options } from './rules.ts'
import { transportNames } from './table-words.ts'

const days = ['consentOn', 'pausedFrom', 'pausedTo', 'leftOn']
const isDay = (field: string) => days.includes(field) || /^credential-(from|until)-/.test(field)

/** `name`: one column for a name that is the same in three languages. */
export const speakerColumns = columnsOf('speakers', labelsOf, ['name', ...speakerFields], speakerLists, isDay)

/** What stands in the file to begin with; every other field of the form may be added by its name. */
export const speakerTemplate = [
  ...['name_kk', 'name_ru', 'name_en', 'email', 'phone', 'language', 'professions', 'languages', 'topics', 'groups'],
  ...['district', 'transport', 'day', 'week', 'month', 'hours', 'consentOn', 'consentVersion'],
]
/** Without one of these nobody knows whom a row is about; a new entry needs them all. */
export const speakerKeys = ['email', 'phone', 'name', 'name_kk', 'name_ru', 'name_en']
export const speakerNeeds = [
  ['name', 'name_kk', 'name_ru', 'name_en'],
  ['email'],
  ['professions'],
  ['languages'],
  ['district'],
]

export const speakerOptions = (known: SpeakerChoices): Options => {
  const papers = known.credentials.map(code => ({
    code,
    name: {
      kk: words.kk.kinds[code] ?? code,
      ru: words.ru.kinds[code] ?? code,
      en: words.en.kinds[code] ?? code,
    },
  }))
  return {
    language: letterOptions,
    languages: languageOptions,
    professions: known.professions.map(({ slug, name }) => ({ code: slug, name })),
    topics: known.topics.map(({ id, slug, title }) => ({ code: id, name: title, also: [slug] })),
    audiences: known.audiences.map(({ slug, name }) => ({ code: slug, name })),
    groups: known.groups.map(it => ({ code: it.id, name: named(it) })),
    district: districtOptions(known.districts),
    transport: transports.map(code => ({
      code,
      name: {
        kk: directory.kk.transports[code],
        ru: directory.ru.transports[code],
        en: directory.en.transports[code],
      },
      also: transportNames[code] ?? [],
    })),
    ...Object.fromEntries(credentialRows.map(row => [credentialField('kind', row), papers])),
  }
}
