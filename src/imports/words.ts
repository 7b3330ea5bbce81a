import { trilingual } from '../base/i18n/trilingual.ts'
import type { ImportKind, Reading, Refused, Remark, State } from './rules.ts'

type Says = {
  title: string
  lead: string
  what: string
  kinds: Record<ImportKind, string>
  file: string
  fileHint: string
  read: string
  templates: string
  templatesText: string
  csv: string
  xlsx: string
  columns: string
  columnsText: string
  needed: string
  past: string
  none: string
  /** Names of columns that no form has. */
  name: string
  hostName: string
  ownNumber: string
  audience: string
  grades: string
  host: string
  refused: Record<Refused['code'], string>
  lineOf: (line: number) => string
  preview: Record<ImportKind, string>
  state: Record<State, string>
  all: string
  howRead: string
  encoding: Record<Reading['encoding'], string>
  separator: string
  separators: Record<string, string>
  sheet: (name: string) => string
  moreSheets: (count: number) => string
  lettersLost: string
  unknownColumns: (names: string) => string
  missingColumns: (names: string) => string
  until: (when: string) => string
  line: string
  cells: string
  verdict: string
  match: string
  twice: (line: number) => string
  lineAs: (line: number, name: string) => string
  was: string
  becomes: string
  empty: string
  stays: string
  remark: Record<Remark['code'], string>
  column: (name: string) => string
  wrong: { 'yes-or-no': string; 'host-unknown': string }
  more: (count: number) => string
  choose: string
  undecided: string
  asShown: string
  isNew: string
  isNewHost: string
  isThis: (name: string) => string
  skip: string
  keep: string
  nothing: string
  doAll: (count: number) => string
  doRight: (count: number) => string
  leftOut: (count: number) => string
  settle: string
  letters: string
  lettersHint: string
  discard: string
  changed: string
  running: string
  done: string
  doneText: string
  again: string
  open: Record<ImportKind, string>
  by: (who: string) => string
  on: (when: string) => string
  before: string
  after: string
  pages: string
}

