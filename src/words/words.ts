import { trilingual } from '../base/i18n/trilingual.ts'
import type { columns, RowWrong } from './file-rules.ts'
import type { Show, Standing, Tongue } from './rules.ts'

type Says = {
  title: string
  lead: string
  progress: (good: string, corrections: string, open: string) => string
  tongue: string
  tongues: Record<Tongue, string>
  feature: string
  anyFeature: string
  features: Record<string, string>
  show: string
  shows: Record<Show, string>
  search: string
  find: string
  found: (count: string) => string
  none: string
  clear: string
  pages: string
  before: string
  after: string
  standing: Record<Standing, string>
  flagged: string
  made: string
  by: (who: string, day: string) => string
  good: string
  correct: string
  saveTicked: string
  savePage: string
  nothingTicked: string
  stale: string
  text: string
  was: string
  correction: string
  correctionHint: string
  note: string
  noteHint: string
  save: string
  goodAsIs: string
  forget: string
  changedNow: string
  back: string
  wrong: Record<RowWrong, string>
  files: string
  filesText: string
  csv: string
  json: string
  onlyMarked: string
  file: string
  fileHint: string
  read: string
  columns: Record<(typeof columns)[number], string>
  states: { good: string; correction: string }
  preview: string
  take: (count: string) => string
  nothingToTake: string
  wouldTake: string
  wrongRows: string
  restRows: (same: string, empty: string) => string
  line: (line: number) => string
  more: (count: string) => string
  taken: string
}

