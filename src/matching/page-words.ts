import type { Language } from '../base/i18n/language.ts'
import { plural } from '../base/i18n/plural.ts'
import { trilingual } from '../base/i18n/trilingual.ts'

/** Names of what the data know only by id. */
export const namesOf = trilingual({
  kk: {
    languages: { kk: 'қазақша', ru: 'орысша', en: 'ағылшынша', uz: 'өзбекше', ug: 'ұйғырша' } as Record<string, string>,
    shortLanguages: { kk: 'қаз', ru: 'орыс', en: 'ағыл', uz: 'өзб', ug: 'ұйғ' } as Record<string, string>,
    hostKinds: {
      school: 'мектеп',
      college: 'колледж',
      university: 'университет',
      workplace: 'жұмыс орны',
      market: 'базар',
      'community-centre': 'қоғамдық орталық',
      'house-of-friendship': 'Достық үйі',
      custody: 'мекеме',
    } as Record<string, string>,
    credentials: { 'no-record': 'сотталмағаны туралы анықтама', medical: 'медициналық анықтама' } as Record<
      string,
      string
    >,
  },
  ru: {
    languages: { kk: 'казахский', ru: 'русский', en: 'английский', uz: 'узбекский', ug: 'уйгурский' },
    shortLanguages: { kk: 'каз', ru: 'рус', en: 'англ', uz: 'узб', ug: 'уйг' },
    hostKinds: {
      school: 'школа',
      college: 'колледж',
      university: 'университет',
      workplace: 'место работы',
      market: 'рынок',
      'community-centre': 'общественный центр',
      'house-of-friendship': 'Дом дружбы',
      custody: 'учреждение',
    },
    credentials: { 'no-record': 'справка о несудимости', medical: 'медицинская справка' },
  },
  en: {
    languages: { kk: 'Kazakh', ru: 'Russian', en: 'English', uz: 'Uzbek', ug: 'Uyghur' },
    shortLanguages: { kk: 'kaz', ru: 'rus', en: 'eng', uz: 'uzb', ug: 'uyg' },
    hostKinds: {
      school: 'school',
      college: 'college',
      university: 'university',
      workplace: 'workplace',
      market: 'market',
      'community-centre': 'community centre',
      'house-of-friendship': 'House of Friendship',
      custody: 'institution',
    },
    credentials: { 'no-record': 'certificate of no criminal record', medical: 'medical certificate' },
  },
})

const kk = {
  title: (number: number) => `№\u00a0${number}: кім келе алады`,
  back: (number: number) => `Өтінім №\u00a0${number}`,
  offers: 'Кім келе алады',
  none: 'Тілектегі уақытта ешқандай құрам келе алмайды.',
  nothingLeft: 'Өтінім қаралып қойған: жаңа нұсқа керек емес.',
  count: (count: number) => `${count} ${plural('kk', count, { one: 'нұсқа', other: 'нұсқа' })}`,
  more: (count: number) => `Тағы ${count} ${plural('kk', count, { one: 'нұсқа', other: 'нұсқа' })}`,
  book: 'Тағайындау',
  bookThis: (place: number, when: string) => `нұсқа ${place}, ${when}`,
  best: 'ең жақсысы',
  wish: (wish: number, when: string) => `Тілек ${wish}: ${when}`,
  noWish: 'Уақыт тілегі көрсетілмеген',
  impossible: 'Бұл тілектер орындалмайды',
  inTheWay: 'Не кедергі',
  wouldHelp: 'Не өзгерсе, мүмкін болады',
  notFit: 'Кім сай келмеді',
  notFitHint: (when: string) => `Уақыты: ${when}`,
  closed: 'Бұл өтінім тағайындауды күтіп тұрған жоқ.',
  waived: 'Ескерілмейді',
  waive: {
    notice: 'Дайындық мерзімін ескермеу',
    windows: 'Тілектегі уақытты ескермеу',
    latest: 'Соңғы мерзімді ескермеу',
  },
  strict: 'Барлық шарттармен көрсету',
  first: (when: string, who: string) => `Сонда: ${when}, ${who}`,
}
const ru: typeof kk = {
  title: number => `№\u00a0${number}: кто может приехать`,
  back: number => `Заявка №\u00a0${number}`,
  offers: 'Кто может приехать',
  none: 'Ни один состав не подходит на эти часы.',
  nothingLeft: 'Заявка уже рассмотрена: новые варианты не нужны.',
  count: count =>
    `${count} ${plural('ru', count, { one: 'вариант', few: 'варианта', many: 'вариантов', other: 'варианта' })}`,
  more: count =>
    `Ещё ${count} ${plural('ru', count, { one: 'вариант', few: 'варианта', many: 'вариантов', other: 'варианта' })}`,
  book: 'Назначить',
  bookThis: (place, when) => `вариант ${place}, ${when}`,
  best: 'лучший',
  wish: (wish, when) => `Пожелание ${wish}: ${when}`,
  noWish: 'Время не указано',
  impossible: 'Эти пожелания выполнить нельзя',
  inTheWay: 'Что мешает',
  wouldHelp: 'Что изменить, чтобы стало можно',
  notFit: 'Кто не подошёл',
  notFitHint: when => `Время: ${when}`,
  closed: 'Эта заявка не ждёт назначения.',
  waived: 'Не учитывается',
  waive: {
    notice: 'Не учитывать срок подготовки',
    windows: 'Не учитывать пожелания по времени',
    latest: 'Не учитывать последний срок',
  },
  strict: 'Показать со всеми условиями',
  first: (when, who) => `Тогда: ${when}, ${who}`,
}
const en: typeof kk = {
  title: number => `№\u00a0${number}: who could come`,
  back: number => `Request №\u00a0${number}`,
  offers: 'Who could come',
  none: 'No team fits these hours.',
  nothingLeft: 'The request is settled: no more offers are needed.',
  count: count => `${count} ${plural('en', count, { one: 'offer', other: 'offers' })}`,
  more: count => `${count} more ${plural('en', count, { one: 'offer', other: 'offers' })}`,
  book: 'Book',
  bookThis: (place, when) => `offer ${place}, ${when}`,
  best: 'best',
  wish: (wish, when) => `Wish ${wish}: ${when}`,
  noWish: 'No time was named',
  impossible: 'These wishes can’t be met',
  inTheWay: 'What is in the way',
  wouldHelp: 'What would make it possible',
  notFit: 'Who did not fit',
  notFitHint: when => `Time: ${when}`,
  closed: 'This request is not waiting to be booked.',
  waived: 'Set aside',
  waive: { notice: 'Set the notice aside', windows: 'Set the wished times aside', latest: 'Set the last date aside' },
  strict: 'Show with all conditions',
  first: (when, who) => `Then: ${when}, ${who}`,
}
export const words: Record<Language, typeof kk> = { kk, ru, en }
