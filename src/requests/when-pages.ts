import { dateSaid, dateWithYear } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import type { Day } from '../base/time.ts'
import { refusalSaid, type Say } from '../matching/words.ts'
import { audienceSaid } from '../topics/pages.ts'
import { words as classWords } from './class-words.ts'
import type { Chosen, Place, Resolved } from './draft-store.ts'
import { askPage, daysOf, momentSaid, type WindowRow } from './pages.ts'
import type { Problem, TypedWhen } from './rules.ts'
import type { Times } from './times-store.ts'
import { mostWishes, slotOf } from './when-rules.ts'
import { named, type RequestWords, words } from './words.ts'

const daysShown = 4
/** Rows for times in one's own words: two, and one more each time it is asked for, up to as many as may be wished. */
export const ownWindows = 2

/** The second step: how many, in which language, and the possible times by day. `from`: the first day to show; empty: the nearest. */
export function whenPage(
  language: Language,
  resolved: Resolved & { chosen: Chosen; place: Place },
  typed: TypedWhen,
  shown: { times: Times; from: Day | undefined },
  problems: Problem[],
) {
  const say = words[language]
  const { chosen, place, audiences } = resolved
  const { days, later } = daysOf(language, shown.times.moments, typed.slots, shown.times.lessons, daysShown)
  const visible = new Set(days.flatMap(day => day.slots.map(slot => slot.value)))
  const elsewhere = shown.times.chosen.filter(
    moment => typed.slots.includes(slotOf(moment)) && !visible.has(slotOf(moment)),
  )
  const page = askPage(language, 'when', say.when.heading, problems)
  return {
    ...page,
    enter: 'times',
    host: place.name[language],
    typed,
    classes: chosen.asked.audience === 'pupils' ? classWords[language] : undefined,
    days,
    later,
    first: shown.from !== undefined,
    spoken: chosen.row.languages.map(code => ({
      value: code,
      text: named(say.languages, code),
      checked: typed.languages.includes(code),
    })),
    modes: (['onsite', 'online'] as const)
      .filter(mode => mode === 'onsite' || shown.times.online)
      .map(mode => ({ value: mode, text: say.when[mode], checked: mode === typed.mode })),
    chosen: elsewhere.map(moment => ({ value: slotOf(moment), text: momentSaid(language, moment), checked: true })),
    reasons: shown.times.refusals.map(refusal => refusalSaid(language, refusal, sayOf(language, say, audiences))),
    more: typed.windows.length < mostWishes,
    own:
      days.length === 0 ||
      typed.windows.length > ownWindows ||
      typed.windows.some(window => Object.values(window).some(text => text !== '')) ||
      problems.some(({ field }) => /^w\d-/.test(field)),
    windows: windowRows(say, typed, page.wrong, false),
  }
}

/** Rows for times in one's own words; `long`: with a last date, so that a row may mean several days. */
export const windowRows = (
  say: RequestWords,
  typed: TypedWhen,
  wrong: Record<string, string>,
  long: boolean,
): WindowRow[] =>
  typed.windows.map((window, at) => ({
    legend: say.when.window(at + 1),
    inputs: (['date', 'until', 'from', 'to'] as const)
      .filter(part => long || part !== 'until')
      .map(part => {
        const id = `w${at}-${part}`
        const type = part === 'from' || part === 'to' ? 'time' : 'date'
        return { id, label: say.when[part], type: wrong[id] ? 'text' : type, value: window[part], wrong: wrong[id] }
      }),
  }))

/** Names for the sentences of the engine; those it speaks of here concern nobody in person. */
const sayOf = (language: Language, say: RequestWords, audiences: Resolved['audiences']): Say => ({
  speaker: () => '',
  profession: id => id,
  credential: id => id,
  district: id => id,
  weekday: String,
  language: id => named(say.languages, id),
  audience: id => audienceSaid(language, id, audiences),
  hostKind: id => named(say.kinds, id),
  day: day => dateSaid(language, day),
  date: day => dateWithYear(language, day),
})
