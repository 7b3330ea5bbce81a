import { trilingual } from '../base/i18n/trilingual.ts'
import type { lineKinds } from './edit-rules.ts'
import type { Standing } from './rules.ts'

type Says = {
  directory: string
  lead: string
  public: string
  add: string
  edit: string
  due: string
  dueNone: string
  dueSince: (day: string) => string
  dueOn: (day: string) => string
  dueNow: string
  all: string
  number: string
  name: string
  state: string
  national: string
  nationalNote: string
  noOwn: string
  standing: Record<Standing, string>
  held: string
  heldHint: string
  checkedBy: (day: string, who: string) => string
  checkedElsewhere: (day: string) => string
  mark: string
  silence: string
  silenceAgain: string
  silenceHint: string
  silenceAgainHint: string
  off: string
  offHint: string
  back: string
  remove: string
  removeHint: string
  history: string
  removed: string
  deed: Record<string, string>
  kinds: Record<(typeof lineKinds)[number] | 'state', string>
  kind: string
  phone: string
  phoneHint: string
  url: string
  urlHint: string
  noAddress: string
  always: string
  days: string
  from: string
  to: string
  languages: string
  audience: string
  free: string
  anonymous: string
  unknown: string
  yes: string
  no: string
  changed: string
  changedNow: string
}

