import { dateWithoutWeekday, numberSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import { instantSaid } from '../talks/shown-pages.ts'
import { toneOf } from './begin-pages.ts'
import { gapOf, shareSaid } from './said-pages.ts'
import type { PlanRow } from './store.ts'
import { type PlannerWords, words } from './words.ts'

/** What of a plan at work changes from second to second, in the reader's words. */
export type Moving = { doing: string; placed: string; share: number; gap: string; travel: string }
export type PlanHead = { id: string; title: string; state: string; tone: string; tags: string[] }

declare module '../base/http/pages.ts' {
  interface Views {
    'planner/progress': PlanHead & {
      say: PlannerWords
      now: Moving
      since: string
      counted: string
      releasing: boolean
      refused: boolean
    }
  }
}

export function movingSaid(language: Language, plan: PlanRow): Moving {
  const say = words[language]
  const gap = gapOf(plan.cost, plan.bound)
  const { placed } = plan
  const all = plan.state === 'releasing' ? plan.proposed : plan.asked
  return {
    doing: say.phase[plan.phase] ?? '',
    placed: say.placedOf(placed, all),
    share: all === 0 ? 0 : Math.min(100, Math.round((placed * 100) / all)),
    gap: gap === undefined ? say.gapUnknown : gap === 0 ? say.gapNone : shareSaid(language, gap),
    travel: plan.travel_minutes === null ? say.gapUnknown : say.minutes(numberSaid(language, plan.travel_minutes)),
  }
}

export function planHead(language: Language, plan: PlanRow): PlanHead {
  const say = words[language]
  const who = { kk: plan.who_kk, ru: plan.who_ru, en: plan.who_en }[language]
  return {
    id: plan.id,
    title: say.draft(dateWithoutWeekday(language, plan.from_on), dateWithoutWeekday(language, plan.to_on)),
    state: say.state[plan.state],
    tone: toneOf(plan.state),
    tags: [say.asked(plan.asked), ...(who === null ? [] : [say.by(who)])],
  }
}

export const progressPage = (language: Language, plan: PlanRow, now: DateTime, refused: boolean) => ({
  ...planHead(language, plan),
  ...{ say: words[language], now: movingSaid(language, plan), refused },
  counted: words[language][plan.taking_back ? 'takenBack' : plan.state === 'releasing' ? 'booked' : 'placed'],
  since: instantSaid(language, plan.started_at, plan.zone, now),
  releasing: plan.state === 'releasing',
})
