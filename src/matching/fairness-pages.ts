import { dateDigits } from '../base/i18n/dates.ts'
import { byName } from '../base/i18n/fold.ts'
import type { Language } from '../base/i18n/language.ts'
import { type Day, wallOf } from '../base/time.ts'
import type { Choice, DateField } from '../houses/field-pages.ts'
import { overrideReasons, type Wish, wishOf } from '../speakers/fairness-rules.ts'
import type { Fairness, OverrideRow } from './fairness-store.ts'
import { type FairnessWords, words } from './fairness-words.ts'

type Names = { speakers: Map<string, string> }
type Column = { href: string; text: string; sorted: boolean; number: boolean }
export type FairnessLine = {
  href: string
  change: string
  name: string
  talks: string
  travel: string
  ahead: string
  offered: string
  away: string
  share: string
  width: number
  override: string
}
const columns = ['name', 'share', 'talks', 'travel', 'ahead', 'offered'] as const
export type FairnessColumn = (typeof columns)[number]
export const isColumn = (text: string): text is FairnessColumn => columns.some(each => each === text)

declare module '../base/http/pages.ts' {
  interface Views {
    'matching/fairness': {
      title: string
      say: FairnessWords
      back: string
      spread: string
      columns: Column[]
      rows: FairnessLine[]
    }
    'matching/fairness-one': {
      title: string
      say: FairnessWords
      action: string
      done: string
      line: FairnessLine
      stands: boolean
      errors: { href: string; text: string }[]
      wrong: Partial<Record<OverrideField, string>>
      wishes: Choice[]
      reasons: Choice[]
      until: DateField
      history: { what: string; by: string }[]
    }
  }
}

const hours = (language: Language, value: number): string => {
  const text = value.toFixed(1)
  return language === 'en' ? text : text.replace('.', ',')
}
const percent = (language: Language, share: number): string =>
  language === 'en' ? `${Math.round(share * 100)}%` : `${Math.round(share * 100)}\u00a0%`

/** Everybody's load, in the order that was asked for. */
export function fairnessPage(language: Language, people: Fairness[], names: Names, by: FairnessColumn) {
  const say = words[language]
  const name = ({ speaker }: Fairness) => names.speakers.get(speaker.id) ?? ''
  const key = (it: Fairness) => (by === 'name' ? 0 : by === 'share' ? it.reckoned : it[by])
  const sorted = people.toSorted((a, b) => (key(a) === key(b) ? byName(name(a), name(b)) : key(b) - key(a)))
  const shares = people.map(({ reckoned }) => reckoned).toSorted((a, b) => a - b)
  const said = (share = 0) => percent(language, share)
  return {
    title: say.title,
    say,
    spread:
      shares.length > 0 ? say.spreadText(said(shares[0]), said(shares.at(-1)), said(shares[shares.length >> 1])) : '',
    columns: columns.map(column => ({
      href: `/app/fairness?by=${column}`,
      text: say[column],
      sorted: column === by,
      number: column !== 'name',
    })),
    rows: sorted.map(each => fairnessLine(language, each, name(each))),
  }
}

export function fairnessLine(language: Language, it: Fairness, name: string): FairnessLine {
  const say = words[language]
  const { override } = it.speaker
  return {
    href: `/app/speakers/${it.speaker.id}`,
    change: `/app/fairness/${it.speaker.id}`,
    name,
    talks: hours(language, it.talks),
    travel: hours(language, it.travel),
    ahead: hours(language, it.ahead),
    offered: hours(language, it.offered),
    away: it.daysAway > 0 ? say.away(String(it.daysAway)) : '',
    share: percent(language, it.reckoned),
    // the bar ends at a twofold share
    width: Math.round(Math.min(2, it.reckoned) * 100),
    override: override ? `${say.overridden[wishOf(override.weight)]}, ${say.until(dateDigits(override.until))}` : '',
  }
}

export type OverrideField = 'wish' | 'reason' | 'until'
export type OverrideTyped = Record<OverrideField, string>

/** One speaker's share, what a coordinator says to it, and what was said before. */
export function fairnessOne(
  language: Language,
  { it, name, zone, today }: { it: Fairness; name: string; zone: string; today: Day },
  history: OverrideRow[],
  { typed, wrong, saved }: { typed: OverrideTyped; wrong: OverrideField[]; saved: boolean },
) {
  const say = words[language]
  const mistakes = Object.fromEntries(wrong.map(field => [field, say.mistakes[field]]))
  return {
    title: `${say.title}: ${name}`,
    say,
    action: `/app/fairness/${it.speaker.id}`,
    done: saved ? say.saved : '',
    line: fairnessLine(language, it, name),
    stands: it.speaker.override !== undefined,
    errors: wrong.map(field => ({ href: `#${field}`, text: say.mistakes[field] })),
    wrong: mistakes,
    wishes: (['more', 'fewer'] as Wish[]).map(value => ({
      value,
      text: say.overridden[value],
      checked: typed.wish === value,
    })),
    reasons: overrideReasons.map(value => ({ value, text: say.reasons[value], checked: typed.reason === value })),
    until: { id: 'until', label: say.lastDay, hint: say.lastDayHint, value: typed.until, error: mistakes['until'] },
    history: history.map(row => {
      const on = (at: OverrideRow['setAt']) => dateDigits(wallOf(at, zone).day)
      const ended = row.endedAt
        ? say.endedOn(on(row.endedAt), row.endedBy[language])
        : row.until < today
          ? say.replaced(dateDigits(row.until))
          : ''
      return {
        what: [
          say.overridden[wishOf(row.weight)],
          say.reasons[row.reason],
          say.until(dateDigits(row.until)),
          ...(ended ? [ended] : []),
        ].join(' · '),
        by: [on(row.setAt), row.setBy[language]].join(', '),
      }
    }),
  }
}
