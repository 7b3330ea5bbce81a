import { plural } from '../base/i18n/plural.ts'
import { trilingual } from '../base/i18n/trilingual.ts'
import type { PlanProblem } from './form-rules.ts'
import type { Degree, Kind, Moves, Step, Weights } from './plan-rules.ts'

type State = 'running' | 'done' | 'stopped' | 'releasing' | 'released'
type Pair = { name: string; text: string }

export type PlannerWords = {
  title: string
  lead: string
  past: string
  none: string
  make: string
  days: string
  from: string
  to: string
  requests: string
  requestsHint: string
  allRequests: string
  noRequests: string
  wishes: string
  wish: Record<keyof Weights, Pair>
  degree: Record<Degree, string>
  moves: string
  move: Record<Moves, string>
  movesHint: string
  away: string
  awayHint: string
  awayWho: string
  nobody: string
  awayFrom: string
  awayTo: string
  seconds: string
  second: Record<number, string>
  start: string
  until: (day: string) => string
  postponed: string
  problem: Record<PlanProblem['code'], string>
  state: Record<State, string>
  failed: string
  asked: (count: number) => string
  by: (who: string) => string
  atWork: string
  atWorkText: string
  phase: Record<string, string>
  doing: string
  placed: string
  placedOf: (placed: number, asked: number) => string
  booked: string
  takenBack: string
  gap: string
  gapUnknown: string
  gapNone: string
  since: string
  stop: string
  leave: string
  gone: string
  open: string
  draft: (from: string, to: string) => string
  honest: string
  measure: string
  mine: string
  list: string
  listHint: string
  travel: string
  minutes: (count: string) => string
  spread: string
  spreadHint: string
  idle: string
  late: string
  lateMost: string
  bound: string
  boundText: string
  boundProven: string
  strict: string
  stricter: Record<string, string>
  lacks: string
  lack: (profession: string, language: string, weekday: string, talks: string) => string
  talks: (count: number) => string
  nothingLacks: string
  changes: string
  noChanges: string
  withBooked: string
  withoutBooked: string
  standing: string
  kind: Record<Kind, string>
  step: Record<Step, string>
  was: (when: string, who: string) => string
  touches: (count: number) => string
  touchesAll: (count: number) => string
  whom: string
  when: string
  what: string
  why: string
  keep: string
  pin: string
  pinned: string
  out: string
  outText: string
  edit: string
  unplaced: string
  unplacedNone: string
  lost: string
  inTheWay: string
  wouldHelp: string
  notWaiting: string
  people: string
  peopleHint: string
  saveMarks: string
  again: string
  againText: string
  release: string
  releaseText: string
  releaseCount: (count: number) => string
  awayNoted: string
  drop: string
  editTitle: string
  editLead: string
  chosenNow: string
  leaveOut: string
  save: string
  noWays: string
  choose: string
  notPossible: string
  result: string
  bookedCount: (count: number) => string
  missedCount: (count: number) => string
  missed: string
  notReached: string
  told: string
  newPlan: string
  back: string
}

const kkTalks = (count: number) => `${count} ${plural('kk', count, { one: 'кездесу', other: 'кездесу' })}`
const ruTalks = (count: number) =>
  `${count} ${plural('ru', count, { one: 'встреча', few: 'встречи', many: 'встреч', other: 'встречи' })}`
const enTalks = (count: number) => `${count} ${plural('en', count, { one: 'talk', other: 'talks' })}`

