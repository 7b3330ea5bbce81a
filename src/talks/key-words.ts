import { trilingual } from '../base/i18n/trilingual.ts'

/** The keys of the inbox and the week, as their list tells them. */
export const words = trilingual({
  kk: {
    keys: 'Пернелер',
    list: [
      ['J', 'келесі өтінім'],
      ['K', 'алдыңғы өтінім'],
      ['1–3', 'нұсқаны таңдау, Enter – тағайындау'],
      ['T', 'осы апта'],
      ['[ ]', 'алдыңғы және келесі апта'],
      ['/', 'іздеу'],
      ['?', 'осы тізім'],
    ] as [key: string, does: string][],
    off: 'Өшіру: менің есептік жазбам',
  },
  ru: {
    keys: 'Клавиши',
    list: [
      ['J', 'следующая заявка'],
      ['K', 'предыдущая заявка'],
      ['1–3', 'выбрать вариант, Enter — назначить'],
      ['T', 'эта неделя'],
      ['[ ]', 'неделя назад и вперёд'],
      ['/', 'поиск'],
      ['?', 'этот список'],
    ],
    off: 'Отключить: моя учётная запись',
  },
  en: {
    keys: 'Keys',
    list: [
      ['J', 'next request'],
      ['K', 'previous request'],
      ['1–3', 'choose an offer, Enter books it'],
      ['T', 'this week'],
      ['[ ]', 'week before and after'],
      ['/', 'search'],
      ['?', 'this list'],
    ],
    off: 'Switch off: my account',
  },
})
export type KeyWords = (typeof words)['kk']
