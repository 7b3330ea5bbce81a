import { plural } from '../base/i18n/plural.ts'
import { trilingual } from '../base/i18n/trilingual.ts'

/** Whom a change will tell, said before it is made, and the sentence that may go with it. */
export const words = trilingual({
  kk: {
    told: (list: string) => `Хабар барады: ${list}.`,
    nobody: 'Ешкімге хат бармайды.',
    speakers: (count: number, names: string) => `${count} дәріскер (${names})`,
    substitute: 'таңдалған алмастырушы',
    team: 'таңдалған дәріскерлер',
    byPhone: (host: string, contact: string) => `Хат жіберілмейді, мекенжай жазылмаған: ${host}. ${contact}`,
    note: 'Өз сөзіңіз (міндетті емес)',
    noteHint: 'Осы өзгеріс туралы хаттардың бәріне қосылады. Бір сөйлем, ең көбі 300 таңба.',
    addNote: 'Хатқа сөз қосу',
    mistakes: {
      long: 'Сөйлем тым ұзын: ең көбі 300 таңба',
      unclean: 'Сөйлемде көрінбейтін таңбалар бар: оны қайта теріп жазыңыз',
    },
    said: (text: string) => `хатқа қосылғаны: ${text}`,
  },
  ru: {
    told: list => `Сообщим: ${list}.`,
    nobody: 'Писем не будет.',
    speakers: (count, names) =>
      `${count} ${plural('ru', count, { one: 'лектор', few: 'лектора', many: 'лекторов', other: 'лектора' })} (${names})`,
    substitute: 'выбранная замена',
    team: 'выбранные лекторы',
    byPhone: (host, contact) => `Письма не будет, адрес не записан: ${host}. ${contact}`,
    note: 'Добавить от себя (необязательно)',
    noteHint: 'Войдёт во все письма об этом изменении. Одно предложение, не больше 300 знаков.',
    addNote: 'Добавить от себя в письма',
    mistakes: {
      long: 'Предложение слишком длинное: не больше 300 знаков',
      unclean: 'В предложении есть невидимые знаки: наберите его заново',
    },
    said: text => `в письмах добавлено: ${text}`,
  },
  en: {
    told: list => `Will be told: ${list}.`,
    nobody: 'No letter will be sent.',
    speakers: (count, names) => `${count} ${plural('en', count, { one: 'speaker', other: 'speakers' })} (${names})`,
    substitute: 'the chosen substitute',
    team: 'the chosen speakers',
    byPhone: (host, contact) => `No letter will be sent, no address is written down: ${host}. ${contact}`,
    note: 'A sentence of your own (optional)',
    noteHint: 'Goes into all letters about this change. One sentence, at most 300 characters.',
    addNote: 'Add a sentence to the letters',
    mistakes: {
      long: 'The sentence is too long: at most 300 characters',
      unclean: 'The sentence has invisible characters: type it again',
    },
    said: text => `added to the letters: ${text}`,
  },
})
export type TellWords = (typeof words)['kk']
