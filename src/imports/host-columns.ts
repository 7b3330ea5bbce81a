import { weekdayName } from '../base/i18n/dates.ts'
import { contactField, contactRows, hostFields, hostLists, shiftRows } from '../hosts/edit-rules.ts'
import { hostLabels } from '../hosts/edit-text-pages.ts'
import { columnsOf, districtOptions, kindOptions, languageOptions, letterOptions } from './columns.ts'
import type { Options } from './rules.ts'

/** `name`: one column for a name that is the same in three languages. */
export const hostColumns = columnsOf(
  'hosts',
  hostLabels,
  ['name', ...hostFields.filter(field => !field.startsWith('contact-id-'))],
  hostLists,
  () => false,
)
export const hostTemplate = [
  ...['name_kk', 'name_ru', 'name_en', 'kind', 'district', 'addressKk', 'addressRu', 'point', 'seats', 'languages'],
  ...['online', 'visitorList', 'contact-name-1', 'contact-position-1', 'contact-email-1', 'contact-phone-1'],
]
export const hostKeys = ['name', 'name_kk', 'name_ru', 'name_en']
export const hostNeeds = [hostKeys, ['kind'], ['district']]

const weekdays = [1, 2, 3, 4, 5, 6, 7].map(day => ({
  code: String(day),
  name: { kk: weekdayName('kk', day), ru: weekdayName('ru', day), en: weekdayName('en', day) },
}))

export const hostOptions = (districts: Parameters<typeof districtOptions>[0]): Options => ({
  kind: kindOptions,
  district: districtOptions(districts),
  languages: languageOptions,
  classDay: weekdays,
  ...Object.fromEntries(shiftRows.map(row => [`shift-languages-${row}`, languageOptions])),
  ...Object.fromEntries(contactRows.map(row => [contactField('language', row), letterOptions])),
})
