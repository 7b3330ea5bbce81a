import type { Language } from '../base/i18n/language.ts'
import { plural } from '../base/i18n/plural.ts'
import { clock, type Day, type Weekday } from '../base/time.ts'
import type { Interval } from '../hosts/rules.ts'
import type { Change } from './change-rules.ts'
import type { Hindrance } from './obstacle-rules.ts'
import type { Reason, Warning } from './rules.ts'

/** Names as the reader's language writes them; `credential` and the rest take the ids of the data. */
export type Say = {
  speaker: (id: string) => string
  profession: (id: string) => string
  language: (id: string) => string
  audience: (id: string) => string
  hostKind: (id: string) => string
  district: (id: string) => string
  credential: (kind: string) => string
  /** A day of the next months. */
  day: (day: Day) => string
  /** A day of any year. */
  date: (day: Day) => string
  weekday: (weekday: Weekday) => string
}

type Coded<Facts extends { code: string }> = { [Code in Facts['code']]: Extract<Facts, { code: Code }> }
type Sentences<Facts extends { code: string }> = {
  [Code in keyof Coded<Facts>]: (facts: Coded<Facts>[Code], say: Say) => string
}
type Words = {
  refusal: Sentences<Hindrance>
  warning: Sentences<Warning>
  reason: Sentences<Reason>
  change: Sentences<Change>
}

/** A refusal, or what else is in the way, as one sentence. */
export const refusalSaid = (language: Language, facts: Hindrance, say: Say): string =>
  told(words[language].refusal, facts.code, facts, say)
export const warningSaid = (language: Language, facts: Warning, say: Say): string =>
  told(words[language].warning, facts.code, facts, say)
/** A reason as a part of a line: "both free, speak Kazakh, 12 minutes on the way". */
export const reasonSaid = (language: Language, facts: Reason, say: Say): string =>
  told(words[language].reason, facts.code, facts, say)
export const changeSaid = (language: Language, facts: Change, say: Say): string =>
  told(words[language].change, facts.code, facts, say)

function told<Table, Code extends keyof Table>(
  sentences: { [Each in keyof Table]: (facts: Table[Each], say: Say) => string },
  code: Code,
  facts: Table[Code],
  say: Say,
): string {
  return sentences[code](facts, say)
}

const span = ({ from, to }: Interval): string => `${clock(from)}–${clock(to)}`
const spans = (parts: Interval[]): string => parts.map(span).join(', ')
const days = (from: Day, to: Day, say: Say): string =>
  from === to ? say.day(from) : `${say.day(from)} – ${say.day(to)}`
const list = (ids: string[], name: (id: string) => string): string => ids.map(name).join(', ')

const kkMinutes = (count: number): string => `${count} ${plural('kk', count, { one: 'минут', other: 'минут' })}`
const kkPeople = (count: number): string => `${count} ${plural('kk', count, { one: 'адам', other: 'адам' })}`
const kkTalks = (count: number): string => `${count} ${plural('kk', count, { one: 'кездесу', other: 'кездесу' })}`
const kkNotice = (minutes: number): string => (minutes % 60 === 0 ? `${minutes / 60} сағат` : kkMinutes(minutes))

const ruMinutes = (count: number): string =>
  `${count} ${plural('ru', count, { one: 'минута', few: 'минуты', many: 'минут', other: 'минуты' })}`
const ruPeople = (count: number): string =>
  `${count} ${plural('ru', count, { one: 'человек', few: 'человека', many: 'человек', other: 'человека' })}`
const ruTalks = (count: number): string =>
  `${count} ${plural('ru', count, { one: 'встреча', few: 'встречи', many: 'встреч', other: 'встречи' })}`
const ruNotice = (minutes: number): string =>
  minutes % 60 === 0
    ? `${minutes / 60} ${plural('ru', minutes / 60, { one: 'час', few: 'часа', many: 'часов', other: 'часа' })}`
    : ruMinutes(minutes)

const enMinutes = (count: number): string => `${count} ${plural('en', count, { one: 'minute', other: 'minutes' })}`
const enPeople = (count: number): string => `${count} ${plural('en', count, { one: 'person', other: 'people' })}`
const enTalks = (count: number): string => `${count} ${plural('en', count, { one: 'talk', other: 'talks' })}`
const enNotice = (minutes: number): string =>
  minutes % 60 === 0
    ? `${minutes / 60} ${plural('en', minutes / 60, { one: 'hour', other: 'hours' })}`
    : enMinutes(minutes)

