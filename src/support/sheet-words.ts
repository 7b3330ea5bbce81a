import { trilingual } from '../base/i18n/trilingual.ts'

/** The sheet that stays in the classroom: kk and ru stand on it in any case. */
export const words = trilingual({
  kk: {
    heading: 'Көмек бар',
    lead: 'Өзіңізге немесе жақыныңызға қиын болса, қоңырау шалыңыз.',
    first: '111: тегін, анонимді, тәулік бойы',
    danger: 'Өмірге қауіп төнсе:',
    scan: 'Барлық нөмір осы бетте. Атыңыз сұралмайды.',
  },
  ru: {
    heading: 'Помощь есть',
    lead: 'Если трудно вам или близкому человеку, позвоните.',
    first: '111: бесплатно, анонимно, круглосуточно',
    danger: 'При угрозе жизни:',
    scan: 'Все номера на этой странице. Имя не спрашивают.',
  },
  en: {
    heading: 'There is help',
    lead: 'If you or someone close to you is having a hard time, call.',
    first: '111: free, anonymous, day and night',
    danger: 'If life is in danger:',
    scan: 'All numbers are on this page. Nobody asks your name.',
  },
})
