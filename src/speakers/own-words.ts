import { trilingual } from '../base/i18n/trilingual.ts'

/** What a speaker may change of themself, and where their share is shown. */
export const words = trilingual({
  kk: {
    ownDistricts: 'Баратын аудандарым',
    change: 'Тілдерді, аудандарды, тақырыптарды өзгерту',
    share: 'Менің үлесім мен құжаттарым',
  },
  ru: {
    ownDistricts: 'Районы, куда я езжу',
    change: 'Изменить языки, районы, темы',
    share: 'Моя доля и документы',
  },
  en: {
    ownDistricts: 'Districts I go to',
    change: 'Change languages, districts, topics',
    share: 'My share and papers',
  },
})
