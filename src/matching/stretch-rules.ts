import type { Moment } from '../base/time.ts'
import { diaryOf, monthOf, weekOf } from '../speakers/diary-rules.ts'
import { dayRefusals, hourRefusals, suitRefusals } from '../speakers/fitness-rules.ts'
import type { Speaker, SpeakerRefusal } from '../speakers/rules.ts'
import type { Stretch } from './change-rules.ts'
import type { Window } from './rules.ts'
import { isIn } from './schedule-rules.ts'
import { freeAt, type Search } from './search-rules.ts'

/** Enough to find somebody, over the whole window; a month of possible times says no more. */
const mostMoments = 40
const mostAsked = 12

/** What could be asked of speakers whom only one thing keeps from a time of this window, and who would be what the time lacks. */
export function askable(search: Search, window: Window): Stretch[] {
  const { world, errand } = search
  const open = search.open.filter(moment => isIn(world, window, moment))
  const step = Math.ceil(open.length / mostMoments)
  const moments = open
    .filter((_, at) => at % step === 0)
    .map(moment => ({ moment, lacking: errand.languages.map(language => lackingAt(search, moment, language)) }))
  const found = new Map<string, Stretch>()
  for (const speaker of world.speakers) {
    const suit = suitRefusals(speaker, errand)
    if (suit.length > 1) continue
    for (const { moment, lacking } of moments) {
      if (!lacking.some(each => isWanted(speaker, each))) continue
      const all = [...suit, ...dayRefusals(speaker, errand, moment.day), ...hourRefusals(speaker, errand, moment)]
      const stretch = all[0] && all.length === 1 && asked(speaker, all[0], moment)
      if (stretch) found.set(JSON.stringify(stretch), stretch)
    }
    if (found.size >= mostAsked) break
  }
  return [...found.values()]
}

/** Whom a time lacks in a language: the professions of the one empty place, any of the team where none is empty, nobody who could fill two. */
type Lacking = { language: string; professions: string[] }

function lackingAt(search: Search, moment: Moment, language: string): Lacking {
  const { slots, rules } = search.plan
  const here = freeAt(search, moment).filter(({ speaker }) => speaker.languages.includes(language))
  const empty = slots.filter(anyOf => !here.some(({ speaker }) => hasOne(speaker, anyOf)))
  const professions =
    empty.length === 0 ? [...slots.flat(), ...rules.flatMap(({ pairWith }) => pairWith)] : (empty[0] ?? [])
  return { language, professions: empty.length > 1 ? [] : professions }
}

const isWanted = (speaker: Speaker, { language, professions }: Lacking): boolean =>
  speaker.languages.includes(language) && hasOne(speaker, professions)

const hasOne = (speaker: Speaker, anyOf: string[]): boolean =>
  speaker.professions.some(profession => anyOf.includes(profession))

/** A limit that is passed already, as one that was lowered, is asked to hold what there is and one more. */
function asked(speaker: Speaker, refusal: SpeakerRefusal, { day }: Moment): Stretch | undefined {
  const { id: speakerId } = speaker
  const { inDay, inWeek, inMonth } = diaryOf(speaker)
  switch (refusal.code) {
    case 'day-limit':
      return { code: 'one-more-talk', speakerId, per: 'day', limit: (inDay.get(day) ?? 0) + 1 }
    case 'week-limit':
      return { code: 'one-more-talk', speakerId, per: 'week', limit: (inWeek.get(weekOf({ day })) ?? 0) + 1 }
    case 'month-limit':
      return { code: 'one-more-talk', speakerId, per: 'month', limit: (inMonth.get(monthOf({ day })) ?? 0) + 1 }
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
