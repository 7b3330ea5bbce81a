import { trilingual } from '../base/i18n/trilingual.ts'

export const words = trilingual({
  kk: {
    title: 'Баптаулар',
    topics: ['Тақырыптар', 'Атауы, ұзақтығы, тыңдаушылары, құрамы, материалдары'],
    groups: ['Топтар', 'Аудандары мен мүшелері'],
    travel: ['Жол уақыты', 'Аудандар арасындағы минуттар және көлік жылдамдығы'],
    calendar: ['Күнтізбе', 'Мерекелер, ауыстырылған күндер, оқу жылы, каникул, емтихан'],
    closures: ['Сабақты тоқтату', 'Аяз, жел, ауру кезінде: аудан, ауысым, сыныптар'],
    messages: ['Хаттар', 'Кімге, қашан және не жіберілді'],
    accounts: ['Есептік жазбалар', 'Кім кіре алады және не істей алады'],
    houses: ['Достық үйлері', 'Атауы, мекенжайы, мерзімдер мен ережелер'],
  },
  ru: {
    title: 'Настройки',
    topics: ['Темы', 'Название, продолжительность, слушатели, состав, материалы'],
    groups: ['Группы', 'Районы и участники'],
    travel: ['Время в пути', 'Минуты между районами и скорость транспорта'],
    calendar: ['Календарь', 'Праздники, переносы, учебный год, каникулы, экзамены'],
    closures: ['Отмена занятий', 'Мороз, ветер, болезни: районы, смены, классы'],
    messages: ['Письма', 'Кому, когда и что отправлено'],
    accounts: ['Учётные записи', 'Кто может войти и что ему доступно'],
    houses: ['Дома дружбы', 'Название, адрес, сроки и правила'],
  },
  en: {
    title: 'Settings',
    topics: ['Topics', 'Title, length, audience, team, materials'],
    groups: ['Groups', 'Districts and members'],
    travel: ['Travel times', 'Minutes between districts and speed of transport'],
    calendar: ['Calendar', 'Holidays, swapped days, school year, breaks, exams'],
    closures: ['Closures', 'Frost, wind, illness: districts, shifts, grades'],
    messages: ['Mail', 'What was sent to whom, and when'],
    accounts: ['Accounts', 'Who may sign in, and as what'],
    houses: ['Houses', 'Name, address, terms and rules'],
  },
})
