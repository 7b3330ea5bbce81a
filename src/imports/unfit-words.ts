import { trilingual } from '../base/i18n/trilingual.ts'

export const words = trilingual({
  kk: {
    unfit: 'Мына кездесулер бұл өзгерістен кейін сәйкес келмейді:',
    count: (talks: number) =>
      `Файл енгізілсе, алдағы кездесулердің біразы дәріскерлерге сәйкес келмейді, бірақ тағайындалған күйінде қалады. Саны: ${talks}`,
  },
  ru: {
    unfit: 'После этого изменения не подойдут встречи:',
    count: (talks: number) =>
      `После загрузки часть назначенных встреч перестанет подходить лекторам, но останется как есть. Встреч: ${talks}`,
  },
  en: {
    unfit: 'After this change these talks would no longer fit:',
    count: (talks: number) =>
      `Once imported, some booked talks would no longer fit their speakers; they stay as they are. Talks: ${talks}`,
  },
})
