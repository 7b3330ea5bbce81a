import { trilingual } from '../base/i18n/trilingual.ts'

/** Texts that stand in other people's calendars: neutral, since a calendar is looked at over the shoulder (calendars.md section 9). */
export const words = trilingual({
  kk: {
    talk: (host: string) => `Кездесу — ${host}`,
    closed: 'Жабық іс-шара',
    cancelled: (summary: string) => `Болдырылмады: ${summary}`,
    team: 'Құрамы',
    topic: 'Тақырыбы',
    more: 'Толығырақ',
    soon: 'Кездесу басталады',
    feeds: {
      speaker: 'Кездесулерім',
      group: 'Топ кездесулері',
      host: 'Ұйымдағы кездесулер',
      house: 'Барлық кездесу',
      public: 'Ашық кездесулер',
    },
  },
  ru: {
    talk: (host: string) => `Встреча — ${host}`,
    closed: 'Закрытое мероприятие',
    cancelled: (summary: string) => `Отменено: ${summary}`,
    team: 'Состав',
    topic: 'Тема',
    more: 'Подробнее',
    soon: 'Скоро встреча',
    feeds: {
      speaker: 'Мои встречи',
      group: 'Встречи группы',
      host: 'Встречи у организации',
      house: 'Все встречи',
      public: 'Открытые встречи',
    },
  },
  en: {
    talk: (host: string) => `Talk — ${host}`,
    closed: 'Closed event',
    cancelled: (summary: string) => `Cancelled: ${summary}`,
    team: 'Team',
    topic: 'Topic',
    more: 'More',
    soon: 'A talk begins',
    feeds: {
      speaker: 'My talks',
      group: 'Talks of the group',
      host: 'Talks at the host',
      house: 'All talks',
      public: 'Open talks',
    },
  },
})