const kk: Words = {
  refusal: {
    'ends-before-it-starts': () => 'Аяқталу уақыты басталу уақытынан кейін болуы керек.',
    'in-the-past': () => 'Бұл уақыт өтіп кетті.',
    'short-notice': ({ minutes }) => `Уақыт тым аз қалды. Дайындыққа керек ең аз мерзім: ${kkNotice(minutes)}.`,
    'after-latest': ({ latest }, say) => `Бұл күн соңғы мерзімнен кейін. Соңғы мерзім: ${say.day(latest)}.`,
    'outside-windows': () => 'Бұл уақыт өтінімде көрсетілген уақыт нұсқаларына кірмейді.',
    'host-not-online': () => 'Бұл ұйымда онлайн кездесу өткізу мүмкіндігі жоқ.',
    'hall-taken': facts => `Зал бос емес: ${span(facts)}.`,
    'no-hall-for': ({ heads, seats }) => `Ешбір залға сыймайды. Тыңдаушы: ${heads}, ең көп орын: ${seats}.`,
    'unknown-speaker': () => 'Мұндай дәріскер тізімде жоқ.',
    twice: ({ speakerId }, say) => `${say.speaker(speakerId)}: құрамда екі рет тұр.`,
    'team-unfilled': ({ anyOf }, say) => `Құрамда орын бос. Қажет мамандық: ${list(anyOf, say.profession)}.`,
    'no-place-for': ({ speakerId, profession }, say) =>
      `${say.speaker(speakerId)} (${say.profession(profession)}): бұл құрамда орын жоқ.`,
    'too-many-people': ({ people, most }) => `Құрамда адам тым көп: ${people}. Ең көбі: ${most}.`,
    'no-shared-language': ({ languages }, say) =>
      `Құрамға ортақ тіл жоқ. Сұралған тіл: ${list(languages, say.language)}.`,
    'pair-rule': ({ profession, pairWith }, say) =>
      `Бұл мамандық оқушыларға жалғыз бармайды: ${say.profession(profession)}. Қасында болуы керек: ${list(pairWith, say.profession)}.`,
    'nobody-for': ({ anyOf, people }, say) =>
      `Бұл орынға ешкім табылмады: ${list(anyOf, say.profession)}. Осы мамандықта барлығы: ${kkPeople(people)}.`,
    'nobody-together': () => 'Барлық орынға бірдей уақытта адам табылмады.',
    'host-day-off': ({ day, off }, say) => `${say.day(day)}: ${'names' in off ? off.names.kk : 'демалыс күні'}.`,
    ban: ({ names, from, to, guess }, say) =>
      `Бұл күндері кездесу өтпейді: ${names.kk}, ${days(from, to, say)}${guess ? ' (күндері расталмаған)' : ''}.`,
    closure: ({ outcome, from, to }, say) =>
      outcome === 'online'
        ? `Сабақ онлайн өтеді: ${days(from, to, say)}.`
        : `Сабақ тоқтатылды: ${days(from, to, say)}.`,
    'no-timetable': () => 'Ұйымның жұмыс уақыты көрсетілмеген.',
    'host-closed': ({ day, open }, say) =>
      open.length > 0
        ? `Ұйымның жұмыс уақыты: ${say.day(day)}, ${spans(open)}.`
        : `Ұйым жұмыс істемейді: ${say.day(day)}.`,
    'host-lunch': facts => `Ұйымда түскі үзіліс: ${span(facts)}.`,
    'outside-talk-windows': ({ windows }) => `Ұйымда кездесу тек осы уақытта өтеді: ${spans(windows)}.`,
    'grade-not-taught': ({ grades }) => `Мектепте мұндай сынып жоқ: ${grades.join(', ')}.`,
    'grades-in-two-shifts': ({ grades }) => `Бұл сыныптар әртүрлі ауысымда оқиды: ${grades.join(', ')}.`,
    'other-shift': facts => `Бұл сыныптар басқа ауысымда оқиды: ${facts.shift} ауысым, ${span(facts)}.`,
    'not-whole-lessons': ({ nearest }) =>
      nearest
        ? `Кездесу толық сабаққа сай келуі керек. Ең жақын уақыт: ${span(nearest)}.`
        : 'Кездесу толық сабаққа сай келуі керек.',
    'class-hour-only': (facts, say) =>
      `Кездесу тек сынып сағатында өтеді: ${say.weekday(facts.weekday)}, ${span(facts)}.`,
    'class-hour-unknown': () => 'Кездесу тек сынып сағатында өтеді, ал оның уақыты көрсетілмеген.',
    'during-lessons': facts => `Бұл сыныптардың сабағы жүріп жатады: ${span(facts)}.`,
    'topic-not-for-audience': ({ audience }, say) => `Тақырып бұл тыңдаушыларға арналмаған: ${say.audience(audience)}.`,
    'audience-not-at-host': ({ audience, hostKind }, say) =>
      `Мұндай ұйымда бұл тыңдаушылар болмайды: ${say.hostKind(hostKind)}, ${say.audience(audience)}.`,
    'adults-only': () => 'Тақырып тек ересектерге арналған.',
    'topic-not-for-grades': ({ grades, from, to }) =>
      `Тақырып бұл сыныптарға арналмаған: ${grades.join(', ')}. Тақырыптың сыныптары: ${from}–${to}.`,
    'too-few-heads': ({ heads, least }) => `Тыңдаушы тым аз: ${heads}. Ең азы: ${least}.`,
    'too-many-heads': ({ heads, most }) => `Тыңдаушы тым көп: ${heads}. Ең көбі: ${most}.`,
    'topic-not-in-language': ({ languages, given }, say) =>
      `Тақырып бұл тілде жүргізілмейді: ${list(languages, say.language)}. Тақырыптың тілі: ${list(given, say.language)}.`,
    'law-unchecked': ({ asOf }, say) =>
      asOf
        ? `Тақырыптағы заң мәтіні ескірген болуы мүмкін. Тексерілген күні: ${say.date(asOf)}.`
        : 'Тақырыптағы заң мәтіні тексерілмеген.',
    'lacks-profession': ({ speakerId, profession }, say) =>
      `${say.speaker(speakerId)}: мамандығы сай емес (${say.profession(profession)}).`,
    'not-for-topic': ({ speakerId }, say) => `${say.speaker(speakerId)}: бұл тақырыпты алмайды.`,
    'not-for-audience': ({ speakerId, audience }, say) =>
      `${say.speaker(speakerId)}: бұл тыңдаушыларды алмайды (${say.audience(audience)}).`,
    'not-in-district': ({ speakerId, district }, say) =>
      `${say.speaker(speakerId)}: бұл ауданға бармайды (${say.district(district)}).`,
    'lacks-language': ({ speakerId, languages }, say) =>
      `${say.speaker(speakerId)}: сұралған тілде сөйлемейді (${list(languages, say.language)}).`,
    paused: ({ speakerId, to }, say) =>
      `${say.speaker(speakerId)}: уақытша қатыспайды${to ? `. Соңғы күні: ${say.date(to)}` : ''}.`,
    left: ({ speakerId, on }, say) => `${say.speaker(speakerId)}: дәріс оқуды қойды (${say.date(on)}).`,
    'credential-missing': ({ speakerId, kind }, say) =>
      `${say.speaker(speakerId)}: рұқсат құжаты жоқ (${say.credential(kind)}).`,
    'credential-expired': ({ speakerId, kind, until }, say) =>
      `${say.speaker(speakerId)}: рұқсат құжатының мерзімі өтті (${say.credential(kind)}, ${say.date(until)}).`,
    'day-limit': ({ speakerId, limit }, say) => `${say.speaker(speakerId)}: күндік шек толды (${kkTalks(limit)}).`,
    'week-limit': ({ speakerId, limit }, say) => `${say.speaker(speakerId)}: апталық шек толды (${kkTalks(limit)}).`,
    'month-limit': ({ speakerId, limit }, say) => `${say.speaker(speakerId)}: айлық шек толды (${kkTalks(limit)}).`,
    'outside-hours': ({ speakerId, weekday, hours }, say) =>
      hours.length > 0
        ? `${say.speaker(speakerId)}: бос уақыты – ${say.weekday(weekday)}, ${spans(hours)}.`
        : `${say.speaker(speakerId)}: бұл күні бос уақыты жоқ (${say.weekday(weekday)}).`,
    busy: (facts, say) => `${say.speaker(facts.speakerId)}: бос емес, ${span(facts)}.`,
    absent: (facts, say) => `${say.speaker(facts.speakerId)}: бұл күні бола алмайды, ${span(facts)}.`,
    engaged: (facts, say) => `${say.speaker(facts.speakerId)}: басқа кездесуі бар, ${span(facts)}.`,
    elsewhere: (facts, say) => `${say.speaker(facts.speakerId)}: басқа Достық үйінде бос емес, ${span(facts)}.`,
    'travel-before': ({ speakerId, endsAt, minutes }, say) =>
      `${say.speaker(speakerId)}: алдыңғы кездесуден жетіп үлгермейді. Ол аяқталады: ${clock(endsAt)}, жол: ${kkMinutes(minutes)}.`,
    'travel-after': ({ speakerId, startsAt, minutes }, say) =>
      `${say.speaker(speakerId)}: келесі кездесуге жетіп үлгермейді. Ол басталады: ${clock(startsAt)}, жол: ${kkMinutes(minutes)}.`,
  },
  warning: {
    'outside-wishes': () => 'Бұл уақыт өтінімдегі уақыт нұсқаларына кірмейді: ұйыммен келісу керек.',
    'notice-waived': ({ minutes }) => `Дайындыққа әдеттегіден аз уақыт қалды (${kkNotice(minutes)}).`,
    'latest-waived': ({ latest }, say) => `Өтінімдегі соңғы мерзімнен кейін: ${say.day(latest)}.`,
    'more-than-seats': ({ heads, seats }) => `Залда орын жетпейді. Тыңдаушы: ${heads}, орын: ${seats}.`,
    'calendar-unread': ({ speakerId, since }, say) =>
      `${say.speaker(speakerId)}: жеке күнтізбесі мына күннен бері оқылмады – ${say.date(since)}.`,
    'short-version': ({ minutes, topicMinutes }) =>
      `Қысқартылған нұсқа: ${kkMinutes(minutes)}. Толығы: ${kkMinutes(topicMinutes)}.`,
    'ban-near': ({ names, from, to, guess }, say) =>
      `Қолайсыз кезең: ${names.kk}, ${days(from, to, say)}${guess ? ' (күндері расталмаған)' : ''}.`,
    'holiday-may-shift': ({ day, names }, say) => `Мереке бір күнге жылжуы мүмкін: ${names.kk}, ${say.day(day)}.`,
    'works-instead': ({ day, insteadOf }, say) =>
      `Ауыстырылған жұмыс күні: ${say.day(day)}. Демалыс: ${say.day(insteadOf)}.`,
    'law-unchecked-warning': ({ asOf }, say) =>
      asOf ? `Заң мәтінін тексеріңіз. Соңғы тексеру: ${say.date(asOf)}.` : 'Тақырыптағы заң мәтіні тексерілмеген.',
    'approval-ends': ({ until }, say) => `Материалдарды бекіту мерзімі бітеді. Соңғы күні: ${say.date(until)}.`,
    'written-request': () => 'Бұл тақырып тек ұйымның жазбаша өтінімімен өтеді.',
  },
  reason: {
    'all-free': ({ people }) => (people > 1 ? 'бәрі бос' : 'бос'),
    speak: ({ languages }, say) => `тілі: ${list(languages, say.language)}`,
    paired: ({ speakerId, profession }, say) => `${say.speaker(speakerId)} (${say.profession(profession)}) – жұпта`,
    'on-the-way': ({ speakerId, minutes }, say) => `${say.speaker(speakerId)}: жол ${kkMinutes(minutes)}`,
    'home-district': ({ speakerId }, say) => `${say.speaker(speakerId)}: осы ауданда тұрады`,
    'no-way': () => 'жол жүрудің қажеті жоқ',
    'least-served': ({ speakerId, talks }, say) =>
      `${say.speaker(speakerId)}: жүктемесі ең аз (осы айда ${kkTalks(talks)})`,
    overridden: ({ speakerId, wish, until }, say) =>
      `${say.speaker(speakerId)}: ${wish === 'more' ? 'көбірек' : 'азырақ'} кездесу, үйлестіруші шешімі (соңғы күні: ${say.date(until)})`,
    wish: ({ wish, of }) => `уақыт нұсқасы: ${wish} / ${of}`,
    'class-hour': () => 'сынып сағаты',
  },
  change: {
    'other-time': facts => `Басқа уақыт: ${span(facts)}.`,
    'other-day': (facts, say) => `Басқа күн: ${say.day(facts.day)}, ${span(facts)}.`,
    'later-date': ({ latest }, say) => `Соңғы мерзімді ұзарту: ${say.day(latest)}.`,
    'waive-notice': ({ minutes }) => `Дайындық мерзімін қысқарту (әдетте ${kkNotice(minutes)}).`,
    'check-law': () => 'Тақырыптағы заң мәтінін тексеріп, күнін жазу.',
    'other-language': ({ language }, say) => `Тағы бір тіл: ${say.language(language)}.`,
    online: () => 'Онлайн өткізу.',
    'split-group': ({ parts, heads }) => `Тыңдаушыларды топтарға бөлу: ${parts} топ, әрқайсысында ${kkPeople(heads)}.`,
    'larger-group': ({ heads }) => `Тыңдаушыны көбейту: кемінде ${kkPeople(heads)}.`,
    'fewer-grades': ({ grades }) => `Тек осы сыныптар: ${grades.join(', ')}.`,
    shorter: ({ minutes }) => `Қысқартылған кездесу: ${kkMinutes(minutes)}.`,
    'one-more-speaker': ({ anyOf, languages }, say) =>
      `Тағы бір дәріскер: ${list(anyOf, say.profession)}; тілі: ${list(languages, say.language)}.`,
    'one-more-talk': ({ speakerId, limit, per }, say) =>
      `${say.speaker(speakerId)}: тағы бір кездесу (${{ day: 'күніне', week: 'аптасына', month: 'айына' }[per]} ${limit}).`,
    'ask-hours': ({ speakerId }, say) => `${say.speaker(speakerId)}: әдеттегі уақытынан тыс келуін сұрау.`,
    'other-district': ({ speakerId }, say) => `${say.speaker(speakerId)}: басқа ауданға баруын сұрау.`,
    'take-topic': ({ speakerId }, say) => `${say.speaker(speakerId)}: осы тақырыпты алуын сұрау.`,
    'take-audience': ({ speakerId }, say) => `${say.speaker(speakerId)}: осы тыңдаушыларды алуын сұрау.`,
    'renew-credential': ({ speakerId, kind }, say) =>
      `${say.speaker(speakerId)}: рұқсат құжатын жаңарту (${say.credential(kind)}).`,
  },
}

