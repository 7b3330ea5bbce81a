import { trilingual } from '../base/i18n/trilingual.ts'

// kk: to be read by a native editor
/** What the overviews say in a short message; a number or a date follows. */
export const words = trilingual({
  kk: {
    open: 'Орны бос кездесу',
    unanswered: 'Жауапсыз шақыру',
    fresh: 'Жаңа өтінім',
    tomorrow: 'Ертеңгі кездесу',
    unreported: 'Қорытындысыз кездесу',
    expired: 'Мерзімі өткен өтінім',
    waiting: 'Күтіп тұрған өтінім',
    talks: 'Кездесу',
    first: 'Біріншісі',
  },
  ru: {
    open: 'Не хватает лектора',
    unanswered: 'Без ответа',
    fresh: 'Новые заявки',
    tomorrow: 'Встречи завтра',
    unreported: 'Встречи без итога',
    expired: 'Истекшие заявки',
    waiting: 'Ждут решения',
    talks: 'Встречи',
    first: 'Первая',
  },
  en: {
    open: 'Talks short of a speaker',
    unanswered: 'No answer yet',
    fresh: 'New requests',
    tomorrow: 'Talks tomorrow',
    unreported: 'No outcome yet',
    expired: 'Requests expired',
    waiting: 'Requests waiting',
    talks: 'Talks',
    first: 'The first',
  },
})
