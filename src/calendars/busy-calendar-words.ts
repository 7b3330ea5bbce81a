import { trilingual } from '../base/i18n/trilingual.ts'

type Says = {
  title: string
  text: string
  back: string
  now: string
  from: (what: string) => string
  ahead: (count: number) => string
  doubtful: string
  unreadable: (count: number) => string
  keeps: string
  off: string
  again: string
  remove: string
  removeText: string
  byAddress: string
  address: string
  addressHint: string
  connect: string
  byFile: string
  file: string
  fileHint: string
  upload: string
  instead: string
}

/** Texts of the page on which a speaker lets Kezdesu read when they are busy. */
export const words = trilingual<Says>({
  kk: {
    title: 'Жеке күнтізбем',
    text: 'Күнтізбеңізден тек бос емес уақыт алынады. Оқиғалардың атауы мен орны сақталмайды. Осы жүйедегі кездесулер есепке кірмейді.',
    back: 'Бос емес уақытым',
    now: 'Қосылған күнтізбе',
    from: what => `Қайдан: ${what}`,
    ahead: count => `Алдағы 4 аптадағы бос емес уақыт: ${count}`,
    doubtful: 'Кейбір оқиғалардың уақыт белдеуі белгісіз. Олар жергілікті уақыт деп алынды, тексеріп қойыңыз.',
    unreadable: count => `Оқылмаған жазба: ${count}. Олар есепке кірмейді.`,
    keeps: 'Соңғы сәтті оқылған уақыттар күшінде қалады.',
    off: 'Достық үйі күнтізбені мекенжай бойынша оқуды өшірген. Күнтізбе жаңартылмайды.',
    again: 'Қазір қайта оқу',
    remove: 'Күнтізбені алып тастау',
    removeText: 'Осы күнтізбеден алынған бос емес уақыт бірден өшеді.',
    byAddress: 'Мекенжай бойынша',
    address: 'Күнтізбенің мекенжайы',
    addressHint: 'Күнтізбе баптауларында: «Құпия мекенжай (iCal)» немесе «Жариялау». Сағат сайын қайта оқылады.',
    connect: 'Қосу',
    byFile: 'Файлмен',
    file: 'Күнтізбе файлы (.ics, ең көбі 5 МБ)',
    fileHint: 'Күнтізбеңізден экспортталған файл. Өзгерістер болса, жаңасын жүктеңіз.',
    upload: 'Жүктеу',
    instead: 'Жаңа күнтізбе бұрынғысының орнына алынады.',
  },
  ru: {
    title: 'Мой календарь',
    text: 'Из календаря берётся только занятое время. Названия и места событий не хранятся. Записи самого Кездесу не учитываются.',
    back: 'Когда занято',
    now: 'Подключённый календарь',
    from: what => `Откуда: ${what}`,
    ahead: count => `Занятых промежутков на ближайшие 4 недели: ${count}`,
    doubtful: 'У некоторых событий неизвестен часовой пояс. Они приняты по местному времени, проверьте их.',
    unreadable: count => `Непрочитанные записи: ${count}. Они не учитываются.`,
    keeps: 'Время, прочитанное в последний раз успешно, остаётся в силе.',
    off: 'Дом дружбы выключил чтение календарей по адресу. Календарь не обновляется.',
    again: 'Прочитать сейчас',
    remove: 'Убрать календарь',
    removeText: 'Занятое время из этого календаря сразу удалится.',
    byAddress: 'По адресу',
    address: 'Адрес календаря',
    addressHint: 'В настройках календаря: «Закрытый адрес в формате iCal» или «Опубликовать». Читается каждый час.',
    connect: 'Подключить',
    byFile: 'Файлом',
    file: 'Файл календаря (.ics, до 5 МБ)',
    fileHint: 'Файл, выгруженный из вашего календаря. После изменений загрузите новый.',
    upload: 'Загрузить',
    instead: 'Новый календарь заменит прежний.',
  },
  en: {
    title: 'My own calendar',
    text: 'Only busy times are taken from your calendar. Titles and places are not kept. Entries of Kezdesu itself do not count.',
    back: 'My busy times',
    now: 'Connected calendar',
    from: what => `From: ${what}`,
    ahead: count => `Busy times in the next 4 weeks: ${count}`,
    doubtful: 'The time zone of some events is unknown. They were taken as local time; please check them.',
    unreadable: count => `Entries that could not be read: ${count}. They do not count.`,
    keeps: 'The times of the last good reading stand.',
    off: 'The House has switched off reading calendars by their address. The calendar is not refreshed.',
    again: 'Read again now',
    remove: 'Remove the calendar',
    removeText: 'The busy times of this calendar go at once.',
    byAddress: 'By address',
    address: 'Address of the calendar',
    addressHint:
      'In the settings of your calendar: “Secret address in iCal format” or “Publish”. It is read every hour.',
    connect: 'Connect',
    byFile: 'By file',
    file: 'Calendar file (.ics, up to 5 MB)',
    fileHint: 'A file exported from your calendar. Upload a new one after changes.',
    upload: 'Upload',
    instead: 'A new calendar takes the place of the one before.',
  },
})

export type Words = Says
