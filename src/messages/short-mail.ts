import { dateWithoutWeekday } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { cleanLine } from '../base/text.ts'
import { clock, type Day, type Minute } from '../base/time.ts'
import type { Short, ShortKind } from './channel-rules.ts'
import { mostCharacters, share } from './short-rules.ts'
import { type Became, words } from './short-words.ts'

/** What a short message may say; who is told nothing of a place or a topic gets none. */
export type ShortFacts = {
  when?: { day: Day; minute: Minute }
  number?: number
  topic?: string
  place?: string
  url?: string | undefined
  /** What a closure made of the talk: said instead of the kind's own beginning. */
  became?: Became | undefined
}

/** With less room than this for topic and place the link stays out of the text; it goes beside it in any case. */
const leastRoom = 24

/** A short message: what and when in full, topic and place shortened to what room there is, then the link. */
export function shortOf(
  kind: ShortKind,
  language: Language,
  { when, number, url, became, ...about }: ShortFacts,
): Short {
  const say = words[language]
  const moment = when
    ? `${dateWithoutWeekday(language, when.day)}, ${clock(when.minute)}`
    : number === undefined
      ? ''
      : `№ ${number}`
  const title = became ? say.closed[became] : say.titles[kind]
  const head = moment === '' ? `${title}.` : `${title}: ${moment}.`
  const [topic, place] = [cleanLine(about.topic ?? ''), cleanLine(about.place ?? '')]
  const least = topic === '' && place === '' ? 0 : leastRoom
  const fits = url !== undefined && head.length + 1 + url.length + least <= mostCharacters
  const tail = fits ? [url] : []
  const room = mostCharacters - [head, ...tail].join(' ').length
  return { text: [head, ...aboutOf(topic, place, room, say.quoted), ...tail].join(' '), url }
}

/** ` «Topic», place.` in so many characters, the space before it counted. */
function aboutOf(topic: string, place: string, room: number, quoted: (text: string) => string): string[] {
  // a space, two quotation marks, a comma with its space, a full stop
  const [one, two] = share(topic, place, Math.max(0, room - 6))
  const said = [one === '' ? '' : quoted(one), two].filter(text => text !== '').join(', ')
  return said === '' ? [] : [/[.…!?]$/.test(said) ? said : `${said}.`]
}

/** What is sent to try a gateway out. */
export const testText = (language: Language): string => words[language].titles.test
