import { trilingual } from '../base/i18n/trilingual.ts'

/** What a phone writes under the icon, and the copy that it shows without a network. */
export const words = trilingual({
  kk: {
    name: 'Кездесу',
    text: 'Дәріскердің кездесулері мен шақырулары',
    asOf: 'Байланыс жоқ. Бұл – телефонда сақталған көшірме. Сақталған уақыты:',
  },
  ru: {
    name: 'Кездесу',
    text: 'Встречи и приглашения лектора',
    asOf: 'Нет связи. Это копия, сохранённая в телефоне. Время копии:',
  },
  en: {
    name: 'Kezdesu',
    text: 'Talks and invitations of a speaker',
    asOf: 'You are offline. This is a copy kept on the phone. As of:',
  },
})
