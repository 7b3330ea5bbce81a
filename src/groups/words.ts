import { plural } from '../base/i18n/plural.ts'
import { trilingual } from '../base/i18n/trilingual.ts'

export const words = trilingual({
  kk: {
    title: 'Топтар',
    group: 'Топ',
    add: 'Жаңа топ',
    none: 'Әзірге топ жоқ. Біріншісін қосыңыз.',
    everywhere: 'Барлық ауданға барады',
    districtsHint: 'Ештеңе белгіленбесе, мүшелері барлық ауданға барады.',
    members: 'Мүшелері',
    noMembers: 'Мүшелері жоқ',
    noPeople: 'Достық үйінде әзірге дәріскер жоқ.',
    people: (count: number) => `${count} адам`,
  },
  ru: {
    title: 'Группы',
    group: 'Группа',
    add: 'Новая группа',
    none: 'Групп пока нет. Добавьте первую.',
    everywhere: 'Все районы',
    districtsHint: 'Если ничего не отмечено, участники ездят во все районы.',
    members: 'Участники',
    noMembers: 'Участников нет',
    noPeople: 'В Доме дружбы пока нет лекторов.',
    people: (count: number) => `${count} чел.`,
  },
  en: {
    title: 'Groups',
    group: 'Group',
    add: 'New group',
    none: 'No groups yet. Add the first.',
    everywhere: 'All districts',
    districtsHint: 'Nothing chosen means that its members go to all districts.',
    members: 'Members',
    noMembers: 'No members',
    noPeople: 'This House has no speakers yet.',
    people: (count: number) => `${count} ${plural('en', count, { one: 'person', other: 'people' })}`,
  },
})
export type GroupWords = (typeof words)['kk']
