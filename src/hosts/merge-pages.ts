import { dateDigits } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { plusDays, wallOf } from '../base/time.ts'
import { type FreshRow, type MergeRow, undoDays } from './merge-store.ts'
import { type MergeWords, words } from './merge-words.ts'

export type MergesPart = {
  say: MergeWords
  fresh: { href: string; text: string }[]
  lines: { id: string; name: string; merged: string; until: string }[]
}

/** What was merged into a host and may be parted again, or why it may not. */
export function mergesPart(language: Language, merges: MergeRow[], zone: string, fresh: FreshRow[]): MergesPart {
  const say = words[language]
  return {
    say,
    fresh: fresh.map(({ kind, number, talkId, name }) => {
      if (kind === 'request') return { href: `/app/requests/${number}`, text: say.request(`№\u00a0${number}`) }
      if (kind === 'talk') return { href: `/app/talks/${talkId}`, text: say.talk }
      return { href: '#ch', text: say.contact(name[language]) }
    }),
    lines: merges.map(({ id, name, mergedAt, by }) => {
      const { day } = wallOf(mergedAt, zone)
      return {
        id,
        name: name[language],
        merged: say.merged(dateDigits(day), by[language]),
        until: say.until(dateDigits(plusDays(day, undoDays - 1))),
      }
    }),
  }
}
