import { trilingual } from '../base/i18n/trilingual.ts'

/** Codes of the tables that no other page says. */
export const codeWords = trilingual({
  kk: {
    calendars: { address: 'мекенжайдан оқылады', upload: 'жүктелген файл' },
    feeds: { speaker: 'дәріскердің күнтізбесі' },
    factors: { password: 'құпиясөз', code: 'бір реттік кодтар', recovery: 'қалпына келтіру коды' },
    links: { 'sign-in': 'кіру', address: 'жаңа мекенжай', again: 'қайта растау' },
    answers: { yes: 'келеді', no: 'келе алмайды' },
  },
  ru: {
    calendars: { address: 'читается по адресу', upload: 'загруженный файл' },
    feeds: { speaker: 'календарь лектора' },
    factors: { password: 'пароль', code: 'одноразовые коды', recovery: 'код восстановления' },
    links: { 'sign-in': 'вход', address: 'новый адрес', again: 'повторное подтверждение' },
    answers: { yes: 'придёт', no: 'не может прийти' },
  },
  en: {
    calendars: { address: 'read from an address', upload: 'an uploaded file' },
    feeds: { speaker: 'calendar of a speaker' },
    factors: { password: 'password', code: 'one-time codes', recovery: 'recovery code' },
    links: { 'sign-in': 'sign-in', address: 'a new address', again: 'proof once more' },
    answers: { yes: 'can come', no: 'cannot come' },
  },
})
