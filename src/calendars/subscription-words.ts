import { trilingual } from '../base/i18n/trilingual.ts'

/** Texts of the page on which a speaker subscribes. */
export const words = trilingual({
  kk: {
    title: 'Күнтізбеге жазылу',
    text: 'Бір рет жазылсаңыз, кездесулер телефонға өзі түседі және өзгерістер де көрінеді.',
    none: 'Күнтізбеңіздің мекенжайы әлі жоқ.',
    make: 'Мекенжай алу',
    subscribe: 'Осы құрылғыда жазылу',
    google: 'Google Calendar',
    outlook: 'Outlook',
    address: 'Күнтізбе мекенжайы',
    addressHint: 'Басқа бағдарламаға көшіріп қойыңыз. Мекенжайды ешкімге бермеңіз: онда кездесулеріңіз көрінеді.',
    read: 'Соңғы оқылғаны',
    notRead: 'Әзірге ешбір бағдарлама оқыған жоқ.',
    renew: 'Мекенжайды ауыстыру',
    renewText: 'Ескі мекенжай бірден жабылады, бағдарламаға жаңасын қою керек болады.',
  },
  ru: {
    title: 'Подписка на календарь',
    text: 'Подпишитесь один раз, и встречи с изменениями сами появятся в телефоне.',
    none: 'У вашего календаря ещё нет адреса.',
    make: 'Получить адрес',
    subscribe: 'Подписаться на этом устройстве',
    google: 'Google Calendar',
    outlook: 'Outlook',
    address: 'Адрес календаря',
    addressHint: 'Скопируйте его в другую программу. Никому не передавайте: по нему видны ваши встречи.',
    read: 'Последнее чтение',
    notRead: 'Пока ни одна программа его не читала.',
    renew: 'Сменить адрес',
    renewText: 'Старый адрес закроется сразу, в программу нужно будет вставить новый.',
  },
  en: {
    title: 'Subscribe to the calendar',
    text: 'Subscribe once, and your talks with all changes appear on your phone by themselves.',
    none: 'Your calendar has no address yet.',
    make: 'Get an address',
    subscribe: 'Subscribe on this device',
    google: 'Google Calendar',
    outlook: 'Outlook',
    address: 'Address of the calendar',
    addressHint: 'Copy it into another program. Give it to nobody: it shows your talks.',
    read: 'Last read',
    notRead: 'No program has read it yet.',
    renew: 'Change the address',
    renewText: 'The old address ends at once; your program will need the new one.',
  },
})

export type Words = (typeof words)['kk']
