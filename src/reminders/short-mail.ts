import { datesFromTo, dateWithoutWeekday } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import type { Day } from '../base/time.ts'
import type { Short } from '../messages/channel-rules.ts'
import { mostCharacters } from '../messages/short-rules.ts'
import { words as titles } from '../messages/short-words.ts'
import type { DayCounts, DigestTalk } from './digest-store.ts'
import { words } from './short-words.ts'

/** What a coordinator should know first; what is not there is not said. */
const order = ['open', 'unanswered', 'fresh', 'tomorrow', 'unreported', 'expired', 'waiting'] as const

/** A coordinator's morning in a short message: the date, then the numbers in order of need, as many as there is room for. */
export function dayShort(language: Language, day: Day, counts: DayCounts, tomorrow: number, url: string): Short {
  const say = words[language]
  const head = `${titles[language].titles['digest-day']}: ${dateWithoutWeekday(language, day)}.`
  const all = { ...counts, tomorrow }
  return fitting(
    head,
    order.flatMap(name => (all[name] === 0 ? [] : [`${say[name]}: ${all[name]}.`])),
    url,
  )
}

/** A speaker's week: how many talks and when the first one is. A phone on a table shows neither where nor what. */
export function weekShort(language: Language, from: Day, to: Day, talks: DigestTalk[], url: string): Short {
  const say = words[language]
  const head = `${titles[language].titles['digest-week']}: ${datesFromTo(language, from, to)}.`
  const first = talks.slice(0, 1).map(talk => `${say.first}: ${dateWithoutWeekday(language, talk.day)}, ${talk.from}.`)
  return fitting(head, [`${say.talks}: ${talks.length}.`, ...first], url)
}

/** The beginning, what else there is room for, and the link: beside the text in any case, in it where it leaves room for one more. */
function fitting(head: string, parts: string[], url: string): Short {
  const least = [head, ...parts.slice(0, 1), url].join(' ')
  const tail = least.length <= mostCharacters ? [url] : []
  const kept = [head]
  for (const part of parts) if ([...kept, part, ...tail].join(' ').length <= mostCharacters) kept.push(part)
  return { text: [...kept, ...tail].join(' '), url }
}
