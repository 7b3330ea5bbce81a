import { trilingual } from '../base/i18n/trilingual.ts'

/** What was agreed to, by the version that is kept with the date. A new wording gets a new version; an old one is never changed. */
export const consents = trilingual({
  kk: { '1': 'Дербес деректерімді осы кездесуді ұйымдастыру үшін жинауға және өңдеуге келісемін' },
  ru: { '1': 'Даю согласие на сбор и обработку персональных данных для организации этой встречи' },
  en: { '1': 'I agree to the collection and processing of my personal data to arrange this talk' },
})
