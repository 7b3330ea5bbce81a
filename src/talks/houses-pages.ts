import { dateSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import type { LimitField } from '../speakers/wish-rules.ts'
import { words as profileWords } from '../speakers/words.ts'
import type { findOverlaps, OtherHouse } from './houses-store.ts'
import { type HousesWords, words } from './houses-words.ts'

declare module '../base/http/pages.ts' {
  interface Views {
    'speakers/houses': {
      title: string
      say: HousesWords
      invitations: number
      houses: { name: string; joined: boolean; action: string; limits: LimitsForm }[]
      summary: { href: string; text: string }[]
      refused: boolean
      overlaps: { href: string; text: string }[]
    }
  }
}

type LimitsForm = {
  action: string
  fields: { id: string; name: LimitField; label: string; value: string; error: string | undefined }[]
}
export type LimitsTyped = { of: string; fields: Record<LimitField, string>; mistakes: LimitField[] }
const limits = ['day', 'week', 'month'] as const

export function housesPage(
  language: Language,
  houses: OtherHouse[],
  overlaps: Awaited<ReturnType<typeof findOverlaps>> | undefined,
  typed?: LimitsTyped,
) {
  const say = words[language]
  const { perDay: day, perWeek: week, perMonth: month, mistakes } = profileWords[language]
  const its = { day, week, month }
  return {
    title: say.title,
    say,
    houses: houses.map(({ id, name, joined, limitDay: day, limitWeek: week, limitMonth: month }) => ({
      name,
      joined,
      action: `/me/houses/${id}/${joined ? 'parting' : 'joining'}`,
      limits: {
        action: `/me/houses/${id}/limits`,
        fields: limits.map(field => ({
          id: `${field}-${id}`,
          name: field,
          label: its[field],
          value: typed?.of === id ? typed.fields[field] : String({ day, week, month }[field]),
          error: typed?.of === id && typed.mistakes.includes(field) ? mistakes[field] : undefined,
        })),
      },
    })),
    summary: (typed?.mistakes ?? []).map(field => ({ href: `#${field}-${typed?.of}`, text: mistakes[field] })),
    refused: overlaps !== undefined,
    overlaps: (overlaps ?? []).map(row => ({
      href: `/me/talks/${row.id}`,
      text: `${dateSaid(language, row.day)}, ${row.from.slice(0, 5)}, ${row.host}`,
    })),
  }
}