const ru: Words = {
  refusal: {
    'ends-before-it-starts': () => 'Окончание должно быть позже начала.',
    'in-the-past': () => 'Это время уже прошло.',
    'short-notice': ({ minutes }) => `Слишком мало времени на подготовку. Наименьший срок: ${ruNotice(minutes)}.`,
    'after-latest': ({ latest }, say) => `Это позже крайнего срока. Крайний срок: ${say.day(latest)}.`,
    'outside-windows': () => 'Это время не входит в варианты времени из заявки.',
    'host-not-online': () => 'В этой организации нет возможности для встреч онлайн.',
    'hall-taken': facts => `Зал занят: ${span(facts)}.`,
    'no-hall-for': ({ heads, seats }) => `Ни один зал не вместит. Слушателей: ${heads}, больше всего мест: ${seats}.`,
    'unknown-speaker': () => 'Такого лектора нет в списке.',
    twice: ({ speakerId }, say) => `${say.speaker(speakerId)}: в составе дважды.`,
    'team-unfilled': ({ anyOf }, say) =>
      `В составе есть свободное место. Нужна специальность: ${list(anyOf, say.profession)}.`,
    'no-place-for': ({ speakerId, profession }, say) =>
      `${say.speaker(speakerId)} (${say.profession(profession)}): в этом составе нет места.`,
    'too-many-people': ({ people, most }) => `В составе слишком много людей: ${people}. Наибольшее число: ${most}.`,
    'no-shared-language': ({ languages }, say) =>
      `У состава нет общего языка. Языки заявки: ${list(languages, say.language)}.`,
    'pair-rule': ({ profession, pairWith }, say) =>
      `Эта специальность не идёт к учащимся без пары: ${say.profession(profession)}. Рядом нужны: ${list(pairWith, say.profession)}.`,
    'nobody-for': ({ anyOf, people }, say) =>
      `На это место никого нет: ${list(anyOf, say.profession)}. Всего с такой специальностью: ${ruPeople(people)}.`,
    'nobody-together': () => 'На все места сразу людей не нашлось.',
    'host-day-off': ({ day, off }, say) => `${say.day(day)}: ${'names' in off ? off.names.ru : 'выходной день'}.`,
    ban: ({ names, from, to, guess }, say) =>
      `В эти дни встречи не проводятся: ${names.ru}, ${days(from, to, say)}${guess ? ' (даты не подтверждены)' : ''}.`,
    closure: ({ outcome, from, to }, say) =>
      outcome === 'online'
        ? `Занятия идут онлайн: ${days(from, to, say)}.`
        : `Занятия отменены: ${days(from, to, say)}.`,
    'no-timetable': () => 'Часы работы организации не указаны.',
    'host-closed': ({ day, open }, say) =>
      open.length > 0
        ? `Часы работы организации: ${say.day(day)}, ${spans(open)}.`
        : `Организация не работает: ${say.day(day)}.`,
    'host-lunch': facts => `В организации обед: ${span(facts)}.`,
    'outside-talk-windows': ({ windows }) => `В организации встречи возможны только в это время: ${spans(windows)}.`,
    'grade-not-taught': ({ grades }) => `В школе нет таких классов: ${grades.join(', ')}.`,
    'grades-in-two-shifts': ({ grades }) => `Эти классы учатся в разных сменах: ${grades.join(', ')}.`,
    'other-shift': facts => `Эти классы учатся в другой смене: смена ${facts.shift}, ${span(facts)}.`,
    'not-whole-lessons': ({ nearest }) =>
      nearest ? `Встреча занимает целые уроки. Ближайшее время: ${span(nearest)}.` : 'Встреча занимает целые уроки.',
    'class-hour-only': (facts, say) =>
      `Встречи только на классном часе: ${say.weekday(facts.weekday)}, ${span(facts)}.`,
    'class-hour-unknown': () => 'Встречи только на классном часе, а его время не указано.',
    'during-lessons': facts => `У этих классов в это время уроки: ${span(facts)}.`,
    'topic-not-for-audience': ({ audience }, say) => `Тема не для этой аудитории: ${say.audience(audience)}.`,
    'audience-not-at-host': ({ audience, hostKind }, say) =>
      `Такой аудитории в этой организации нет: ${say.hostKind(hostKind)}, ${say.audience(audience)}.`,
    'adults-only': () => 'Тема только для взрослых.',
    'topic-not-for-grades': ({ grades, from, to }) =>
      `Тема не для этих классов: ${grades.join(', ')}. Классы темы: ${from}–${to}.`,
    'too-few-heads': ({ heads, least }) => `Слушателей слишком мало: ${heads}. Наименьшее число: ${least}.`,
    'too-many-heads': ({ heads, most }) => `Слушателей слишком много: ${heads}. Наибольшее число: ${most}.`,
    'topic-not-in-language': ({ languages, given }, say) =>
      `На этом языке тему не ведут: ${list(languages, say.language)}. Языки темы: ${list(given, say.language)}.`,
    'law-unchecked': ({ asOf }, say) =>
      asOf
        ? `Правовая часть темы могла устареть. Дата проверки: ${say.date(asOf)}.`
        : 'Правовая часть темы не проверена.',
    'lacks-profession': ({ speakerId, profession }, say) =>
      `${say.speaker(speakerId)}: нет специальности (${say.profession(profession)}).`,
    'not-for-topic': ({ speakerId }, say) => `${say.speaker(speakerId)}: не ведёт эту тему.`,
    'not-for-audience': ({ speakerId, audience }, say) =>
      `${say.speaker(speakerId)}: не работает с этой аудиторией (${say.audience(audience)}).`,
    'not-in-district': ({ speakerId, district }, say) =>
      `${say.speaker(speakerId)}: не выезжает в этот район (${say.district(district)}).`,
    'lacks-language': ({ speakerId, languages }, say) =>
      `${say.speaker(speakerId)}: не ведёт встречи на нужном языке (${list(languages, say.language)}).`,
    paused: ({ speakerId, to }, say) =>
      `${say.speaker(speakerId)}: временно не участвует${to ? `. Последний день: ${say.date(to)}` : ''}.`,
    left: ({ speakerId, on }, say) => `${say.speaker(speakerId)}: больше не выступает (${say.date(on)}).`,
    'credential-missing': ({ speakerId, kind }, say) =>
      `${say.speaker(speakerId)}: нет допуска (${say.credential(kind)}).`,
    'credential-expired': ({ speakerId, kind, until }, say) =>
      `${say.speaker(speakerId)}: срок допуска истёк (${say.credential(kind)}, ${say.date(until)}).`,
    'day-limit': ({ speakerId, limit }, say) =>
      `${say.speaker(speakerId)}: исчерпан предел на день (${ruTalks(limit)}).`,
    'week-limit': ({ speakerId, limit }, say) =>
      `${say.speaker(speakerId)}: исчерпан предел на неделю (${ruTalks(limit)}).`,
    'month-limit': ({ speakerId, limit }, say) =>
      `${say.speaker(speakerId)}: исчерпан предел на месяц (${ruTalks(limit)}).`,
    'outside-hours': ({ speakerId, weekday, hours }, say) =>
      hours.length > 0
        ? `${say.speaker(speakerId)}: свободное время – ${say.weekday(weekday)}, ${spans(hours)}.`
        : `${say.speaker(speakerId)}: в этот день нет свободного времени (${say.weekday(weekday)}).`,
    busy: (facts, say) => `${say.speaker(facts.speakerId)}: занято, ${span(facts)}.`,
    absent: (facts, say) => `${say.speaker(facts.speakerId)}: отсутствие, ${span(facts)}.`,
    engaged: (facts, say) => `${say.speaker(facts.speakerId)}: другая встреча, ${span(facts)}.`,
    elsewhere: (facts, say) => `${say.speaker(facts.speakerId)}: время занято в другом Доме дружбы, ${span(facts)}.`,
    'travel-before': ({ speakerId, endsAt, minutes }, say) =>
      `${say.speaker(speakerId)}: не успеть после предыдущей встречи. Её окончание: ${clock(endsAt)}, дорога: ${ruMinutes(minutes)}.`,
    'travel-after': ({ speakerId, startsAt, minutes }, say) =>
      `${say.speaker(speakerId)}: не успеть на следующую встречу. Её начало: ${clock(startsAt)}, дорога: ${ruMinutes(minutes)}.`,
  },
  warning: {
    'outside-wishes': () => 'Это время не входит в варианты из заявки: согласуйте с организацией.',
    'notice-waived': ({ minutes }) => `На подготовку меньше времени, чем обычно (${ruNotice(minutes)}).`,
    'latest-waived': ({ latest }, say) => `Позже крайнего срока заявки: ${say.day(latest)}.`,
    'more-than-seats': ({ heads, seats }) => `В зале не хватит мест. Слушателей: ${heads}, мест: ${seats}.`,
    'calendar-unread': ({ speakerId, since }, say) =>
      `${say.speaker(speakerId)}: личный календарь не читается с даты: ${say.date(since)}.`,
    'short-version': ({ minutes, topicMinutes }) =>
      `Краткий вариант: ${ruMinutes(minutes)}. Полный: ${ruMinutes(topicMinutes)}.`,
    'ban-near': ({ names, from, to, guess }, say) =>
      `Неудобное время: ${names.ru}, ${days(from, to, say)}${guess ? ' (даты не подтверждены)' : ''}.`,
    'holiday-may-shift': ({ day, names }, say) => `Праздник может сдвинуться на день: ${names.ru}, ${say.day(day)}.`,
    'works-instead': ({ day, insteadOf }, say) =>
      `Рабочий день по переносу: ${say.day(day)}. День отдыха: ${say.day(insteadOf)}.`,
    'law-unchecked-warning': ({ asOf }, say) =>
      asOf
        ? `Проверьте правовую часть темы. Последняя проверка: ${say.date(asOf)}.`
        : 'Правовая часть темы не проверена.',
    'approval-ends': ({ until }, say) =>
      `Утверждение материалов заканчивается раньше. Последний день: ${say.date(until)}.`,
    'written-request': () => 'Эта тема проводится только по письменной заявке организации.',
  },
  reason: {
    'all-free': ({ people }) => (people > 2 ? 'все свободны' : people === 2 ? 'оба свободны' : 'время свободно'),
    speak: ({ languages }, say) => `язык: ${list(languages, say.language)}`,
    paired: ({ speakerId, profession }, say) => `${say.speaker(speakerId)} (${say.profession(profession)}) – в паре`,
    'on-the-way': ({ speakerId, minutes }, say) => `${say.speaker(speakerId)}: дорога ${ruMinutes(minutes)}`,
    'home-district': ({ speakerId }, say) => `${say.speaker(speakerId)}: живёт в этом районе`,
    'no-way': () => 'ехать не нужно',
    'least-served': ({ speakerId, talks }, say) =>
      `${say.speaker(speakerId)}: наименьшая нагрузка (за месяц ${ruTalks(talks)})`,
    overridden: ({ speakerId, wish, until }, say) =>
      `${say.speaker(speakerId)}: ${wish === 'more' ? 'больше' : 'меньше'} встреч по решению координатора (последний день: ${say.date(until)})`,
    wish: ({ wish, of }) => `вариант времени: ${wish} из ${of}`,
    'class-hour': () => 'классный час',
  },
  change: {
    'other-time': facts => `Другое время: ${span(facts)}.`,
    'other-day': (facts, say) => `Другой день: ${say.day(facts.day)}, ${span(facts)}.`,
    'later-date': ({ latest }, say) => `Продлить крайний срок: ${say.day(latest)}.`,
    'waive-notice': ({ minutes }) => `Сократить срок подготовки (обычно ${ruNotice(minutes)}).`,
    'check-law': () => 'Проверить правовую часть темы и записать дату.',
    'other-language': ({ language }, say) => `Добавить язык: ${say.language(language)}.`,
    online: () => 'Провести онлайн.',
    'split-group': ({ parts, heads }) =>
      `Разделить слушателей: ${parts} ${plural('ru', parts, { one: 'группа', few: 'группы', many: 'групп', other: 'группы' })}, в каждой ${ruPeople(heads)}.`,
    'larger-group': ({ heads }) => `Собрать больше слушателей. Наименьшее число: ${heads}.`,
    'fewer-grades': ({ grades }) => `Только эти классы: ${grades.join(', ')}.`,
    shorter: ({ minutes }) => `Краткая встреча: ${ruMinutes(minutes)}.`,
    'one-more-speaker': ({ anyOf, languages }, say) =>
      `Ещё один лектор: ${list(anyOf, say.profession)}; язык: ${list(languages, say.language)}.`,
    'one-more-talk': ({ speakerId, limit, per }, say) =>
      `${say.speaker(speakerId)}: ещё одна встреча (предел ${{ day: 'на день', week: 'на неделю', month: 'на месяц' }[per]}: ${limit}).`,
    'ask-hours': ({ speakerId }, say) => `${say.speaker(speakerId)}: попросить прийти в другие часы.`,
    'other-district': ({ speakerId }, say) => `${say.speaker(speakerId)}: попросить выехать в другой район.`,
    'take-topic': ({ speakerId }, say) => `${say.speaker(speakerId)}: попросить взять эту тему.`,
    'take-audience': ({ speakerId }, say) => `${say.speaker(speakerId)}: попросить взять эту аудиторию.`,
    'renew-credential': ({ speakerId, kind }, say) =>
      `${say.speaker(speakerId)}: обновить допуск (${say.credential(kind)}).`,
  },
}

