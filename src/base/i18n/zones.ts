import type { Language, Said } from './language.ts'

const cities: Record<string, Said> = {
  'Asia/Almaty': { kk: 'Алматы', ru: 'Алматы', en: 'Almaty' },
  'Asia/Aqtau': { kk: 'Ақтау', ru: 'Актау', en: 'Aktau' },
  'Asia/Aqtobe': { kk: 'Ақтөбе', ru: 'Актобе', en: 'Aktobe' },
  'Asia/Atyrau': { kk: 'Атырау', ru: 'Атырау', en: 'Atyrau' },
  'Asia/Oral': { kk: 'Орал', ru: 'Уральск', en: 'Oral' },
  'Asia/Qostanay': { kk: 'Қостанай', ru: 'Костанай', en: 'Kostanay' },
  'Asia/Qyzylorda': { kk: 'Қызылорда', ru: 'Кызылорда', en: 'Kyzylorda' },
}

/** `Алматы уақыты` · `время Алматы` · `Almaty time`: said once on each page and letter that names times. */
export function zoneSaid(language: Language, zone: string): string {
  const city = cities[zone]?.[language] ?? zone
  if (language === 'kk') return `${city} уақыты`
  if (language === 'en') return `${city} time`
  // only this name is the same in all cases
  return city === 'Алматы' ? 'время Алматы' : `местное время: ${city}`
}