/** Texts of the import of speakers, hosts and requests. */
export const words = trilingual<Says>({
  kk: {
    title: 'Импорт',
    lead: 'Алдымен файл тексеріледі және не өзгеретіні көрсетіледі. Сіз растағанға дейін ештеңе жазылмайды.',
    what: 'Файлда не бар',
    kinds: { speakers: 'Дәріскерлер', hosts: 'Қабылдаушы ұйымдар', requests: 'Өтінімдер' },
    file: 'Файл (CSV немесе XLSX)',
    fileHint: 'Ең көбі 5 МБ және 10 000 жол. Бірінші жолда бағандардың атауы тұрады, реті маңызды емес.',
    read: 'Файлды тексеру',
    templates: 'Үлгілер',
    templatesText: 'Бағандары дайын бос файл. Бағандардың атауы қазақша, орысша не ағылшынша бола алады.',
    csv: 'CSV',
    xlsx: 'XLSX',
    columns: 'Қандай бағандар бар',
    columnsText:
      'Форманың кез келген ұяшығы баған бола алады. Бірнеше мән нүктелі үтірмен бөлінеді. Тізімде бар жазбаның бос ұяшықтары өзгермейді.',
    needed: 'жаңа жазба үшін қажет',
    past: 'Бұрынғы импорттар',
    none: 'Импорт әлі болған жоқ.',
    name: 'Толық аты-жөні',
    hostName: 'Атауы',
    ownNumber: 'Файлдағы нөмірі',
    audience: 'Тыңдаушылар',
    grades: 'Сыныптар',
    host: 'Ұйымның атауы',
    refused: {
      'no-file': 'Файлды таңдаңыз',
      'too-large': 'Файл тым үлкен: ең көбі 5 МБ. Бірнеше файлға бөліңіз',
      'too-many-rows': 'Жол тым көп: ең көбі 10 000. Бірнеше файлға бөліңіз',
      'too-wide': 'Баған тым көп: ең көбі 200. Артық бағандарды өшіріңіз',
      'old-excel':
        'Бұл ескі Excel файлы (.xls) немесе құпиясөзі бар файл. Оны құпиясөзсіз XLSX не CSV түрінде сақтаңыз',
      'not-a-table': 'Бұл файл кесте емес. CSV не XLSX файлын таңдаңыз',
      broken: 'Файл бүлінген, оқылмады. Оны қайта сақтап көріңіз',
      'too-hard': 'Файлды оқу тым ұзаққа созылды. Бірнеше файлға бөліңіз',
      'open-quote': 'Ашылған тырнақша жабылмаған',
      empty: 'Файлда жол жоқ',
      'no-headings': 'Бағандардың атауы табылмады. Үлгідегі атауларды қолданыңыз',
      'no-columns': 'Файлда мына бағандардың бірі болуы керек',
    },
    lineOf: line => `жол: ${line}`,
    preview: { speakers: 'Дәріскерлер импорты', hosts: 'Ұйымдар импорты', requests: 'Өтінімдер импорты' },
    state: {
      new: 'Жаңа',
      changed: 'Өзгереді',
      same: 'Өзгеріссіз',
      unsure: 'Шешім керек',
      twice: 'Файлда қайталанған',
      wrong: 'Қатесі бар',
      skipped: 'Алынбайды',
    },
    all: 'Барлығы',
    howRead: 'Файл қалай оқылды',
    encoding: {
      'utf-8': 'Мәтін кодтауы: UTF-8',
      'utf-16': 'Мәтін кодтауы: UTF-16',
      'windows-1251': 'Мәтін кодтауы: Windows-1251. Қазақ әріптерінің дұрыстығын тексеріңіз',
      xlsx: 'Excel кітабы (XLSX). Формулалардың сақталған мәні алынды',
    },
    separator: 'Бөлгіш',
    separators: { ';': 'нүктелі үтір', ',': 'үтір', '\t': 'табуляция' },
    sheet: name => `Парақ: ${name}`,
    moreSheets: count => `Оқылмаған басқа парақтар: ${count}`,
    lettersLost:
      'Сөздердің ішінде сұрақ белгілері бар: файлды сақтаған бағдарлама кей әріпті жоғалтқан болуы мүмкін. Оны UTF-8 не XLSX түрінде сақтаңыз.',
    unknownColumns: names => `Белгісіз бағандар, алынбайды: ${names}`,
    missingColumns: names => `Жаңа жазбаға қажет, бірақ файлда жоқ бағандар: ${names}`,
    until: when => `Бұл бет мына уақытқа дейін сақталады: ${when}`,
    line: 'Жол',
    cells: 'Файлда',
    verdict: 'Нәтиже',
    match: 'Тізімдегі жазба',
    twice: line => `Мына жолмен бірдей: ${line}`,
    lineAs: (line, name) => `Файлдың мына жолына ұқсайды: ${line}, ${name}`,
    was: 'бұрын',
    becomes: 'енді',
    empty: 'бос',
    stays: 'Бұл өтінім бар. Импорт оны өзгертпейді.',
    remark: {
      merged: 'Ұяшықтар біріктірілген, мән тек біріншісінде',
      formula: 'Формула, сақталған мәні алынды',
      'formula-empty': 'Формуланың сақталған мәні жоқ',
      'cell-error': 'Ұяшықта Excel қатесі бар',
    },
    column: name => `баған: ${name}`,
    wrong: {
      'yes-or-no': '«иә» немесе «жоқ» деп жазыңыз',
      'host-unknown': 'мұндай ұйым тізімде жоқ. Тізімдегідей жазыңыз, не түрі мен ауданын қосыңыз',
    },
    more: count => `Тағы: ${count}`,
    choose: 'Шешіміңіз',
    undecided: 'Шешілмеген',
    asShown: 'Көрсетілгендей',
    isNew: 'Жаңа жазба',
    isNewHost: 'Жаңа ұйым',
    isThis: name => `Осы жазба: ${name}`,
    skip: 'Бұл жолды алмау',
    keep: 'Шешімдерді сақтау',
    nothing: 'Өзгеретін ештеңе жоқ: файлдағының бәрі тізімде бар.',
    doAll: count => `Импорттау: ${count}`,
    doRight: count => `Дұрыстарын импорттау: ${count}`,
    leftOut: count =>
      `Алынбайтын жолдар: ${count}. Қатесін файлда түзетіп, қайта жүктеуге болады: импортталғандар қайталанбайды.`,
    settle: 'Импорттайтын жол жоқ. Қателерді файлда түзетіп, қайта жүктеңіз, не төменде шешім таңдаңыз.',
    letters: 'Жауапты тұлғаларға «өтінім алынды» хатын жіберу',
    lettersHint: 'Белгіленбесе, импорт кезінде ешкімге хат жіберілмейді.',
    discard: 'Импорттан бас тарту',
    changed: 'Файл тексерілгеннен кейін тізім өзгерді. Ештеңе жазылған жоқ. Жаңа нәтижені қарап, қайта растаңыз.',
    running: 'Дәл қазір басқа импорт жүріп жатыр. Ештеңе жазылған жоқ. Бір минуттан кейін қайталаңыз.',
    done: 'Импорт аяқталды',
    doneText: 'Файлдың жолдары өшірілді, тек сандары қалды.',
    again: 'Тағы бір файл',
    open: { speakers: 'Дәріскерлер тізімі', hosts: 'Ұйымдар тізімі', requests: 'Өтінімдер тізімі' },
    by: who => `Кім: ${who}`,
    on: when => `Қашан: ${when}`,
    before: 'Алдыңғы',
    after: 'Келесі',
    pages: 'Беттер',
  },
  ru: {
    title: 'Импорт',
    lead: 'Сначала файл проверяется и видно, что изменится. До вашего подтверждения ничего не записывается.',
    what: 'Что в файле',
    kinds: { speakers: 'Лекторы', hosts: 'Принимающие организации', requests: 'Заявки' },
    file: 'Файл (CSV или XLSX)',
    fileHint: 'До 5 МБ и до 10 000 строк. В первой строке названия столбцов, порядок не важен.',
    read: 'Проверить файл',
    templates: 'Образцы',
    templatesText:
      'Пустой файл с готовыми столбцами. Названия столбцов могут быть на казахском, русском или английском.',
    csv: 'CSV',
    xlsx: 'XLSX',
    columns: 'Какие бывают столбцы',
    columnsText:
      'Столбцом может быть любое поле формы. Несколько значений разделяются точкой с запятой. У записей, которые уже есть в списке, пустые ячейки ничего не меняют.',
    needed: 'нужно для новой записи',
    past: 'Прежние импорты',
    none: 'Импорта ещё не было.',
    name: 'Полное имя',
    hostName: 'Название',
    ownNumber: 'Номер в файле',
    audience: 'Слушатели',
    grades: 'Классы',
    host: 'Название организации',
    refused: {
      'no-file': 'Выберите файл',
      'too-large': 'Файл слишком большой: до 5 МБ. Разделите его на несколько',
      'too-many-rows': 'Слишком много строк: до 10 000. Разделите файл на несколько',
      'too-wide': 'Слишком много столбцов: до 200. Удалите лишние',
      'old-excel': 'Это старый файл Excel (.xls) или файл с паролем. Сохраните его без пароля как XLSX или CSV',
      'not-a-table': 'Этот файл не таблица. Выберите файл CSV или XLSX',
      broken: 'Файл повреждён и не читается. Попробуйте сохранить его заново',
      'too-hard': 'Чтение файла заняло слишком много времени. Разделите его на несколько',
      'open-quote': 'Открытая кавычка не закрыта',
      empty: 'В файле нет строк',
      'no-headings': 'Названия столбцов не найдены. Возьмите их из образца',
      'no-columns': 'В файле должен быть один из столбцов',
    },
    lineOf: line => `строка: ${line}`,
    preview: { speakers: 'Импорт лекторов', hosts: 'Импорт организаций', requests: 'Импорт заявок' },
    state: {
      new: 'Новые',
      changed: 'Изменятся',
      same: 'Без изменений',
      unsure: 'Нужно решение',
      twice: 'Повторы в файле',
      wrong: 'С ошибками',
      skipped: 'Пропускаются',
    },
    all: 'Все',
    howRead: 'Как прочитан файл',
    encoding: {
      'utf-8': 'Кодировка: UTF-8',
      'utf-16': 'Кодировка: UTF-16',
      'windows-1251': 'Кодировка: Windows-1251. Проверьте казахские буквы',
      xlsx: 'Книга Excel (XLSX). Из формул взяты сохранённые значения',
    },
    separator: 'Разделитель',
    separators: { ';': 'точка с запятой', ',': 'запятая', '\t': 'табуляция' },
    sheet: name => `Лист: ${name}`,
    moreSheets: count => `Другие листы не прочитаны: ${count}`,
    lettersLost:
      'Внутри слов есть знаки вопроса: программа, сохранившая файл, могла потерять буквы. Сохраните его в UTF-8 или XLSX.',
    unknownColumns: names => `Неизвестные столбцы, не учитываются: ${names}`,
    missingColumns: names => `Нужны для новых записей, но в файле их нет: ${names}`,
    until: when => `Страница хранится до: ${when}`,
    line: 'Строка',
    cells: 'В файле',
    verdict: 'Итог',
    match: 'Запись в списке',
    twice: line => `То же, что в строке: ${line}`,
    lineAs: (line, name) => `Похоже на строку файла: ${line}, ${name}`,
    was: 'было',
    becomes: 'станет',
    empty: 'пусто',
    stays: 'Такая заявка есть. Импорт её не меняет.',
    remark: {
      merged: 'Ячейки объединены, значение только в первой',
      formula: 'Формула, взято сохранённое значение',
      'formula-empty': 'У формулы нет сохранённого значения',
      'cell-error': 'В ячейке ошибка Excel',
    },
    column: name => `столбец: ${name}`,
    wrong: {
      'yes-or-no': 'напишите «да» или «нет»',
      'host-unknown': 'такой организации в списке нет. Напишите как в списке или добавьте вид и район',
    },
    more: count => `Ещё: ${count}`,
    choose: 'Ваше решение',
    undecided: 'Не решено',
    asShown: 'Как показано',
    isNew: 'Новая запись',
    isNewHost: 'Новая организация',
    isThis: name => `Эта запись: ${name}`,
    skip: 'Пропустить строку',
    keep: 'Сохранить решения',
    nothing: 'Менять нечего: всё из файла уже есть в списке.',
    doAll: count => `Импортировать: ${count}`,
    doRight: count => `Импортировать правильные: ${count}`,
    leftOut: count =>
      `Не войдут строки: ${count}. Исправьте ошибки в файле и загрузите его снова: импортированное не повторится.`,
    settle: 'Импортировать нечего. Исправьте ошибки в файле и загрузите его снова или выберите решение ниже.',
    letters: 'Отправить ответственным лицам письмо «заявка получена»',
    lettersHint: 'Без отметки при импорте никому не отправляется писем.',
    discard: 'Отказаться от импорта',
    changed: 'После проверки файла список изменился. Ничего не записано. Посмотрите новый итог и подтвердите снова.',
    running: 'Прямо сейчас идёт другой импорт. Ничего не записано. Повторите через минуту.',
    done: 'Импорт завершён',
    doneText: 'Строки файла удалены, остались только числа.',
    again: 'Ещё один файл',
    open: { speakers: 'Список лекторов', hosts: 'Список организаций', requests: 'Список заявок' },
    by: who => `Кто: ${who}`,
    on: when => `Когда: ${when}`,
    before: 'Назад',
    after: 'Дальше',
    pages: 'Страницы',
  },
  en: {
    title: 'Import',
    lead: 'The file is checked first, and you see what would change. Nothing is written before you confirm.',
    what: 'What the file holds',
    kinds: { speakers: 'Speakers', hosts: 'Hosts', requests: 'Requests' },
    file: 'File (CSV or XLSX)',
    fileHint: 'Up to 5 MB and 10,000 rows. The first row names the columns, in any order.',
    read: 'Check the file',
    templates: 'Templates',
    templatesText: 'An empty file with its columns. Columns may be named in Kazakh, Russian or English.',
    csv: 'CSV',
    xlsx: 'XLSX',
    columns: 'Which columns there are',
    columnsText:
      'Any field of the form may be a column. Several values are parted by a semicolon. Empty cells leave what is in the list already as it is.',
    needed: 'needed for a new entry',
    past: 'Earlier imports',
    none: 'Nothing was imported yet.',
    name: 'Full name',
    hostName: 'Name',
    ownNumber: 'Number in the file',
    audience: 'Listeners',
    grades: 'Grades',
    host: 'Name of the host',
    refused: {
      'no-file': 'Choose a file',
      'too-large': 'The file is too large: 5 MB at most. Split it',
      'too-many-rows': 'Too many rows: 10,000 at most. Split the file',
      'too-wide': 'Too many columns: 200 at most. Remove some',
      'old-excel': 'This is an old Excel file (.xls) or one with a password. Save it as XLSX or CSV without one',
      'not-a-table': 'This file is no table. Choose a CSV or XLSX file',
      broken: 'The file is damaged and cannot be read. Try to save it again',
      'too-hard': 'Reading the file took too long. Split it',
      'open-quote': 'A quotation mark is opened and not closed',
      empty: 'The file has no rows',
      'no-headings': 'No names of columns were found. Take them from the template',
      'no-columns': 'The file needs one of these columns',
    },
    lineOf: line => `row: ${line}`,
    preview: { speakers: 'Import of speakers', hosts: 'Import of hosts', requests: 'Import of requests' },
    state: {
      new: 'New',
      changed: 'Changed',
      same: 'The same',
      unsure: 'To decide',
      twice: 'Twice in the file',
      wrong: 'With errors',
      skipped: 'Left out',
    },
    all: 'All',
    howRead: 'How the file was read',
    encoding: {
      'utf-8': 'Encoding: UTF-8',
      'utf-16': 'Encoding: UTF-16',
      'windows-1251': 'Encoding: Windows-1251. Please check the Kazakh letters',
      xlsx: 'Excel workbook (XLSX). Of formulas the saved value was taken',
    },
    separator: 'Separator',
    separators: { ';': 'semicolon', ',': 'comma', '\t': 'tab' },
    sheet: name => `Sheet: ${name}`,
    moreSheets: count => `Other sheets that were not read: ${count}`,
    lettersLost:
      'There are question marks inside words: the program that saved the file may have lost letters. Save it as UTF-8 or XLSX.',
    unknownColumns: names => `Unknown columns, left out: ${names}`,
    missingColumns: names => `Needed for new entries, and not in the file: ${names}`,
    until: when => `This page is kept until: ${when}`,
    line: 'Row',
    cells: 'In the file',
    verdict: 'Result',
    match: 'Entry of the list',
    twice: line => `The same as row: ${line}`,
    lineAs: (line, name) => `Like this row of the file: ${line}, ${name}`,
    was: 'was',
    becomes: 'becomes',
    empty: 'empty',
    stays: 'This request is there. The import leaves it as it is.',
    remark: {
      merged: 'Merged cells, only the first has the value',
      formula: 'A formula, its saved value was taken',
      'formula-empty': 'The formula has no saved value',
      'cell-error': 'The cell holds an error of Excel',
    },
    column: name => `column: ${name}`,
    wrong: {
      'yes-or-no': 'write “yes” or “no”',
      'host-unknown': 'no such host in the list. Write it as in the list, or add kind and district',
    },
    more: count => `More: ${count}`,
    choose: 'Your decision',
    undecided: 'Undecided',
    asShown: 'As shown',
    isNew: 'A new entry',
    isNewHost: 'A new host',
    isThis: name => `This entry: ${name}`,
    skip: 'Leave this row out',
    keep: 'Keep these decisions',
    nothing: 'Nothing to change: all of the file is in the list already.',
    doAll: count => `Import: ${count}`,
    doRight: count => `Import the right ones: ${count}`,
    leftOut: count =>
      `Rows left out: ${count}. Mend them in the file and upload it again: what was imported is not repeated.`,
    settle: 'There is nothing to import. Mend the file and upload it again, or decide below.',
    letters: 'Send the contact persons the letter “request received”',
    lettersHint: 'Unless ticked, an import sends no letter to anybody.',
    discard: 'Drop this import',
    changed:
      'The list has changed since the file was checked. Nothing was written. Look at the new result and confirm again.',
    running: 'Another import is running just now. Nothing was written. Try again in a minute.',
    done: 'The import is done',
    doneText: 'The rows of the file are deleted; only their numbers are kept.',
    again: 'Another file',
    open: { speakers: 'List of speakers', hosts: 'List of hosts', requests: 'List of requests' },
    by: who => `By: ${who}`,
    on: when => `When: ${when}`,
    before: 'Back',
    after: 'Next',
    pages: 'Pages',
  },
})
export type ImportWords = Says
