import type { Language } from '../base/i18n/language.ts'
import { clock, type Day } from '../base/time.ts'
import { emptyWindow } from './draft-pages.ts'
import { type Choice, daysOf, type WindowRow, wishSaid } from './pages.ts'
import type { Problem, TypedWhen, Wish } from './rules.ts'
import type { Times } from './times-store.ts'
import { ownWindows, windowRows } from './when-pages.ts'
import { mostWishes, slotOf } from './when-rules.ts'
import type { Wished } from './wishes-store.ts'
import { words } from './wishes-words.ts'
import { problemSaid, type RequestWords, words as requestWords } from './words.ts'

declare module '../base/http/pages.ts' {
  interface Views {
    'requests/wishes': {
      title: string
      say: (typeof words)[Language]
      form: RequestWords
      token: string
      before: string[]
      days: { said: string; slots: Choice[] }[]
      windows: WindowRow[]
      latest: string
      wrong: Record<string, string>
      errors: { href: string; text: string }[]
    }
  }
}

const daysShown = 6

/** What stands in the form at first: what was wished before, as a possible time where it is one. */
export function typedOf({ wishes, latest }: Pick<Wished, 'wishes' | 'latest'>, possible: Times['chosen']): TypedWhen {
  const slotOfWish = (wish: Wish) =>
    wish.from === wish.to
      ? possible.find(({ day, from, to }) => day === wish.from && from === wish.fromMinute && to === wish.toMinute)
      : undefined
  const own = wishes.filter(wish => !slotOfWish(wish)).map(rowOf)
  return {
    ...unasked,
    slots: wishes
      .map(slotOfWish)
      .filter(moment => moment !== undefined)
      .map(slotOf),
    windows: [...own, ...Array.from({ length: Math.max(1, ownWindows - own.length) }, () => emptyWindow)].slice(
      0,
      mostWishes,
    ),
    latest: latest ?? '',
  }
}

/** What this form does not ask: people, languages and the rest stay as they were. */
export const unasked = { heads: '1', languages: ['kk'], mode: 'onsite', note: '' }

const rowOf = ({ from, to, fromMinute, toMinute }: Wish) => ({
  date: from,
  until: to === from ? '' : to,
  from: clock(fromMinute),
  to: clock(toMinute),
})

export function wishesPage(
  language: Language,
  token: string,
  wished: Wished,
  times: Times,
  typed: TypedWhen,
  problems: Problem[],
) {
  const say = words[language]
  const form = requestWords[language]
  const wrong: Record<string, string> = {}
  for (const problem of problems) wrong[problem.field] ??= problemSaid(form, problem)
  const moments = [...times.chosen, ...times.moments].filter(
    (moment, at, all) => all.findIndex(each => slotOf(each) === slotOf(moment)) === at,
  )
  const chosenDays = new Set<Day>(typed.slots.map(slot => slot.slice(0, 10)))
  moments.sort((a, b) => slotOf(a).localeCompare(slotOf(b)))
  // the days somebody has chosen are among those shown
  const first = daysOf(language, moments, typed.slots, times.lessons, daysShown).days
  const more = daysOf(
    language,
    moments.filter(({ day }) => chosenDays.has(day)),
    typed.slots,
    times.lessons,
    mostWishes,
  ).days.filter(day => !first.some(({ said }) => said === day.said))
  return {
    title: problems.length > 0 ? `${say.mistake}: ${say.title}` : say.title,
    say,
    form,
    token,
    before: wished.wishes.map(wish => wishSaid(language, wish)),
    days: [...first, ...more],
    windows: windowRows(form, typed, wrong, true),
    latest: typed.latest,
    wrong,
    errors: Object.entries(wrong).map(([field, text]) => ({ href: `#${field}`, text })),
  }
}
