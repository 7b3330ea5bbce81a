import { dayRefusals, hourRefusals, suitRefusals } from '../speakers/fitness-rules.ts'
import type { Speaker, SpeakerRefusal } from '../speakers/rules.ts'
import type { Stretch } from './change-rules.ts'
import type { Window } from './rules.ts'
import { isIn } from './schedule-rules.ts'
import type { Search } from './search-rules.ts'

/** Enough to find somebody; a month of possible times says no more. */
const mostMoments = 40
const mostAsked = 12

/** What could be asked of speakers whom only one thing keeps from a time of this window. */
export function askable(search: Search, window: Window): Stretch[] {
  const { world, errand, plan } = search
  const moments = search.open.filter(moment => isIn(world, window, moment)).slice(0, mostMoments)
  const useful = new Set([...plan.slots.flat(), ...plan.rules.flatMap(({ pairWith }) => pairWith)])
  const found = new Map<string, Stretch>()
  for (const speaker of world.speakers) {
    if (!speaker.professions.some(profession => useful.has(profession))) continue
    const suit = suitRefusals(speaker, errand)
    if (suit.length > 1) continue
    for (const moment of moments) {
      const all = [...suit, ...dayRefusals(speaker, errand, moment.day), ...hourRefusals(speaker, errand, moment)]
      const stretch = all[0] && all.length === 1 && asked(speaker, all[0])
      if (stretch) found.set(JSON.stringify(stretch), stretch)
    }
    if (found.size >= mostAsked) break
  }
  return [...found.values()]
}

function asked({ id: speakerId, limits }: Speaker, refusal: SpeakerRefusal): Stretch | undefined {
  switch (refusal.code) {
    case 'day-limit':
      return { code: 'one-more-talk', speakerId, per: 'day', limit: limits.day + 1 }
    case 'week-limit':
      return { code: 'one-more-talk', speakerId, per: 'week', limit: limits.week + 1 }
    case 'month-limit':
      return { code: 'one-more-talk', speakerId, per: 'month', limit: limits.month + 1 }
    case 'outside-hours':
      return { code: 'ask-hours', speakerId }
    case 'not-in-district':
      return { code: 'other-district', speakerId }
    case 'not-for-topic':
      return { code: 'take-topic', speakerId }
    case 'not-for-audience':
      return { code: 'take-audience', speakerId }
    case 'credential-missing':
    case 'credential-expired':
      return { code: 'renew-credential', speakerId, kind: refusal.kind }
    default:
      return
  }
}
