import { trilingual } from '../base/i18n/trilingual.ts'

/** Papers that end: on the list of speakers, on the page of one, in the speaker's own profile. */
export const words = trilingual({
  kk: {
    renew: 'Рұқсат құжатын жаңарту керек',
    renewText: 'Мерзімі өткен құжатпен дәріскер кездесуге тағайындалмайды.',
    over: (kind: string, until: string) => `${kind}. Мерзімі өтті, соңғы күні: ${until}`,
    soon: (kind: string, until: string) => `${kind}. Мерзімі бітеді, соңғы күні: ${until}`,
    short: { over: 'Құжат мерзімі өтті', week: 'Құжат мерзімі бітеді', month: 'Құжат мерзімі бітеді' },
    shortOn: (text: string, until: string) => `${text}: ${until}`,
    own: 'Жаңа құжатты үйлестірушіге беріңіз.',
  },
  ru: {
    renew: 'Пора обновить допуск',
    renewText: 'С истёкшим допуском лектор на встречи не назначается.',
    over: (kind: string, until: string) => `${kind}. Срок истёк, последний день: ${until}`,
    soon: (kind: string, until: string) => `${kind}. Срок заканчивается, последний день: ${until}`,
    short: { over: 'Допуск истёк', week: 'Допуск заканчивается', month: 'Допуск заканчивается' },
    shortOn: (text: string, until: string) => `${text}: ${until}`,
    own: 'Передайте новый документ координатору.',
  },
  en: {
    renew: 'A credential wants renewal',
    renewText: 'With an expired credential a speaker is not booked.',
    over: (kind: string, until: string) => `${kind}. Expired, last day: ${until}`,
    soon: (kind: string, until: string) => `${kind}. Ends soon, last day: ${until}`,
    short: { over: 'Credential expired', week: 'Credential ends', month: 'Credential ends' },
    shortOn: (text: string, until: string) => `${text}: ${until}`,
    own: 'Give the new paper to a coordinator.',
  },
})
