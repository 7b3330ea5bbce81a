import { trilingual } from '../base/i18n/trilingual.ts'

/** Texts of a release that is taken back as a whole. */
export const words = trilingual({
  kk: {
    title: 'Жариялауды қайтару',
    text: 'Барлық кездесу жойылады, өзгергендері бұрынғы қалпына келеді, ал жоба қайтадан жоба болады. Хат алып үлгермегендер ештеңе алмайды, алғандарға хабар барады.',
    until: (when: string) => `Соңғы сәті: ${when}. Одан кейін әр кездесу өз бетінде өзгертіледі.`,
    button: 'Бәрін қайтару',
    late: 'Қайтару уақыты өтіп кетті. Енді әр кездесу өз бетінде өзгертіледі.',
    taken: (count: string) => `Қайтарылған кездесу: ${count}`,
    stays: (why: string) => `Қайтарылмады: ${why}`,
    changed: 'бұл кездесу содан бері өзгерді',
  },
  ru: {
    title: 'Вернуть публикацию',
    text: 'Все встречи снимаются, изменённые возвращаются на прежнее место, а проект снова становится черновиком. Кто ещё не получил письма, не получит ничего; кто получил, узнает об этом.',
    until: (when: string) => `Последний срок: ${when}. Потом каждая встреча меняется на своей странице.`,
    button: 'Вернуть всё',
    late: 'Время, когда можно было всё вернуть, прошло. Теперь каждая встреча меняется на своей странице.',
    taken: (count: string) => `Возвращено встреч: ${count}`,
    stays: (why: string) => `Не возвращена: ${why}`,
    changed: 'эта встреча с тех пор изменилась',
  },
  en: {
    title: 'Take the release back',
    text: 'All its talks are taken off, those that changed go back to where they were, and the draft is a draft again. Who has no letter yet gets none; who has one is told.',
    until: (when: string) => `It can be taken back until: ${when}. After that each talk is changed on its own page.`,
    button: 'Take everything back',
    late: 'The time to take everything back is over. Each talk can still be changed on its own page.',
    taken: (count: string) => `Talks taken back: ${count}`,
    stays: (why: string) => `Not taken back: ${why}`,
    changed: 'this talk has changed since',
  },
})
