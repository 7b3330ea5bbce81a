import { trilingual } from '../base/i18n/trilingual.ts'

/** What a host has had so far. */
export const words = trilingual({
  kk: {
    title: 'Осыған дейінгі кездесулер',
    none: 'Бұл ұйымда кездесу әлі өткен жоқ.',
    held: 'Өткізілген кездесу',
    last: 'Соңғы кездесу күні',
    next: 'Келесі кездесу күні',
    heads: 'Қамтылған адам саны',
    topics: 'Тақырыптар',
    topic: (title: string, times: number, last: string) =>
      times > 1 ? `${title} (${times} рет, соңғысы: ${last})` : `${title} (${last})`,
  },
  ru: {
    title: 'Встречи до сих пор',
    none: 'Встреч в этой организации ещё не было.',
    held: 'Проведено встреч',
    last: 'Дата последней встречи',
    next: 'Дата следующей встречи',
    heads: 'Охват, человек',
    topics: 'Темы',
    topic: (title: string, times: number, last: string) =>
      times > 1 ? `${title} (раз: ${times}, последний: ${last})` : `${title} (${last})`,
  },
  en: {
    title: 'Visits so far',
    none: 'There was no talk here yet.',
    held: 'Talks held',
    last: 'Date of the last talk',
    next: 'Date of the next talk',
    heads: 'People reached',
    topics: 'Topics',
    topic: (title: string, times: number, last: string) =>
      times > 1 ? `${title} (${times} times, last on ${last})` : `${title} (${last})`,
  },
})