/** Texts of the page on which a native editor reads all texts. */
export const words = trilingual<Says>({
  kk: {
    title: 'Сөздер',
    lead: 'Өнімнің барлық мәтіні. Мәтінді оқып, дұрысын белгілеңіз немесе түзету ұсыныңыз. Түзетуді әзірлеушілер енгізеді, ол бірден көрінбейді.',
    progress: (good, corrections, open) => `Оқылды: ${good}. Түзету: ${corrections}. Қалды: ${open}`,
    tongue: 'Қай тіл оқылады',
    tongues: { kk: 'Қазақша', ru: 'Орысша', en: 'Ағылшынша' },
    feature: 'Бөлім',
    anyFeature: 'Барлық бөлім',
    features: {
      accounts: 'Есептік жазбалар',
      audit: 'Журнал',
      backups: 'Сақтық көшірмелер',
      base: 'Барлық бетке ортақ',
      calendars: 'Күнтізбелер',
      feedback: 'Пікірлер',
      groups: 'Топтар',
      hosts: 'Ұйымдар',
      houses: 'Достық үйі',
      imports: 'Импорт',
      matching: 'Ұсыныстар',
      messages: 'Хаттар',
      papers: 'Ресми қағаздар',
      planner: 'Жоспарлау',
      privacy: 'Дербес деректер',
      reminders: 'Еске салулар',
      reports: 'Есептер',
      requests: 'Өтінімдер',
      running: 'Жүйенің күйі',
      series: 'Топтамалар',
      speakers: 'Дәріскерлер',
      support: 'Көмек',
      talks: 'Кездесулер',
      tools: 'Бастапқы тізімдер',
      topics: 'Тақырыптар',
      words: 'Сөздер',
    },
    show: 'Қайсысы көрсетіледі',
    shows: {
      all: 'Барлығы',
      open: 'Белгіленбегені',
      correction: 'Түзетуі бары',
      good: 'Дұрыс деп белгіленгені',
      flagged: 'Редактор қарауы керегі',
    },
    search: 'Мәтіннен іздеу',
    find: 'Көрсету',
    found: count => `Мәтін саны: ${count}`,
    none: 'Мұндай мәтін жоқ.',
    clear: 'Барлық мәтінді көрсету',
    pages: 'Беттер',
    before: 'Алдыңғы бет',
    after: 'Келесі бет',
    standing: {
      unmarked: 'Белгіленбеген',
      good: 'Оқылды, дұрыс',
      correction: 'Түзету бар',
      changed: 'Мәтін өзгерді, қайта оқыңыз',
    },
    flagged: 'Редактор қарауы керек',
    made: 'Жақша ішіне мән қойылады',
    by: (who, day) => `${who}, ${day}`,
    good: 'Оқылды, дұрыс',
    correct: 'Түзету ұсыну',
    saveTicked: 'Белгіленгенін сақтау',
    savePage: 'Осы беттің бәрі дұрыс',
    nothingTicked: 'Кемінде бір мәтінді белгілеңіз',
    stale: 'Мәтін өзгерді. Қайта оқып, тағы бір рет белгілеңіз',
    text: 'Қазіргі мәтін',
    was: 'Бұрынғы түзету',
    correction: 'Түзетілген мәтін',
    correctionHint: 'Жақшадағы сөздерді өзгертпеңіз, оларға жалғау жалғамаңыз.',
    note: 'Түсініктеме, міндетті емес',
    noteHint: 'Неліктен осылай дұрыс екенін жазыңыз.',
    save: 'Түзетуді сақтау',
    goodAsIs: 'Осы қалпында дұрыс',
    forget: 'Белгіні алып тастау',
    changedNow: 'Сіз жазып жатқанда мәтін өзгерді. Жазғаныңыз сақталды: жаңа мәтінмен салыстырыңыз.',
    back: 'Сөздерге оралу',
    wrong: {
      empty: 'Түзетілген мәтінді жазыңыз',
      same: 'Түзету қазіргі мәтінмен бірдей',
      long: 'Түзету тым ұзын: ең көбі 4000 таңба',
      'note-long': 'Түсініктеме тым ұзын: ең көбі 500 таңба',
      placeholders: 'Жақшадағы сөздер қазіргі мәтіндегідей болуы керек',
      glued: 'Жақшадан кейін жалғау жазбаңыз: сан мен атау септелмейді',
      'unknown-key': 'Мұндай мәтін жоқ',
      'unknown-language': 'Тіл белгісіз: kk, ru не en деп жазыңыз',
      'unknown-state': 'Күйі белгісіз: дұрыс не түзету деп жазыңыз',
      changed: 'Файл жүктелгеннен бері мәтін өзгерді',
      twice: 'Бұл мәтін файлда бұрын кездесті',
    },
    files: 'Файлмен жұмыс',
    filesText:
      'Файлды жүктеп алыңыз, түзетулерді жазыңыз да, осында қайта жіберіңіз. Алдымен не өзгеретіні көрсетіледі.',
    csv: 'CSV жүктеп алу',
    json: 'JSON жүктеп алу',
    onlyMarked: 'Тек түзетулер, JSON',
    file: 'Файл (CSV немесе XLSX)',
    fileHint: 'Ең көбі 5 МБ. Бірінші жолда бағандардың атауы тұрады.',
    read: 'Файлды тексеру',
    columns: {
      key: 'Кілт',
      feature: 'Бөлім',
      kk: 'Қазақша',
      ru: 'Орысша',
      en: 'Ағылшынша',
      language: 'Тіл',
      state: 'Күйі',
      correction: 'Түзету',
      note: 'Түсініктеме',
      hash: 'Нұсқа',
    },
    states: { good: 'дұрыс', correction: 'түзету' },
    preview: 'Файлдағы түзетулер',
    take: count => `Дұрыс жолдарды қабылдау (${count})`,
    nothingToTake: 'Қабылданатын жол жоқ.',
    wouldTake: 'Қабылданады',
    wrongRows: 'Қатесі бар жолдар',
    restRows: (same, empty) => `Бұрыннан сақталғаны: ${same}. Бос жол: ${empty}.`,
    line: line => `жол: ${line}`,
    more: count => `тағы ${count}`,
    taken: 'Түзетулер қабылданды',
  },
  ru: {
    title: 'Слова',
    lead: 'Все тексты продукта. Прочитайте и отметьте верные или предложите исправление. Исправления вносят разработчики, сразу они не видны.',
    progress: (good, corrections, open) => `Прочитано: ${good}. Исправлений: ${corrections}. Осталось: ${open}`,
    tongue: 'Какой язык читают',
    tongues: { kk: 'Казахский', ru: 'Русский', en: 'Английский' },
    feature: 'Раздел',
    anyFeature: 'Все разделы',
    features: {
      accounts: 'Учётные записи',
      audit: 'Журнал',
      backups: 'Резервные копии',
      base: 'Общее для всех страниц',
      calendars: 'Календари',
      feedback: 'Отзывы',
      groups: 'Группы',
      hosts: 'Организации',
      houses: 'Дом дружбы',
      imports: 'Импорт',
      matching: 'Предложения',
      messages: 'Письма',
      papers: 'Официальные бумаги',
      planner: 'Планирование',
      privacy: 'Персональные данные',
      reminders: 'Напоминания',
      reports: 'Отчёты',
      requests: 'Заявки',
      running: 'Состояние системы',
      series: 'Серии',
      speakers: 'Лекторы',
      support: 'Помощь',
      talks: 'Встречи',
      tools: 'Начальные списки',
      topics: 'Темы',
      words: 'Слова',
    },
    show: 'Что показать',
    shows: {
      all: 'Все',
      open: 'Без отметки',
      correction: 'С исправлением',
      good: 'Отмечены как верные',
      flagged: 'Ждут редактора',
    },
    search: 'Поиск по тексту',
    find: 'Показать',
    found: count => `Текстов: ${count}`,
    none: 'Таких текстов нет.',
    clear: 'Показать все тексты',
    pages: 'Страницы',
    before: 'Предыдущая страница',
    after: 'Следующая страница',
    standing: {
      unmarked: 'Без отметки',
      good: 'Прочитано, верно',
      correction: 'Есть исправление',
      changed: 'Текст изменился, прочитайте снова',
    },
    flagged: 'Ждёт редактора',
    made: 'В скобки подставляется значение',
    by: (who, day) => `${who}, ${day}`,
    good: 'Прочитано, верно',
    correct: 'Предложить исправление',
    saveTicked: 'Сохранить отмеченные',
    savePage: 'На этой странице всё верно',
    nothingTicked: 'Отметьте хотя бы один текст',
    stale: 'Текст изменился. Прочитайте и отметьте ещё раз',
    text: 'Текст сейчас',
    was: 'Прежнее исправление',
    correction: 'Исправленный текст',
    correctionHint: 'Не меняйте слова в скобках и не добавляйте к ним окончаний.',
    note: 'Пояснение, необязательно',
    noteHint: 'Напишите, почему так правильно.',
    save: 'Сохранить исправление',
    goodAsIs: 'Верно как есть',
    forget: 'Снять отметку',
    changedNow: 'Пока вы писали, текст изменился. Написанное сохранено: сравните с новым текстом.',
    back: 'К словам',
    wrong: {
      empty: 'Напишите исправленный текст',
      same: 'Исправление совпадает с текстом',
      long: 'Исправление слишком длинное: не больше 4000 знаков',
      'note-long': 'Пояснение слишком длинное: не больше 500 знаков',
      placeholders: 'Слова в скобках должны остаться теми же',
      glued: 'После скобки не должно быть окончания: числа и названия не склоняются',
      'unknown-key': 'Такого текста нет',
      'unknown-language': 'Язык неизвестен: напишите kk, ru или en',
      'unknown-state': 'Состояние неизвестно: напишите «верно» или «исправление»',
      changed: 'Текст изменился после выгрузки файла',
      twice: 'Этот текст уже был в файле',
    },
    files: 'Работа с файлом',
    filesText: 'Скачайте файл, впишите исправления и отправьте его сюда. Сначала будет показано, что изменится.',
    csv: 'Скачать CSV',
    json: 'Скачать JSON',
    onlyMarked: 'Только исправления, JSON',
    file: 'Файл (CSV или XLSX)',
    fileHint: 'Не больше 5 МБ. В первой строке стоят названия столбцов.',
    read: 'Проверить файл',
    columns: {
      key: 'Ключ',
      feature: 'Раздел',
      kk: 'Казахский',
      ru: 'Русский',
      en: 'Английский',
      language: 'Язык',
      state: 'Состояние',
      correction: 'Исправление',
      note: 'Пояснение',
      hash: 'Версия',
    },
    states: { good: 'верно', correction: 'исправление' },
    preview: 'Исправления из файла',
    take: count => `Принять верные строки (${count})`,
    nothingToTake: 'Принимать нечего.',
    wouldTake: 'Будет принято',
    wrongRows: 'Строки с ошибками',
    restRows: (same, empty) => `Уже сохранено: ${same}. Пустых строк: ${empty}.`,
    line: line => `строка ${line}`,
    more: count => `и ещё ${count}`,
    taken: 'Исправления приняты',
  },
  en: {
    title: 'Words',
    lead: 'All texts of the product. Read them, and mark what is good or propose a correction. Developers take corrections in; they do not show at once.',
    progress: (good, corrections, open) => `Read: ${good}. Corrections: ${corrections}. Left: ${open}`,
    tongue: 'Language being read',
    tongues: { kk: 'Kazakh', ru: 'Russian', en: 'English' },
    feature: 'Part',
    anyFeature: 'All parts',
    features: {
      accounts: 'Accounts',
      audit: 'Journal',
      backups: 'Backups',
      base: 'Common to all pages',
      calendars: 'Calendars',
      feedback: 'Feedback',
      groups: 'Groups',
      hosts: 'Hosts',
      houses: 'House of Friendship',
      imports: 'Import',
      matching: 'Offers',
      messages: 'Mail',
      papers: 'Official papers',
      planner: 'Planning',
      privacy: 'Personal data',
      reminders: 'Reminders',
      reports: 'Reports',
      requests: 'Requests',
      running: 'State of the system',
      series: 'Series',
      speakers: 'Speakers',
      support: 'Help',
      talks: 'Talks',
      tools: 'Lists to begin with',
      topics: 'Topics',
      words: 'Words',
    },
    show: 'Show',
    shows: {
      all: 'All',
      open: 'Unmarked',
      correction: 'With a correction',
      good: 'Marked as good',
      flagged: 'Waiting for an editor',
    },
    search: 'Search in the texts',
    find: 'Show',
    found: count => `Texts: ${count}`,
    none: 'There are no such texts.',
    clear: 'Show all texts',
    pages: 'Pages',
    before: 'Previous page',
    after: 'Next page',
    standing: {
      unmarked: 'Unmarked',
      good: 'Read, good',
      correction: 'Has a correction',
      changed: 'The text has changed, read it again',
    },
    flagged: 'Waits for an editor',
    made: 'Braces hold what is put in',
    by: (who, day) => `${who}, ${day}`,
    good: 'Read, good',
    correct: 'Propose a correction',
    saveTicked: 'Save what is ticked',
    savePage: 'All of this page is good',
    nothingTicked: 'Tick at least one text',
    stale: 'The text has changed. Read it and mark it again',
    text: 'The text now',
    was: 'The correction before',
    correction: 'Corrected text',
    correctionHint: 'Leave what stands in braces as it is, and add no endings to it.',
    note: 'Note, optional',
    noteHint: 'Say why this is right.',
    save: 'Save the correction',
    goodAsIs: 'Good as it is',
    forget: 'Take the mark back',
    changedNow: 'The text changed while you were writing. What you wrote is kept: compare it with the new text.',
    back: 'Back to the words',
    wrong: {
      empty: 'Write the corrected text',
      same: 'The correction is the same as the text',
      long: 'The correction is too long: at most 4000 characters',
      'note-long': 'The note is too long: at most 500 characters',
      placeholders: 'What stands in braces must stay the same',
      glued: 'No ending may follow a brace: numbers and names are never inflected',
      'unknown-key': 'There is no such text',
      'unknown-language': 'Unknown language: write kk, ru or en',
      'unknown-state': 'Unknown state: write good or correction',
      changed: 'The text has changed since the file was made',
      twice: 'This text stood in the file before',
    },
    files: 'Working with a file',
    filesText: 'Download the file, write your corrections into it, and send it here. You see first what would change.',
    csv: 'Download CSV',
    json: 'Download JSON',
    onlyMarked: 'Corrections only, JSON',
    file: 'File (CSV or XLSX)',
    fileHint: 'At most 5 MB. The first row holds the names of the columns.',
    read: 'Check the file',
    columns: {
      key: 'Key',
      feature: 'Part',
      kk: 'Kazakh',
      ru: 'Russian',
      en: 'English',
      language: 'Language',
      state: 'State',
      correction: 'Correction',
      note: 'Note',
      hash: 'Version',
    },
    states: { good: 'good', correction: 'correction' },
    preview: 'Corrections in the file',
    take: count => `Take the right rows (${count})`,
    nothingToTake: 'There is nothing to take.',
    wouldTake: 'Will be taken',
    wrongRows: 'Rows with mistakes',
    restRows: (same, empty) => `Already kept: ${same}. Empty rows: ${empty}.`,
    line: line => `row ${line}`,
    more: count => `and ${count} more`,
    taken: 'The corrections are taken',
  },
})
export type WordsWords = Says
