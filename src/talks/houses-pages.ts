import { dateSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import type { findOverlaps, OtherHouse } from './houses-store.ts'
import { type HousesWords, words } from './houses-words.ts'

declare module '../base/http/pages.ts' {
  interface Views {
    'speakers/houses': {
      title: string
      say: HousesWords
      invitations: number
      houses: { name: string; joined: boolean; action: string }[]
      refused: boolean
      overlaps: { href: string; text: string }[]
    }
  }
}

export function housesPage(
  language: Language,
  houses: OtherHouse[],
  overlaps: Awaited<ReturnType<typeof findOverlaps>> | undefined,
) {
  const say = words[language]
  return {
    title: say.title,
    say,
    houses: houses.map(({ id, name, joined }) => ({
      name,
      joined,
      action: `/me/houses/${id}/${joined ? 'parting' : 'joining'}`,
    })),
    refused: overlaps !== undefined,
    overlaps: (overlaps ?? []).map(row => ({
      href: `/me/talks/${row.id}`,
      text: `${dateSaid(language, row.day)}, ${row.from.slice(0, 5)}, ${row.host}`,
    })),
  }
}