const en: Words = {
  refusal: {
    'ends-before-it-starts': () => 'The end must come after the start.',
    'in-the-past': () => 'This time has passed.',
    'short-notice': ({ minutes }) => `Too little time to prepare. Shortest notice: ${enNotice(minutes)}.`,
    'after-latest': ({ latest }, say) => `This is after the latest date: ${say.day(latest)}.`,
    'outside-windows': () => 'This time is not among those the host asked for.',
    'host-not-online': () => 'This host cannot hold talks online.',
    'hall-taken': facts => `The hall is taken: ${span(facts)}.`,
    'no-hall-for': ({ heads, seats }) => `No hall is large enough. Listeners: ${heads}, most seats: ${seats}.`,
    'unknown-speaker': () => 'This speaker is not on the list.',
    twice: ({ speakerId }, say) => `${say.speaker(speakerId)}: twice in the team.`,
    'team-unfilled': ({ anyOf }, say) => `A place in the team is empty: ${list(anyOf, say.profession)}.`,
    'no-place-for': ({ speakerId, profession }, say) =>
      `${say.speaker(speakerId)} (${say.profession(profession)}): no place in this team.`,
    'too-many-people': ({ people, most }) => `Too many people in the team: ${people}. At most: ${most}.`,
    'no-shared-language': ({ languages }, say) =>
      `The team shares no language of the talk: ${list(languages, say.language)}.`,
    'pair-rule': ({ profession, pairWith }, say) =>
      `Does not go to pupils alone: ${say.profession(profession)}. Needs beside: ${list(pairWith, say.profession)}.`,
    'nobody-for': ({ anyOf, people }, say) =>
      `Nobody for this place: ${list(anyOf, say.profession)}. With this profession in all: ${enPeople(people)}.`,
    'nobody-together': () => 'There are not enough people to fill all places at once.',
    'host-day-off': ({ day, off }, say) => `${say.day(day)}: ${'names' in off ? off.names.en : 'day off'}.`,
    ban: ({ names, from, to, guess }, say) =>
      `No talks on these days: ${names.en}, ${days(from, to, say)}${guess ? ' (dates not confirmed)' : ''}.`,
    closure: ({ outcome, from, to }, say) =>
      outcome === 'online' ? `Lessons are online: ${days(from, to, say)}.` : `Lessons are off: ${days(from, to, say)}.`,
    'no-timetable': () => "The host's hours are not known.",
    'host-closed': ({ day, open }, say) =>
      open.length > 0 ? `The host is open: ${say.day(day)}, ${spans(open)}.` : `The host is closed: ${say.day(day)}.`,
    'host-lunch': facts => `Lunch at the host: ${span(facts)}.`,
    'outside-talk-windows': ({ windows }) => `Talks at this host only at: ${spans(windows)}.`,
    'grade-not-taught': ({ grades }) => `The school has no such grade: ${grades.join(', ')}.`,
    'grades-in-two-shifts': ({ grades }) => `These grades study in different shifts: ${grades.join(', ')}.`,
    'other-shift': facts => `These grades study in another shift: ${facts.shift}, ${span(facts)}.`,
    'not-whole-lessons': ({ nearest }) =>
      nearest ? `A talk takes whole lessons. Nearest time: ${span(nearest)}.` : 'A talk takes whole lessons.',
    'class-hour-only': (facts, say) => `Talks only in the class hour: ${say.weekday(facts.weekday)}, ${span(facts)}.`,
    'class-hour-unknown': () => 'Talks only in the class hour, and its time is not known.',
    'during-lessons': facts => `These grades are in lessons then: ${span(facts)}.`,
    'topic-not-for-audience': ({ audience }, say) => `The topic is not for this audience: ${say.audience(audience)}.`,
    'audience-not-at-host': ({ audience, hostKind }, say) =>
      `This host does not have this audience: ${say.hostKind(hostKind)}, ${say.audience(audience)}.`,
    'adults-only': () => 'The topic is for adults only.',
    'topic-not-for-grades': ({ grades, from, to }) =>
      `The topic is not for these grades: ${grades.join(', ')}. Its grades: ${from}–${to}.`,
    'too-few-heads': ({ heads, least }) => `Too few listeners: ${heads}. At least: ${least}.`,
    'too-many-heads': ({ heads, most }) => `Too many listeners: ${heads}. At most: ${most}.`,
    'topic-not-in-language': ({ languages, given }, say) =>
      `The topic is not given in: ${list(languages, say.language)}. Its languages: ${list(given, say.language)}.`,
    'law-unchecked': ({ asOf }, say) =>
      asOf
        ? `The legal content may be out of date. Last checked: ${say.date(asOf)}.`
        : 'The legal content has not been checked.',
    'lacks-profession': ({ speakerId, profession }, say) =>
      `${say.speaker(speakerId)}: has not this profession (${say.profession(profession)}).`,
    'not-for-topic': ({ speakerId }, say) => `${say.speaker(speakerId)}: does not give this topic.`,
    'not-for-audience': ({ speakerId, audience }, say) =>
      `${say.speaker(speakerId)}: does not speak to this audience (${say.audience(audience)}).`,
    'not-in-district': ({ speakerId, district }, say) =>
      `${say.speaker(speakerId)}: does not go to this district (${say.district(district)}).`,
    'lacks-language': ({ speakerId, languages }, say) =>
      `${say.speaker(speakerId)}: does not speak ${list(languages, say.language)}.`,
    paused: ({ speakerId, to }, say) =>
      `${say.speaker(speakerId)}: takes a pause${to ? `. Last day: ${say.date(to)}` : ''}.`,
    left: ({ speakerId, on }, say) => `${say.speaker(speakerId)}: speaks no more (${say.date(on)}).`,
    'credential-missing': ({ speakerId, kind }, say) =>
      `${say.speaker(speakerId)}: has no credential (${say.credential(kind)}).`,
    'credential-expired': ({ speakerId, kind, until }, say) =>
      `${say.speaker(speakerId)}: the credential has expired (${say.credential(kind)}, ${say.date(until)}).`,
    'day-limit': ({ speakerId, limit }, say) =>
      `${say.speaker(speakerId)}: the limit of the day is reached (${enTalks(limit)}).`,
    'week-limit': ({ speakerId, limit }, say) =>
      `${say.speaker(speakerId)}: the limit of the week is reached (${enTalks(limit)}).`,
    'month-limit': ({ speakerId, limit }, say) =>
      `${say.speaker(speakerId)}: the limit of the month is reached (${enTalks(limit)}).`,
    'outside-hours': ({ speakerId, weekday, hours }, say) =>
      hours.length > 0
        ? `${say.speaker(speakerId)}: free on ${say.weekday(weekday)}, ${spans(hours)}.`
        : `${say.speaker(speakerId)}: has no free time on ${say.weekday(weekday)}.`,
    busy: (facts, say) => `${say.speaker(facts.speakerId)}: busy, ${span(facts)}.`,
    absent: (facts, say) => `${say.speaker(facts.speakerId)}: away, ${span(facts)}.`,
    engaged: (facts, say) => `${say.speaker(facts.speakerId)}: has another talk, ${span(facts)}.`,
    elsewhere: (facts, say) => `${say.speaker(facts.speakerId)}: busy in another House, ${span(facts)}.`,
    'travel-before': ({ speakerId, endsAt, minutes }, say) =>
      `${say.speaker(speakerId)}: cannot get here from the talk before. It ends at ${clock(endsAt)}, the way takes ${enMinutes(minutes)}.`,
    'travel-after': ({ speakerId, startsAt, minutes }, say) =>
      `${say.speaker(speakerId)}: cannot get to the next talk. It starts at ${clock(startsAt)}, the way takes ${enMinutes(minutes)}.`,
  },
  warning: {
    'outside-wishes': () => 'The host did not ask for this time: agree on it first.',
    'notice-waived': ({ minutes }) => `Less time to prepare than usual (${enNotice(minutes)}).`,
    'latest-waived': ({ latest }, say) => `After the latest date of the request: ${say.day(latest)}.`,
    'more-than-seats': ({ heads, seats }) => `Not enough seats in the hall. Listeners: ${heads}, seats: ${seats}.`,
    'calendar-unread': ({ speakerId, since }, say) =>
      `${say.speaker(speakerId)}: own calendar not read since ${say.date(since)}.`,
    'short-version': ({ minutes, topicMinutes }) =>
      `Short version: ${enMinutes(minutes)}. In full: ${enMinutes(topicMinutes)}.`,
    'ban-near': ({ names, from, to, guess }, say) =>
      `An awkward time: ${names.en}, ${days(from, to, say)}${guess ? ' (dates not confirmed)' : ''}.`,
    'holiday-may-shift': ({ day, names }, say) => `A holiday may shift by a day: ${names.en}, ${say.day(day)}.`,
    'works-instead': ({ day, insteadOf }, say) =>
      `A working day by exchange: ${say.day(day)}. Day off: ${say.day(insteadOf)}.`,
    'law-unchecked-warning': ({ asOf }, say) =>
      asOf ? `Check the legal content. Last checked: ${say.date(asOf)}.` : 'The legal content has not been checked.',
    'approval-ends': ({ until }, say) => `The approval of the materials ends before. Last day: ${say.date(until)}.`,
    'written-request': () => 'This topic is held only on the written request of the host.',
  },
  reason: {
    'all-free': ({ people }) => (people > 2 ? 'all free' : people === 2 ? 'both free' : 'free'),
    speak: ({ people, languages }, say) => `${people > 1 ? 'speak' : 'speaks'} ${list(languages, say.language)}`,
    paired: ({ speakerId, profession }, say) => `${say.speaker(speakerId)} (${say.profession(profession)}) in a pair`,
    'on-the-way': ({ speakerId, minutes }, say) => `${say.speaker(speakerId)}: ${enMinutes(minutes)} on the way`,
    'home-district': ({ speakerId }, say) => `${say.speaker(speakerId)}: lives in this district`,
    'no-way': () => 'no journey',
    'least-served': ({ speakerId, talks }, say) =>
      `${say.speaker(speakerId)}: lightest load (${enTalks(talks)} this month)`,
    overridden: ({ speakerId, wish, until }, say) =>
      `${say.speaker(speakerId)}: ${wish === 'more' ? 'more' : 'fewer'} talks by a coordinator's decision (last day: ${say.date(until)})`,
    wish: ({ wish, of }) => `wish ${wish} of ${of}`,
    'class-hour': () => 'class hour',
  },
  change: {
    'other-time': facts => `Another time: ${span(facts)}.`,
    'other-day': (facts, say) => `Another day: ${say.day(facts.day)}, ${span(facts)}.`,
    'later-date': ({ latest }, say) => `A later last date: ${say.day(latest)}.`,
    'waive-notice': ({ minutes }) => `Shorter notice than usual (${enNotice(minutes)}).`,
    'check-law': () => 'Check the legal content and enter the date.',
    'other-language': ({ language }, say) => `One more language: ${say.language(language)}.`,
    online: () => 'Hold it online.',
    'split-group': ({ parts, heads }) => `Split the listeners: ${parts} groups of ${enPeople(heads)}.`,
    'larger-group': ({ heads }) => `Gather more listeners. At least: ${heads}.`,
    'fewer-grades': ({ grades }) => `Only these grades: ${grades.join(', ')}.`,
    shorter: ({ minutes }) => `A shorter talk: ${enMinutes(minutes)}.`,
    'one-more-speaker': ({ anyOf, languages }, say) =>
      `One more speaker: ${list(anyOf, say.profession)}; language: ${list(languages, say.language)}.`,
    'one-more-talk': ({ speakerId, limit, per }, say) =>
      `${say.speaker(speakerId)}: one more talk (${limit} a ${per}).`,
    'ask-hours': ({ speakerId }, say) => `${say.speaker(speakerId)}: ask to come outside the usual hours.`,
    'other-district': ({ speakerId }, say) => `${say.speaker(speakerId)}: ask to go to another district.`,
    'take-topic': ({ speakerId }, say) => `${say.speaker(speakerId)}: ask to give this topic.`,
    'take-audience': ({ speakerId }, say) => `${say.speaker(speakerId)}: ask to speak to this audience.`,
    'renew-credential': ({ speakerId, kind }, say) =>
      `${say.speaker(speakerId)}: renew the credential (${say.credential(kind)}).`,
  },
}

export const words = { kk, ru, en } satisfies Record<Language, Words>
