import { trilingual } from '../base/i18n/trilingual.ts'

// kk: to be read by a native editor
export const words = trilingual({
  kk: {
    subject: {
      online: 'Онлайн өтеді',
      postponed: 'Кейінге қалады',
      cancelled: 'Болмайды',
      lifted: 'Жоспар бойынша өтеді',
    },
    closed: (why: string) => `Мекеме жабық. Себебі: ${why}.`,
    closedBare: 'Мекеме жабық.',
    outcome: {
      online: 'Кездесу сол уақытта онлайн форматта өтеді.',
      postponed: 'Кездесу кейінге қалады. Жаңа уақыты бөлек хабарланады.',
      cancelled: 'Кездесу болмайды.',
    },
    linkSoon: 'Сілтемесі кейін жіберіледі.',
    lifted: 'Мекеме ашық. Кездесу бұрынғы уақытта өтеді.',
  },
  ru: {
    subject: {
      online: 'Пройдёт онлайн',
      postponed: 'Откладывается',
      cancelled: 'Не состоится',
      lifted: 'Пройдёт по плану',
    },
    closed: (why: string) => `Организация закрыта. Причина: ${why}.`,
    closedBare: 'Организация закрыта.',
    outcome: {
      online: 'Встреча пройдёт онлайн в то же время.',
      postponed: 'Встреча откладывается. О новом времени сообщим отдельно.',
      cancelled: 'Встреча не состоится.',
    },
    linkSoon: 'Ссылку пришлём позже.',
    lifted: 'Организация снова открыта. Встреча пройдёт в прежнее время.',
  },
  en: {
    subject: {
      online: 'Held online',
      postponed: 'Put off',
      cancelled: 'Does not take place',
      lifted: 'Takes place as planned',
    },
    closed: (why: string) => `The place is closed. Reason: ${why}.`,
    closedBare: 'The place is closed.',
    outcome: {
      online: 'The talk is held online at the same time.',
      postponed: 'The talk is put off. You will hear of the new time.',
      cancelled: 'The talk does not take place.',
    },
    linkSoon: 'The link follows.',
    lifted: 'The place is open again. The talk takes place at its old time.',
  },
})
