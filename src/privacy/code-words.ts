import { trilingual } from '../base/i18n/trilingual.ts'

/** Codes of the tables that no other page says. */
export const codeWords = trilingual({
  kk: {
    calendars: { address: 'мекенжайдан оқылады', upload: 'жүктелген файл' },
    feeds: { speaker: 'дәріскердің күнтізбесі' },
    answers: { yes: 'келеді', no: 'келе алмайды' },
  },
  ru: {
    calendars: { address: 'читается по адресу', upload: 'загруженный файл' },
    feeds: { speaker: 'календарь лектора' },
    answers: { yes: 'придёт', no: 'не может прийти' },
  },
  en: {
    calendars: { address: 'read from an address', upload: 'an uploaded file' },
    feeds: { speaker: 'calendar of a speaker' },
    answers: { yes: 'can come', no: 'cannot come' },
  },
})
