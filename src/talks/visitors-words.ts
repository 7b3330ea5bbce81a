import { trilingual } from '../base/i18n/trilingual.ts'

export const words = trilingual({
  kk: {
    filename: 'kelushiler.txt',
    title: 'КЕЛУШІЛЕР ТІЗІМІ',
    from: 'Кімнен',
    when: 'Уақыты',
    where: 'Орны',
    topic: 'Тақырыбы',
  },
  ru: {
    filename: 'posetiteli.txt',
    title: 'СПИСОК ПОСЕТИТЕЛЕЙ',
    from: 'От кого',
    when: 'Время',
    where: 'Место',
    topic: 'Тема',
  },
  en: {
    filename: 'visitors.txt',
    title: 'LIST OF VISITORS',
    from: 'From',
    when: 'Time',
    where: 'Place',
    topic: 'Topic',
  },
})
