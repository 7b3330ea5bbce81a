import { trilingual } from '../i18n/trilingual.ts'

export const words = trilingual({
  kk: { pdf: 'PDF жүктеу', print: 'Басып шығару', back: 'Артқа' },
  ru: { pdf: 'Скачать PDF', print: 'Печать', back: 'Назад' },
  en: { pdf: 'Download PDF', print: 'Print', back: 'Back' },
})
