import { dateDigits, numberSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import type { Day } from '../base/time.ts'
import { words as paperWords } from '../speakers/edit-words.ts'
import type { findGiven, findPapers } from './balance-store.ts'
import { type BalanceWords, words } from './balance-words.ts'

type Hours = Record<'talks' | 'travel' | 'ahead' | 'offered' | 'reckoned' | 'daysAway', number>
type Fact = { label: string; text: string }

declare module '../base/http/pages.ts' {
  interface Views {
    'speakers/balance': {
      title: string
      say: BalanceWords
      invitations: number
      given: Fact[]
      hours: Fact[]
      papers: { text: string; ended: boolean }[]
    }
  }
}

const inHours = (language: Language, value: number): string => {
  const text = value.toFixed(1)
  return words[language].hour(language === 'en' ? text : text.replace('.', ','))
}

/** A speaker's own figures, each with its name; of nobody else is anything said. */
export function balancePage(
  language: Language,
  given: Awaited<ReturnType<typeof findGiven>>,
  fair: Hours | undefined,
  papers: Awaited<ReturnType<typeof findPapers>>,
  today: Day,
) {
  const say = words[language]
  const { kinds } = paperWords[language]
  return {
    title: say.title,
    say,
    given: [
      { label: say.held, text: numberSaid(language, given.held) },
      { label: say.listeners, text: say.people(numberSaid(language, given.heads), given.heads) },
    ],
    hours: fair
      ? [
          { label: say.talks, text: inHours(language, fair.talks) },
          { label: say.travel, text: inHours(language, fair.travel) },
          { label: say.ahead, text: inHours(language, fair.ahead) },
          { label: say.offered, text: inHours(language, fair.offered) },
          ...(fair.daysAway > 0 ? [{ label: say.away, text: String(fair.daysAway) }] : []),
          { label: say.share, text: `${Math.round(fair.reckoned * 100)}${language === 'en' ? '' : '\u00a0'}%` },
        ]
      : [],
    papers: papers.map(({ kind, note, from, until }) => ({
      text: [
        kinds[kind] ?? kind,
        ...(note ? [note] : []),
        say.since(dateDigits(from)),
        ...(until ? [say.until(dateDigits(until))] : []),
      ].join(', '),
      ended: until !== null && until < today,
    })),
  }
}
