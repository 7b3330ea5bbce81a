import { trilingual } from '../../base/i18n/trilingual.ts'

/** What the school year forbids or warns of, beside its breaks. */
export const words = trilingual({
  kk: { exams: 'Қорытынды емтихандар', tests: 'Тоқсандық бақылау аптасы' },
  ru: { exams: 'Итоговые экзамены', tests: 'Неделя четвертных работ' },
  en: { exams: 'Final exams', tests: 'Week of quarter tests' },
})