export const words = trilingual<Says>({
  kk: {
    directory: 'Көмек көрсету анықтамалығы',
    lead: 'Келушілер көретін нөмірлер. Телефонды 30 күнде, басқасын 90 күнде бір рет тексеріңіз.',
    public: 'Келушілерге көрінетін бет',
    add: 'Жергілікті орталық қосу',
    edit: 'Өзгерту',
    due: 'Осы аптада тексеру керек',
    dueNone: 'Барлығы тексерілген. Келесі тексеру күні төмендегі тізімде тұр.',
    dueSince: day => `Мерзімі өткен күн: ${day}`,
    dueOn: day => `Келесі тексеру: ${day}`,
    dueNow: 'Қазір тексеріңіз',
    all: 'Барлық нөмір',
    number: 'Нөмірі',
    name: 'Атауы',
    state: 'Тексерілуі',
    national: 'Республикалық',
    nationalNote: 'Республикалық нөмірді тексеруге болады, бірақ өзгертуге не алып тастауға болмайды.',
    noOwn: 'Жергілікті орталық әлі қосылмаған.',
    standing: {
      off: 'Беттен алынды',
      doubted: 'Тексеріліп жатыр',
      overdue: 'Тексеру мерзімі өтті',
      unchecked: 'Әлі тексерілген жоқ',
      checked: 'Тексерілді',
    },
    held: 'Әлі тексерілген жоқ, келушілерге көрінбейді',
    heldHint: 'Жергілікті нөмір тексерілгенше келушілерге көрінбейді: қоңырау шалып, «Жауап берді» деп белгілеңіз.',
    checkedBy: (day, who) => `Тексерілген күні: ${day}. Тексерген: ${who}`,
    checkedElsewhere: day => `Тексерілген күні: ${day}`,
    mark: 'Жауап берді',
    silence: 'Жауап бермеді',
    silenceAgain: 'Тағы жауап бермеді',
    silenceHint: 'Нөмір тізімнің соңына түседі және «тексеріліп жатыр» деп көрсетіледі.',
    silenceAgainHint: 'Нөмір келушілерге көрсетілмейді.',
    off: 'Беттен алу',
    offHint: 'Нөмір бірден жасырылады. Жауап бергенін белгілесеңіз, қайта шығады.',
    back: 'Анықтамалыққа оралу',
    remove: 'Тізімнен шығару',
    removeHint: 'Жазба тарихта қалады.',
    history: 'Тарихы',
    removed: 'Тізімнен шығарылғандар',
    deed: {
      'support-added': 'Қосылды',
      'support-changed': 'Өзгертілді',
      'support-checked': 'Жауап берді',
      'support-doubted': 'Жауап бермеді',
      'support-off': 'Беттен алынды',
      'support-removed': 'Тізімнен шығарылды',
    },
    kinds: {
      state: 'мемлекеттік қызмет',
      family: 'отбасын қолдау орталығы',
      crisis: 'дағдарыс орталығы',
      trust: 'сенім телефоны',
      psychology: 'психолог көмегі',
      law: 'заң көмегі',
      health: 'медициналық көмек',
      social: 'әлеуметтік қызмет',
      other: 'басқа',
    },
    kind: 'Түрі',
    phone: 'Телефоны',
    phoneHint: 'Қысқа нөмір, 8 800 нөмірі немесе +7 727 123 45 67 түрінде.',
    url: 'Ресми беті',
    urlHint: 'Нөмір жарияланған бет, мысалы әкімдік сайты.',
    noAddress:
      'Мекенжай жазылмайды: көше мен үй нөмірі зорлықтан жасырынған адамға қауіп төндіруі мүмкін. Келетін жерді нөмір арқылы айтады.',
    always: 'Тәулік бойы, күн сайын',
    days: 'Жұмыс күндері',
    from: 'Басталуы, сағ:мин',
    to: 'Аяқталуы, сағ:мин',
    languages: 'Қай тілде сөйлейді',
    audience: 'Кімге арналған',
    free: 'Тегін бе',
    anonymous: 'Анонимді ме',
    unknown: 'Белгісіз',
    yes: 'Иә',
    no: 'Жоқ',
    changed: 'Сіз толтырып жатқанда бұл жазба өзгертілді. Жазғаныңыз сақталды: салыстырып, қайта сақтаңыз.',
    changedNow: 'Қазір былай тұр',
  },
  ru: {
    directory: 'Справочник помощи',
    lead: 'Номера, которые видят посетители. Телефоны проверяют раз в 30 дней, остальное раз в 90 дней.',
    public: 'Страница для посетителей',
    add: 'Добавить местный центр',
    edit: 'Изменить',
    due: 'Проверить на этой неделе',
    dueNone: 'Всё проверено. Дата следующей проверки стоит в списке ниже.',
    dueSince: day => `Срок прошёл: ${day}`,
    dueOn: day => `Следующая проверка: ${day}`,
    dueNow: 'Проверьте сейчас',
    all: 'Все номера',
    number: 'Номер',
    name: 'Название',
    state: 'Проверка',
    national: 'По всей стране',
    nationalNote: 'Номер страны можно проверить, но нельзя изменить или убрать.',
    noOwn: 'Местных центров пока нет.',
    standing: {
      off: 'Снят со страницы',
      doubted: 'Проверяется',
      overdue: 'Срок проверки прошёл',
      unchecked: 'Ещё не проверено',
      checked: 'Проверено',
    },
    held: 'Ещё не проверено, посетителям не видно',
    heldHint: 'Местный номер не виден посетителям, пока он не проверен: позвоните и отметьте «Отвечает».',
    checkedBy: (day, who) => `Проверено: ${day}. Кто: ${who}`,
    checkedElsewhere: day => `Проверено: ${day}`,
    mark: 'Отвечает',
    silence: 'Не отвечает',
    silenceAgain: 'Снова не отвечает',
    silenceHint: 'Номер опустится в конец списка с пометкой «проверяется».',
    silenceAgainHint: 'Посетители больше не увидят этот номер.',
    off: 'Снять со страницы',
    offHint: 'Номер сразу исчезнет со страницы. Отметьте, что он отвечает, и он вернётся.',
    back: 'К справочнику',
    remove: 'Убрать из списка',
    removeHint: 'Запись останется в истории.',
    history: 'История',
    removed: 'Убраны из списка',
    deed: {
      'support-added': 'Добавлено',
      'support-changed': 'Изменено',
      'support-checked': 'Отвечает',
      'support-doubted': 'Не отвечает',
      'support-off': 'Снято со страницы',
      'support-removed': 'Убрано из списка',
    },
    kinds: {
      state: 'государственная служба',
      family: 'центр поддержки семьи',
      crisis: 'кризисный центр',
      trust: 'телефон доверия',
      psychology: 'помощь психолога',
      law: 'помощь юриста',
      health: 'медицинская помощь',
      social: 'социальная служба',
      other: 'другое',
    },
    kind: 'Вид',
    phone: 'Телефон',
    phoneHint: 'Короткий номер, номер 8 800 или в виде +7 727 123 45 67.',
    url: 'Официальная страница',
    urlHint: 'Страница, на которой опубликован номер, например сайт акимата.',
    noAddress:
      'Адрес не указывается: улица и номер дома могут навредить тому, кто скрывается от насилия. Куда прийти, скажут по телефону.',
    always: 'Круглосуточно, каждый день',
    days: 'Рабочие дни',
    from: 'Начало, часы:минуты',
    to: 'Конец, часы:минуты',
    languages: 'На каких языках говорят',
    audience: 'Для кого',
    free: 'Бесплатно',
    anonymous: 'Анонимно',
    unknown: 'Неизвестно',
    yes: 'Да',
    no: 'Нет',
    changed: 'Пока вы заполняли форму, запись изменили. Всё введённое сохранено: сравните и сохраните ещё раз.',
    changedNow: 'Сейчас записано так',
  },
  en: {
    directory: 'Support directory',
    lead: 'The numbers that visitors see. Phones are checked every 30 days, the rest every 90 days.',
    public: 'The page visitors see',
    add: 'Add a local centre',
    edit: 'Edit',
    due: 'To check this week',
    dueNone: 'Everything is checked. The next dates stand in the list below.',
    dueSince: day => `Was due: ${day}`,
    dueOn: day => `Next check: ${day}`,
    dueNow: 'Check now',
    all: 'All numbers',
    number: 'Number',
    name: 'Name',
    state: 'Check',
    national: 'National',
    nationalNote: 'A national number can be checked here, but not changed or removed.',
    noOwn: 'There are no local centres yet.',
    standing: {
      off: 'Taken off the page',
      doubted: 'Being checked',
      overdue: 'The check is overdue',
      unchecked: 'Not checked yet',
      checked: 'Checked',
    },
    held: 'Not checked yet, not shown to visitors',
    heldHint: 'Visitors do not see a local number until it is checked: call it and mark “It answers”.',
    checkedBy: (day, who) => `Checked on ${day} by ${who}`,
    checkedElsewhere: day => `Checked on ${day}`,
    mark: 'It answers',
    silence: 'No answer',
    silenceAgain: 'No answer again',
    silenceHint: 'The number sinks to the end of the list and says that it is being checked.',
    silenceAgainHint: 'Visitors will not see this number any more.',
    off: 'Take off the page',
    offHint: 'The number disappears at once. Mark that it answers, and it is back.',
    back: 'Back to the directory',
    remove: 'Remove from the list',
    removeHint: 'The entry stays in the history.',
    history: 'History',
    removed: 'Removed from the list',
    deed: {
      'support-added': 'Added',
      'support-changed': 'Changed',
      'support-checked': 'It answers',
      'support-doubted': 'No answer',
      'support-off': 'Taken off the page',
      'support-removed': 'Removed from the list',
    },
    kinds: {
      state: 'state service',
      family: 'family support centre',
      crisis: 'crisis centre',
      trust: 'trust line',
      psychology: 'psychologist',
      law: 'legal help',
      health: 'medical help',
      social: 'social service',
      other: 'other',
    },
    kind: 'Kind',
    phone: 'Phone',
    phoneHint: 'A short number, an 8 800 number, or like +7 727 123 45 67.',
    url: 'Official page',
    urlHint: 'The page on which the number is published, for example that of the akimat.',
    noAddress:
      'No address is kept: a street and a house number can harm someone who hides from violence. Where to come is told on the phone.',
    always: 'Day and night, every day',
    days: 'Working days',
    from: 'Opens, hh:mm',
    to: 'Closes, hh:mm',
    languages: 'Languages spoken',
    audience: 'For whom',
    free: 'Free of charge',
    anonymous: 'Anonymous',
    unknown: 'Not known',
    yes: 'Yes',
    no: 'No',
    changed:
      'Somebody changed this entry while you were filling it in. What you typed is kept: compare and save again.',
    changedNow: 'It now says',
  },
})
export type KeepWords = Says
