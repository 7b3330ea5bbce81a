import { plural } from '../base/i18n/plural.ts'
import { trilingual } from '../base/i18n/trilingual.ts'

export const words = trilingual({
  kk: {
    series: 'Топтама',
    count: (count: number) => `Топтама: ${count} ${plural('kk', count, { one: 'күн', other: 'күн' })}`,
    make: 'Топтама жасау',
    plan: 'Топтаманы жоспарлау',
    quoted: (name: string) => (name.startsWith('«') ? name : `«${name}»`),
  },
  ru: {
    series: 'Серия',
    count: count => `Серия: ${count} ${plural('ru', count, { one: 'дата', few: 'даты', many: 'дат', other: 'даты' })}`,
    make: 'Сделать серией',
    plan: 'План серии',
    quoted: name => (name.startsWith('«') ? name : `«${name}»`),
  },
  en: {
    series: 'Series',
    count: count => `Series: ${count} ${plural('en', count, { one: 'date', other: 'dates' })}`,
    make: 'Make a series',
    plan: 'Plan the series',
    quoted: name => (name.startsWith('«') ? name : `“${name}”`),
  },
})
