import type { Language } from '../base/i18n/language.ts'
import { trilingual } from '../base/i18n/trilingual.ts'
import type { Classes } from './class-rules.ts'

export const words = trilingual({
  kk: {
    field: 'Бірнеше параллель сынып болса (міндетті емес)',
    hint: 'Мысалы: 9А, 9Ә, 9Б немесе саны: 3. Сонда жоғарыдағы сан – бір сыныптағы адам саны. Әр сыныпқа бөлек кездесу өтеді.',
    label: 'Параллель сыныптар',
    series: 'Топтама жасау, сынып саны',
  },
  ru: {
    field: 'Если параллельных классов несколько (необязательно)',
    hint: 'Например: 9А, 9Ә, 9Б или их число: 3. Тогда число выше – это слушатели одного класса. Для каждого класса будет своя встреча.',
    label: 'Параллельные классы',
    series: 'Сделать серией, классов',
  },
  en: {
    field: 'If there are several parallel classes (optional)',
    hint: 'For example: 9A, 9B, 9C, or their number: 3. The number above is then that of one class. Each class has a talk of its own.',
    label: 'Parallel classes',
    series: 'Make a series, classes',
  },
})

/** `3: 9А, 9Ә, 9Б`; nothing for a single class. */
export const classesSaid = ({ count, names }: Classes): string =>
  count === 1 && names.length === 0 ? '' : names.length > 0 ? `${count} (${names.join(', ')})` : String(count)

/** The same as a line of its own. */
export const classesLine = (language: Language, classes: Classes): string => {
  const said = classesSaid(classes)
  return said && `${words[language].label}: ${said}`
}
