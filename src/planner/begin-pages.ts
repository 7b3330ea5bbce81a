import { dateWithoutWeekday } from '../base/i18n/dates.ts'
import { byName } from '../base/i18n/fold.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime, Day } from '../base/time.ts'
import type { Choice, DateField } from '../houses/field-pages.ts'
import { words as common } from '../houses/field-words.ts'
import { quoted } from '../matching/pages.ts'
import { instantSaid } from '../talks/shown-pages.ts'
import type { PlanProblem, PlanTyped } from './form-rules.ts'
import { degrees, moving, searchSeconds, wishes } from './plan-rules.ts'
import type { findPlans } from './store.ts'
import { type PlannerWords, words } from './words.ts'

type Radio = { id: string; name: string; legend: string; hint: string; choices: Choice[] }
type PastPlan = { href: string; text: string; state: string; tone: string; facts: string[] }

declare module '../base/http/pages.ts' {
  interface Views {
    'planner/begin': {
      say: PlannerWords
      title: string
      mistakes: string
      errors: { href: string; text: string }[]
      wrong: Partial<Record<string, string>>
      refused: boolean
      plans: PastPlan[]
      days: DateField[]
      requests: { number: number; text: string; note: string; checked: boolean }[]
      wishes: Radio[]
      moves: Radio
      seconds: Radio
      away: { open: boolean; who: { id: string; label: string; first: string; choices: Choice[] }; days: DateField[] }
    }
  }
}

/** A request that waits, as a line of the form. */
type Waiting = {
  number: number
  host: string
  topic: string
  latest_on: Day | null
  lastWish: Day | null
  postponed_from: Day | null
}
type Given = {
  plans: Awaited<ReturnType<typeof findPlans>>
  waiting: Waiting[]
  speakers: Map<string, string>
  zone: string
  now: DateTime
}

/** The drafts so far, and the form of a new one. */
export function beginPage(
  language: Language,
  { plans, waiting, speakers, zone, now }: Given,
  typed: PlanTyped,
  problems: PlanProblem[],
  refused = false,
) {
  const say = words[language]
  const { texts, lists } = typed
  const wrong: Partial<Record<string, string>> = {}
  for (const { field, code } of problems) wrong[field] ??= say.problem[code]
  const ticked = new Set(lists.requests)
  const day = (id: 'from' | 'to' | 'awayFrom' | 'awayTo'): DateField => ({
    ...{ id, label: say[id], value: texts[id], error: wrong[id] },
  })
  const radio = <Value extends string>(
    name: string,
    legend: string,
    hint: string,
    values: readonly Value[],
    said: (value: Value) => string,
    chosen: string,
  ): Radio => ({
    ...{ id: name, name, legend, hint },
    choices: values.map(value => ({ value, text: said(value), checked: value === chosen })),
  })
  return {
    ...{ say, title: say.title, wrong, refused },
    mistakes: common[language].mistakes(Object.keys(wrong).length),
    errors: Object.entries(wrong).map(([field, text]) => ({ href: `#${field}`, text: text ?? '' })),
    plans: plans.map(plan => ({
      href: `/app/planner/${plan.id}`,
      text: say.draft(shortDay(language, plan.from_on), shortDay(language, plan.to_on)),
      state: say.state[plan.state],
      tone: toneOf(plan.state),
      facts: [instantSaid(language, plan.created_at, zone, now), say.asked(Number(plan.asked)), plan.who ?? ''].filter(
        Boolean,
      ),
    })),
    days: [day('from'), day('to')],
    requests: waiting.map(row => {
      const last = row.latest_on ?? row.lastWish
      return {
        number: row.number,
        text: `${row.host} · ${quoted(row.topic)}`,
        note: [
          row.postponed_from === null ? '' : say.postponed,
          last ? say.until(dateWithoutWeekday(language, last)) : '',
        ]
          .filter(Boolean)
          .join(' · '),
        checked: ticked.has(String(row.number)),
      }
    }),
    wishes: wishes.map(wish =>
      radio(wish, say.wish[wish].name, say.wish[wish].text, degrees, each => say.degree[each], texts[wish]),
    ),
    moves: radio('moves', say.moves, say.movesHint, moving, each => say.move[each], texts.moves),
    seconds: radio(
      'seconds',
      say.seconds,
      '',
      searchSeconds.map(String),
      each => say.second[Number(each)] ?? each,
      texts.seconds,
    ),
    away: {
      open: texts.away !== '' || wrong['away'] !== undefined,
      who: {
        ...{ id: 'away', label: say.awayWho, first: say.nobody },
        choices: [...speakers]
          .sort(([, a], [, b]) => byName(a, b))
          .map(([value, text]) => ({ value, text, checked: value === texts.away })),
      },
      days: [day('awayFrom'), day('awayTo')],
    },
  }
}

const shortDay = (language: Language, day: Day): string => dateWithoutWeekday(language, day)

export const toneOf = (state: 'running' | 'done' | 'stopped' | 'releasing' | 'released'): string =>
  state === 'released' ? 'ok' : state === 'running' || state === 'releasing' ? 'sky' : 'wait'
