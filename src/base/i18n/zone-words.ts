import { trilingual } from './trilingual.ts'

/** How the zones of the country are called, by their name in tzdata. */
export const words = trilingual({
  kk: {
    cities: {
      'Asia/Almaty': 'Алматы',
      'Asia/Aqtau': 'Ақтау',
      'Asia/Aqtobe': 'Ақтөбе',
      'Asia/Atyrau': 'Атырау',
      'Asia/Oral': 'Орал',
      'Asia/Qostanay': 'Қостанай',
      'Asia/Qyzylorda': 'Қызылорда',
    } as Record<string, string>,
    said: (city: string) => `${city} уақыты`,
  },
  ru: {
    cities: {
      'Asia/Almaty': 'Алматы',
      'Asia/Aqtau': 'Актау',
      'Asia/Aqtobe': 'Актобе',
      'Asia/Atyrau': 'Атырау',
      'Asia/Oral': 'Уральск',
      'Asia/Qostanay': 'Костанай',
      'Asia/Qyzylorda': 'Кызылорда',
    },
    // only this name is the same in all cases
    said: (city: string) => (city === 'Алматы' ? 'время Алматы' : `местное время: ${city}`),
  },
  en: {
    cities: {
      'Asia/Almaty': 'Almaty',
      'Asia/Aqtau': 'Aktau',
      'Asia/Aqtobe': 'Aktobe',
      'Asia/Atyrau': 'Atyrau',
      'Asia/Oral': 'Oral',
      'Asia/Qostanay': 'Kostanay',
      'Asia/Qyzylorda': 'Kyzylorda',
    },
    said: (city: string) => `${city} time`,
  },
})
