import { plural } from '../base/i18n/plural.ts'
import { trilingual } from '../base/i18n/trilingual.ts'

export const words = trilingual({
  kk: {
    title: 'Мектепке және ұжымға тегін кездесулер',
    description:
      'Психолог, заңгер, тарихшы және тәлімгер мектепке, колледжге, жұмыс орнына тегін келеді. Өтінім беру — үш минут.',
    heading: 'Мамандар мектебіңізге өздері келеді',
    lead: 'Психолог, заңгер, тарихшы және тәлімгер отбасы, құқық және өзара құрмет туралы әңгімелеседі. Тегін, қазақша және орысша.',
    ask: 'Кездесуге өтінім беру',
    asked: '3 минут, тіркелу қажет емес',
    soon: 'Жақын бос уақыт',
    soonHint: 'Мектепте',
    topics: 'Тақырыптар',
    audiences: 'Тыңдаушылар',
    all: (count: number) => `Барлық ${count} тақырып`,
    how: 'Қалай өтеді',
    steps: [
      ['Өтінім бересіз', 'Тақырыпты және бос уақытты таңдайсыз.'],
      ['Бір жұмыс күнінде жауап береміз', 'Кім келетіні, уақыты және не дайындау керегі хатпен келеді.'],
      ['Дәріскерлер келеді', 'Әңгіме, сұрақ-жауап, соңында анонимді пікір.'],
    ] as [string, string][],
    year: 'Осы оқу жылында',
    talks: (_: number): string => 'кездесу',
    hosts: (_: number): string => 'мекеме',
    heads: (_: number): string => 'тыңдаушы',
    help: 'Көмек керек болса',
  },
  ru: {
    title: 'Бесплатные встречи для школ и коллективов',
    description:
      'Психолог, юрист, историк и наставник бесплатно приезжают в школу, колледж, на работу. Заявка занимает три минуты.',
    heading: 'Специалисты сами приедут в вашу школу',
    lead: 'Психолог, юрист, историк и наставник говорят о семье, праве и взаимном уважении. Бесплатно, на казахском и русском.',
    ask: 'Подать заявку на встречу',
    asked: '3 минуты, без регистрации',
    soon: 'Ближайшее свободное время',
    soonHint: 'В школе',
    topics: 'Темы',
    audiences: 'Слушатели',
    all: count => `Все темы: ${count}`,
    how: 'Как это проходит',
    steps: [
      ['Подаёте заявку', 'Выбираете тему и свободное время.'],
      ['Отвечаем за один рабочий день', 'Придёт письмо: кто приедет, когда и что подготовить.'],
      ['Лекторы приезжают', 'Беседа, вопросы и ответы, в конце анонимный отзыв.'],
    ],
    year: 'В этом учебном году',
    talks: count => plural('ru', count, { one: 'встреча', few: 'встречи', many: 'встреч', other: 'встречи' }),
    hosts: count =>
      plural('ru', count, { one: 'организация', few: 'организации', many: 'организаций', other: 'организации' }),
    heads: count => plural('ru', count, { one: 'слушатель', few: 'слушателя', many: 'слушателей', other: 'слушателя' }),
    help: 'Если нужна помощь',
  },
  en: {
    title: 'Free talks for schools and workplaces',
    description:
      'A psychologist, lawyer, historian and mentor come to your school, college or workplace for free. Asking takes three minutes.',
    heading: 'Experts come to your school',
    lead: 'A psychologist, lawyer, historian and mentor talk about family, law and respect. Free, in Kazakh and Russian.',
    ask: 'Ask for a talk',
    asked: '3 minutes, no account',
    soon: 'Next free times',
    soonHint: 'At a school',
    topics: 'Topics',
    audiences: 'Audience',
    all: count => `All ${count} topics`,
    how: 'How it works',
    steps: [
      ['You ask for a talk', 'Choose a topic and a free time.'],
      ['We reply within one working day', 'A letter says who comes, when, and what to prepare.'],
      ['The speakers come', 'A talk, questions and answers, anonymous feedback at the end.'],
    ],
    year: 'This school year',
    talks: count => plural('en', count, { one: 'talk', other: 'talks' }),
    hosts: count => plural('en', count, { one: 'place', other: 'places' }),
    heads: count => plural('en', count, { one: 'listener', other: 'listeners' }),
    help: 'If you need help',
  },
})
export type HomeWords = (typeof words)['kk']