/** Texts of the planner: the form, the progress, the draft and what became of it. */
export const words = trilingual<PlannerWords>({
  kk: {
    title: 'Жоспарлаушы',
    lead: 'Жоспарлаушы күтіп тұрған өтінімдерге уақыт пен құрам ұсынады. Сіз жарияламағанша ештеңе жазылмайды және ешкімге хат кетпейді.',
    past: 'Жобалар',
    none: 'Жоба әлі жоқ.',
    make: 'Жаңа жоба',
    days: 'Мерзімі',
    from: 'Бірінші күн',
    to: 'Соңғы күн',
    requests: 'Қандай өтінімдер',
    requestsHint: 'Белгіленген өтінімдер ғана жоспарланады.',
    allRequests: 'Күтіп тұрғандар',
    noRequests: 'Күтіп тұрған өтінім жоқ.',
    wishes: 'Не маңызды',
    wish: {
      urgent: { name: 'Шұғылдары алдымен', text: 'Мерзімі жақын және сабақ тоқтаған соң күтіп тұрған өтінімдер' },
      driving: { name: 'Жол аз болсын', text: 'Дәріскерлер жолға аз уақыт жұмсайды' },
      even: { name: 'Жүктеме тең болсын', text: 'Аз сөйлеген дәріскерлер алдымен шақырылады' },
      sooner: { name: 'Ертерек болсын', text: 'Кездесулер алғашқы мүмкін күні өтеді' },
    },
    degree: { less: 'Маңызды емес', usual: 'Әдеттегідей', more: 'Маңыздырақ' },
    moves: 'Бұрын белгіленген кездесулер',
    move: {
      none: 'Өзгермейді',
      unanswered: 'Орын босату керек болса, ешкім әлі келісім бермегендері өзгере алады',
      all: 'Орын босату керек болса, келісілгендері де өзгере алады',
    },
    movesHint: 'Әр өзгерісте қанша адамға хат баратыны көрсетіледі.',
    away: 'Дәріскер келе алмайды',
    awayHint:
      'Осы күндердегі кездесулеріне алмастыру ұсынылады: алдымен сол сағатта басқа адам, содан кейін басқа сағат, басқа күн.',
    awayWho: 'Кім',
    nobody: 'Ешкім',
    awayFrom: 'Қай күннен',
    awayTo: 'Қай күнге дейін, осы күнді қоса',
    seconds: 'Іздеу уақыты',
    second: { 10: '10 секунд', 60: '1 минут', 300: '5 минут' },
    start: 'Жоба жасау',
    until: day => `Соңғы мерзім: ${day}`,
    postponed: 'Сабақ тоқтаған',
    problem: {
      'not-a-day': 'Күнді көрсетіңіз, мысалы 24.11.2026.',
      past: 'Бірінші күн бүгіннен ерте болмайды.',
      'upside-down': 'Соңғы күн бірінші күннен ерте болмайды.',
      'too-long': 'Мерзім тым ұзақ. Ең көбі: 92 күн.',
      none: 'Кемінде бір өтінімді белгілеңіз немесе келе алмайтын дәріскерді көрсетіңіз.',
      'too-many': 'Өтінім тым көп. Ең көбі: 300.',
      gone: 'Белгіленген өтінімдердің бірі енді күтіп тұрған жоқ. Тізім жаңартылды.',
      unknown: 'Тізімнен таңдаңыз.',
    },
    state: {
      running: 'Жасалуда',
      done: 'Жоба',
      stopped: 'Тоқтатылған жоба',
      releasing: 'Жариялануда',
      released: 'Жарияланды',
    },
    failed: 'Іздеу аяқталмады. Қайта бастап көріңіз.',
    asked: count => `Өтінім: ${count}`,
    by: who => `Жасаған: ${who}`,
    atWork: 'Жоспарлаушы қазір жұмыс істеп жатыр',
    atWorkText: 'Бір мезгілде бір жоба ғана жасалады. Ол аяқталған соң қайталаңыз.',
    phase: {
      waiting: 'Кезекте',
      construct: 'Алғашқы жоспар',
      search: 'Жақсырағын іздеу',
      bound: 'Шегін есептеу',
      guided: 'Жақсырағын іздеу',
      exact: 'Дәлелдеу',
      done: 'Себептерін түсіндіру',
      reasons: 'Себептерін түсіндіру',
      releasing: 'Кездесулерді жазу',
      'taking-back': 'Кездесулерді қайтару',
      over: 'Аяқталды',
      failed: 'Аяқталмады',
    },
    doing: 'Не істеліп жатыр',
    placed: 'Орын табылды',
    placedOf: (placed, asked) => `${placed} / ${asked}`,
    booked: 'Жазылды',
    takenBack: 'Қайтарылды',
    gap: 'Ең жақсысынан айырма, ең көбі',
    gapUnknown: 'Әлі белгісіз',
    gapNone: 'Бұдан жақсысы жоқ, дәлелденген',
    since: 'Басталды',
    stop: 'Тоқтату',
    leave: 'Бұл беттен кетуге болады: жұмыс жалғаса береді. Тоқтатсаңыз, осы уақытқа дейінгі ең жақсысы қалады.',
    gone: 'Байланыс үзілді. Бет жаңартылады.',
    open: 'Ашу',
    draft: (from, to) => `Жоба: ${from} – ${to}`,
    honest: 'Жоба қаншалықты жақсы',
    measure: 'Көрсеткіш',
    mine: 'Жоба',
    list: 'Тізім бойынша',
    listHint: 'Тізім бойынша: өтінімдер кіріс жәшігінің ретімен, әрқайсысы алғашқы бос сағатқа.',
    travel: 'Жол уақыты',
    minutes: count => `${count} мин`,
    spread: 'Жүктеменің шашырауы',
    spreadHint: '0 болса, жүктеме бәріне бірдей',
    idle: 'Бірде-бір кездесуі жоқ дәріскер',
    late: 'Алғашқы мүмкін күннен кейін, орта есеппен, күн',
    lateMost: 'Алғашқы мүмкін күннен кейін, ең көбі, күн',
    bound: 'Шегі',
    boundText: 'Бұл өтінімдердің ешбір жоспары жобадан мына үлестен артық жақсы бола алмайды',
    boundProven: 'Бұл өтінімдерге жақсырақ жоспар жоқ: дәлелденген.',
    strict: 'Шек пен салыстыруға кірмейтіндер',
    stricter: {
      'online-request': 'онлайн кездесулер',
      'lengths-differ': 'сабақ ұзақтығы әртүрлі сағаттар',
      'pair-rule': 'жұппен баратын мамандардың кейбір құрамдары',
      'credentials-by-day': 'құжатының мерзімі осы күндері бітетін дәріскерлер',
      'day-of-speaker-closed': 'дәріскерлердің онлайн немесе шегінен асқан апталары',
      'month-limit': 'айлық шегі ай сайын әртүрлі дәріскерлер',
    },
    lacks: 'Үйге ең алдымен не жетіспейді',
    lack: (profession, language, weekday, talks) =>
      `Тағы бір адам: ${profession}, тілі: ${language}, күні: ${weekday}. Орын табылар еді: ${talks}`,
    talks: kkTalks,
    nothingLacks: 'Жаңа адам керек болатын өтінім табылмады.',
    changes: 'Не өзгереді',
    noChanges: 'Өзгеріс жоқ.',
    withBooked: 'Бұрын белгіленгендерімен бірге көрсету',
    withoutBooked: 'Өзгерістерді ғана көрсету',
    standing: 'Белгіленген',
    kind: { new: 'Жаңа', moved: 'Уақыты ауысады', swapped: 'Құрамы ауысады', unplaced: 'Орын жоқ' },
    step: {
      'same-hour': 'Сол сағат, басқа адам',
      'same-day': 'Сол күн, басқа сағат',
      'other-day': 'Басқа күн',
      chain: 'Басқа кездесумен бірге',
      lost: 'Орын табылмады',
    },
    was: (when, who) => `Бұрын: ${when}, ${who}`,
    touches: count => `Хабар алады: ${count}`,
    touchesAll: count => `Хабар алатын адам, барлығы: ${count}`,
    whom: 'Кім барады',
    when: 'Уақыты',
    what: 'Не',
    why: 'Неге',
    keep: 'Белгі',
    pin: 'Бекіту',
    pinned: 'Бекітілген',
    out: 'Алып тастау',
    outText: 'Бұл жобада жоспарланбайды.',
    edit: 'Өзгерту',
    unplaced: 'Орын табылмағандар',
    unplacedNone: 'Барлық өтінімге орын табылды.',
    lost: 'Алмастыру табылмады, кездесу сол күйінде қалады.',
    inTheWay: 'Не кедергі',
    wouldHelp: 'Не көмектеседі',
    notWaiting: 'Өтінім енді күтіп тұрған жоқ.',
    people: 'Бұл жобаға қатыспайтын дәріскерлер',
    peopleHint: 'Белгіленгендерге жаңа кездесу берілмейді.',
    saveMarks: 'Белгілерді сақтау',
    again: 'Осы жерден қайта іздеу',
    againText: 'Бекітілгендер орнында қалады, қалғаны қайта ізделеді.',
    release: 'Жариялау',
    releaseText:
      'Әр кездесу қайта тексеріліп жазылады. Осы уақытқа дейін мүмкін болмай қалғандары тізіммен көрсетіледі. Хат тек қатысы бар адамдарға барады.',
    releaseCount: count => `Жариялау: ${kkTalks(count)}`,
    awayNoted: 'Жариялағанда бұл күндер дәріскердің бос емес күндері болып жазылады',
    drop: 'Жобаны өшіру',
    editTitle: 'Ұсынысты өзгерту',
    editLead: 'Жобаның қалғаны орнында тұрғанда мүмкін болатын уақыттар мен құрамдар. Таңдалғаны бекітіледі.',
    chosenNow: 'Қазіргі ұсыныс',
    leaveOut: 'Бұл жобадан алып тастау',
    save: 'Сақтау',
    noWays: 'Жобаның қалғаны орнында тұрғанда басқа уақыт табылмады.',
    choose: 'Тізімнен біреуін таңдаңыз.',
    notPossible: 'Бұл уақыт пен құрам енді мүмкін емес',
    result: 'Нәтижесі',
    bookedCount: count => `Жазылды: ${kkTalks(count)}`,
    missedCount: count => `Мүмкін болмай қалды: ${kkTalks(count)}`,
    missed: 'Мүмкін болмай қалғандар',
    notReached: 'Бұған жетпеді.',
    told: 'Хаттар осы кездесулерге қатысы бар адамдарға ғана барады.',
    newPlan: 'Қалғандарына жаңа жоба жасау',
    back: 'Жобаға оралу',
  },
  ru: {
    title: 'Планировщик',
    lead: 'Планировщик предлагает время и состав для заявок, которые ждут. Пока вы не опубликуете проект, ничего не записывается и никому не уходят письма.',
    past: 'Проекты',
    none: 'Проектов пока нет.',
    make: 'Новый проект',
    days: 'Срок',
    from: 'Первый день',
    to: 'Последний день',
    requests: 'Какие заявки',
    requestsHint: 'Планируются только отмеченные заявки.',
    allRequests: 'Ждут',
    noRequests: 'Заявок, которые ждут, нет.',
    wishes: 'Что важно',
    wish: {
      urgent: { name: 'Сначала срочные', text: 'Близкий срок или встреча, отменённая вместе с занятиями' },
      driving: { name: 'Меньше дороги', text: 'Лекторы тратят на дорогу меньше времени' },
      even: { name: 'Ровная нагрузка', text: 'Сначала те, кто выступал меньше' },
      sooner: { name: 'Пораньше', text: 'Встречи в первый возможный день' },
    },
    degree: { less: 'Неважно', usual: 'Как обычно', more: 'Важнее' },
    moves: 'Встречи, которые уже назначены',
    move: {
      none: 'Не меняются',
      unanswered: 'Чтобы освободить место, могут измениться те, на которые ещё никто не согласился',
      all: 'Чтобы освободить место, могут измениться и согласованные',
    },
    movesHint: 'При каждом изменении видно, сколько человек получат письма.',
    away: 'Лектор не сможет прийти',
    awayHint:
      'Для встреч в эти дни предлагается замена: сначала другой человек в тот же час, потом другой час, другой день.',
    awayWho: 'Кто',
    nobody: 'Никто',
    awayFrom: 'С какого дня',
    awayTo: 'По какой день включительно',
    seconds: 'Время поиска',
    second: { 10: '10 секунд', 60: '1 минута', 300: '5 минут' },
    start: 'Составить проект',
    until: day => `Последний срок: ${day}`,
    postponed: 'После отмены занятий',
    problem: {
      'not-a-day': 'Укажите день, например 24.11.2026.',
      past: 'Первый день не может быть раньше сегодняшнего.',
      'upside-down': 'Последний день не может быть раньше первого.',
      'too-long': 'Срок слишком длинный. Самое большее: 92 дня.',
      none: 'Отметьте хотя бы одну заявку или укажите лектора, который не сможет прийти.',
      'too-many': 'Слишком много заявок. Самое большее: 300.',
      gone: 'Одна из отмеченных заявок уже не ждёт. Список обновлён.',
      unknown: 'Выберите из списка.',
    },
    state: {
      running: 'Составляется',
      done: 'Черновик',
      stopped: 'Остановленный черновик',
      releasing: 'Публикуется',
      released: 'Опубликован',
    },
    failed: 'Поиск не завершился. Попробуйте начать ещё раз.',
    asked: count => `Заявок: ${count}`,
    by: who => `Составляет: ${who}`,
    atWork: 'Планировщик сейчас занят',
    atWorkText: 'Одновременно составляется один проект. Повторите, когда он закончится.',
    phase: {
      waiting: 'В очереди',
      construct: 'Первый план',
      search: 'Поиск лучшего',
      bound: 'Вычисление границы',
      guided: 'Поиск лучшего',
      exact: 'Доказательство',
      done: 'Объяснение причин',
      reasons: 'Объяснение причин',
      releasing: 'Запись встреч',
      'taking-back': 'Возвращение встреч',
      over: 'Завершено',
      failed: 'Не завершено',
    },
    doing: 'Что происходит',
    placed: 'Нашлось место',
    placedOf: (placed, asked) => `${placed} из ${asked}`,
    booked: 'Записано',
    takenBack: 'Возвращено',
    gap: 'До лучшего возможного, не больше',
    gapUnknown: 'Пока неизвестно',
    gapNone: 'Лучше не бывает, доказано',
    since: 'Начато',
    stop: 'Остановить',
    leave: 'Страницу можно закрыть: работа продолжится. Если остановить, останется лучшее из найденного.',
    gone: 'Связь прервалась. Страница обновится.',
    open: 'Открыть',
    draft: (from, to) => `Проект: ${from} – ${to}`,
    honest: 'Насколько хорош проект',
    measure: 'Показатель',
    mine: 'Проект',
    list: 'По списку',
    listHint: 'По списку: заявки в порядке входящих, каждая в первый свободный час.',
    travel: 'Время в дороге',
    minutes: count => `${count} мин`,
    spread: 'Разброс нагрузки',
    spreadHint: '0, если нагрузка у всех одинаковая',
    idle: 'Лекторов без встреч',
    late: 'После первого возможного дня, в среднем, дней',
    lateMost: 'После первого возможного дня, самое большее, дней',
    bound: 'Граница',
    boundText: 'Никакой план этих заявок не лучше проекта больше чем на',
    boundProven: 'Лучшего плана для этих заявок нет: доказано.',
    strict: 'Не входят в границу и сравнение',
    stricter: {
      'online-request': 'встречи онлайн',
      'lengths-differ': 'часы с уроками другой длины',
      'pair-rule': 'некоторые составы специалистов, которые ходят парой',
      'credentials-by-day': 'лекторы, у которых в эти дни кончается документ',
      'day-of-speaker-closed': 'недели лекторов со встречами онлайн или сверх предела',
      'month-limit': 'лекторы с разным остатком месяца',
    },
    lacks: 'Кого больше всего не хватает Дому',
    lack: (profession, language, weekday, talks) =>
      `Ещё один человек: ${profession}, язык: ${language}, день: ${weekday}. Нашлось бы место: ${talks}`,
    talks: ruTalks,
    nothingLacks: 'Заявок, которым помог бы новый человек, нет.',
    changes: 'Что изменится',
    noChanges: 'Изменений нет.',
    withBooked: 'Показать вместе с назначенными',
    withoutBooked: 'Показать только изменения',
    standing: 'Назначена',
    kind: { new: 'Новая', moved: 'Другое время', swapped: 'Другой состав', unplaced: 'Нет места' },
    step: {
      'same-hour': 'Тот же час, другой человек',
      'same-day': 'Тот же день, другой час',
      'other-day': 'Другой день',
      chain: 'Вместе с другой встречей',
      lost: 'Место не нашлось',
    },
    was: (when, who) => `Было: ${when}, ${who}`,
    touches: count => `Узнают: ${count}`,
    touchesAll: count => `Узнают об изменениях, всего: ${count}`,
    whom: 'Кто едет',
    when: 'Время',
    what: 'Что',
    why: 'Почему',
    keep: 'Отметка',
    pin: 'Закрепить',
    pinned: 'Закреплено',
    out: 'Исключить',
    outText: 'В этом проекте не планируется.',
    edit: 'Изменить',
    unplaced: 'Без места',
    unplacedNone: 'Место нашлось для всех заявок.',
    lost: 'Замена не нашлась, встреча остаётся как есть.',
    inTheWay: 'Что мешает',
    wouldHelp: 'Что поможет',
    notWaiting: 'Заявка больше не ждёт.',
    people: 'Лекторы, которые не участвуют в этом проекте',
    peopleHint: 'Отмеченные не получают новых встреч.',
    saveMarks: 'Сохранить отметки',
    again: 'Искать ещё раз отсюда',
    againText: 'Закреплённое остаётся на месте, остальное ищется заново.',
    release: 'Опубликовать',
    releaseText:
      'Каждая встреча проверяется ещё раз и записывается. Что за это время стало невозможно, будет показано списком. Письма получат только те, кого это касается.',
    releaseCount: count => `Опубликовать: ${ruTalks(count)}`,
    awayNoted: 'При публикации эти дни будут отмечены у лектора как занятые',
    drop: 'Удалить проект',
    editTitle: 'Изменить предложение',
    editLead: 'Время и составы, возможные при остальном проекте. Выбранное закрепляется.',
    chosenNow: 'Сейчас предложено',
    leaveOut: 'Исключить из этого проекта',
    save: 'Сохранить',
    noWays: 'При остальном проекте другого времени не нашлось.',
    choose: 'Выберите одно из списка.',
    notPossible: 'Это время и этот состав больше невозможны',
    result: 'Что получилось',
    bookedCount: count => `Записано: ${ruTalks(count)}`,
    missedCount: count => `Стало невозможно: ${ruTalks(count)}`,
    missed: 'Что стало невозможно',
    notReached: 'До этого не дошло.',
    told: 'Письма получают только те, кого эти встречи касаются.',
    newPlan: 'Составить проект для остальных',
    back: 'К проекту',
  },
  en: {
    title: 'Planner',
    lead: 'The planner proposes times and teams for the requests that wait. Until you release a draft nothing is booked and nobody gets a letter.',
    past: 'Drafts',
    none: 'There is no draft yet.',
    make: 'New draft',
    days: 'Days',
    from: 'First day',
    to: 'Last day',
    requests: 'Which requests',
    requestsHint: 'Only those that are ticked are planned.',
    allRequests: 'Waiting',
    noRequests: 'No request is waiting.',
    wishes: 'What matters',
    wish: {
      urgent: { name: 'Urgent first', text: 'A near last date, or a talk that a closure took' },
      driving: { name: 'Less driving', text: 'Speakers spend less time on the way' },
      even: { name: 'Even load', text: 'Those who have spoken less come first' },
      sooner: { name: 'Sooner', text: 'Talks on the first possible day' },
    },
    degree: { less: 'Does not matter', usual: 'As usual', more: 'Matters more' },
    moves: 'Talks that are booked already',
    move: {
      none: 'Stay as they are',
      unanswered: 'To make room, those that nobody has accepted yet may change',
      all: 'To make room, those that are accepted may change, too',
    },
    movesHint: 'Each change says how many people would get a letter.',
    away: 'A speaker can’t come',
    awayHint:
      'For talks on these days a substitute is proposed: first somebody else at the same hour, then another hour, another day.',
    awayWho: 'Who',
    nobody: 'Nobody',
    awayFrom: 'From which day',
    awayTo: 'Until which day, inclusive',
    seconds: 'Time to search',
    second: { 10: '10 seconds', 60: '1 minute', 300: '5 minutes' },
    start: 'Make a draft',
    until: day => `Last date: ${day}`,
    postponed: 'After a closure',
    problem: {
      'not-a-day': 'Enter a day, for example 24.11.2026.',
      past: 'The first day may not be before today.',
      'upside-down': 'The last day may not be before the first.',
      'too-long': 'Too many days. At most: 92.',
      none: 'Tick at least one request, or name a speaker who can’t come.',
      'too-many': 'Too many requests. At most: 300.',
      gone: 'One of the ticked requests is not waiting any longer. The list is up to date now.',
      unknown: 'Choose from the list.',
    },
    state: {
      running: 'In the making',
      done: 'Draft',
      stopped: 'Draft, stopped early',
      releasing: 'Being released',
      released: 'Released',
    },
    failed: 'The search did not come to an end. Please start it again.',
    asked: count => `Requests: ${count}`,
    by: who => `Made by: ${who}`,
    atWork: 'The planner is at work',
    atWorkText: 'One draft is made at a time. Try again when it is ready.',
    phase: {
      waiting: 'In the queue',
      construct: 'A first plan',
      search: 'Looking for a better one',
      bound: 'Working out the bound',
      guided: 'Looking for a better one',
      exact: 'Proving',
      done: 'Finding the reasons',
      reasons: 'Finding the reasons',
      releasing: 'Booking the talks',
      'taking-back': 'Taking the talks back',
      over: 'Ready',
      failed: 'Not ready',
    },
    doing: 'What is being done',
    placed: 'Placed',
    placedOf: (placed, asked) => `${placed} of ${asked}`,
    booked: 'Booked',
    takenBack: 'Taken back',
    gap: 'Away from the best possible, at most',
    gapUnknown: 'Not known yet',
    gapNone: 'None is better, proven',
    since: 'Since',
    stop: 'Stop',
    leave: 'You may leave this page: the work goes on. If you stop it, the best so far is kept.',
    gone: 'The connection was lost. The page is loaded again.',
    open: 'Open',
    draft: (from, to) => `Draft: ${from} – ${to}`,
    honest: 'How good the draft is',
    measure: 'Figure',
    mine: 'Draft',
    list: 'Down the list',
    listHint: 'Down the list: requests in the order of the inbox, each at the first free hour.',
    travel: 'Time on the way',
    minutes: count => `${count} min`,
    spread: 'Spread of the load',
    spreadHint: '0 when everybody has the same load',
    idle: 'Speakers without a talk',
    late: 'After the first possible day, on average, days',
    lateMost: 'After the first possible day, at most, days',
    bound: 'Bound',
    boundText: 'No plan of these requests is better than the draft by more than',
    boundProven: 'There is no better plan for these requests: proven.',
    strict: 'Not in the bound and the comparison',
    stricter: {
      'online-request': 'talks online',
      'lengths-differ': 'hours with lessons of another length',
      'pair-rule': 'some teams of people who go in pairs',
      'credentials-by-day': 'speakers whose papers run out in these days',
      'day-of-speaker-closed': 'weeks of speakers with talks online or beyond a limit',
      'month-limit': 'speakers with another rest in each month',
    },
    lacks: 'Whom the House lacks most',
    lack: (profession, language, weekday, talks) =>
      `One more person: ${profession}, language: ${language}, day: ${weekday}. Would be placed: ${talks}`,
    talks: enTalks,
    nothingLacks: 'There is no request that a new person would help.',
    changes: 'What changes',
    noChanges: 'Nothing changes.',
    withBooked: 'Show together with what is booked',
    withoutBooked: 'Show the changes only',
    standing: 'Booked',
    kind: { new: 'New', moved: 'Another time', swapped: 'Another team', unplaced: 'No place' },
    step: {
      'same-hour': 'Same hour, somebody else',
      'same-day': 'Same day, another hour',
      'other-day': 'Another day',
      chain: 'Together with another talk',
      lost: 'No place found',
    },
    was: (when, who) => `Before: ${when}, ${who}`,
    touches: count => `Will hear of it: ${count}`,
    touchesAll: count => `Will hear of changes, in all: ${count}`,
    whom: 'Who goes',
    when: 'When',
    what: 'What',
    why: 'Why',
    keep: 'Mark',
    pin: 'Pin',
    pinned: 'Pinned',
    out: 'Leave out',
    outText: 'Not planned in this draft.',
    edit: 'Change',
    unplaced: 'Without a place',
    unplacedNone: 'Every request has a place.',
    lost: 'No substitute was found, the talk stays as it is.',
    inTheWay: 'What is in the way',
    wouldHelp: 'What would help',
    notWaiting: 'The request is not waiting any longer.',
    people: 'Speakers who take no part in this draft',
    peopleHint: 'Those that are ticked get no new talk.',
    saveMarks: 'Keep the marks',
    again: 'Search again from here',
    againText: 'What is pinned stays, everything else is looked for anew.',
    release: 'Release',
    releaseText:
      'Each talk is checked again and booked. What has become impossible meanwhile is listed. Only those concerned get a letter.',
    releaseCount: count => `Release: ${enTalks(count)}`,
    awayNoted: 'With the release these days are marked as busy for the speaker',
    drop: 'Delete the draft',
    editTitle: 'Change a proposal',
    editLead: 'Times and teams that are possible beside the rest of the draft. What you choose is pinned.',
    chosenNow: 'Proposed now',
    leaveOut: 'Leave out of this draft',
    save: 'Save',
    noWays: 'Beside the rest of the draft no other time was found.',
    choose: 'Choose one of the list.',
    notPossible: 'This time and this team are not possible any longer',
    result: 'What became of it',
    bookedCount: count => `Booked: ${enTalks(count)}`,
    missedCount: count => `Became impossible: ${enTalks(count)}`,
    missed: 'What became impossible',
    notReached: 'Was not reached.',
    told: 'Only those whom these talks concern get letters.',
    newPlan: 'Make a draft for the rest',
    back: 'Back to the draft',
  },
})
