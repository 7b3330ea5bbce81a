import { trilingual } from '../base/i18n/trilingual.ts'

// kk: to be read by a native editor
export const words = trilingual({
  kk: {
    title: 'Басқа уақыт белгілеу',
    link: 'Басқа уақыт белгілеу',
    means: 'Жаңа уақыттар бұрын белгіленгеннің орнына қойылады. Үйлестіруші оны бірден көреді.',
    before: 'Қазір белгіленген уақыттар',
    possible: 'Дәріскер келе алатын уақыттар',
    own: 'Өз уақытыңыз',
    keep: 'Осы уақыттарды сақтау',
    back: 'Өтінім бетіне қайту',
    mistake: 'Қате',
  },
  ru: {
    title: 'Другое время для встречи',
    link: 'Указать другое время',
    means: 'Новое время заменит прежнее. Координатор сразу его увидит.',
    before: 'Сейчас указано',
    possible: 'Время, когда лекторы могут приехать',
    own: 'Своё время',
    keep: 'Сохранить это время',
    back: 'Вернуться к заявке',
    mistake: 'Ошибка',
  },
  en: {
    title: 'Other times for the talk',
    link: 'Choose other times',
    means: 'The new times take the place of the earlier ones. The coordinator sees them at once.',
    before: 'Chosen now',
    possible: 'Times at which speakers can come',
    own: 'A time of your own',
    keep: 'Keep these times',
    back: 'Back to the request',
    mistake: 'Mistake',
  },
})
