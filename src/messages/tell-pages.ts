import type { Language } from '../base/i18n/language.ts'
import { phoneSaid } from '../base/text.ts'
import type { NewMessage } from './rules.ts'
import { words } from './tell-words.ts'

/** Enough of a name to know somebody by. */
const knownAs = (name: string): string => name.split(' ').slice(0, 2).join(' ')

/** The host's side of a change: the contact person, and how to reach who left no address. */
export type Side = { host: string; contact: string | null; phone: string | null }

/** `Will be told: 3 speakers (…), № 25 school: Сәуле`: the readers of these letters, and those not chosen yet. */
export function tellsSaid(
  language: Language,
  messages: NewMessage[],
  nameOf: (speakerId: string) => string | undefined,
  side: Side,
  unnamed?: 'substitute' | 'team',
): string {
  const said = words[language]
  const speakers = messages.flatMap(({ recipient }) =>
    recipient.startsWith('speaker:') ? [knownAs(nameOf(recipient.slice(8)) ?? '–')] : [],
  )
  const written = messages.some(({ recipient }) => recipient.startsWith('contact:'))
  const parts = [
    ...(unnamed ? [said[unnamed]] : []),
    ...(speakers.length > 0 ? [said.speakers(speakers.length, speakers.join(', '))] : []),
    ...(written ? [side.contact ? `${side.host}: ${side.contact}` : side.host] : []),
  ]
  const told = parts.length > 0 ? said.told(parts.join('; ')) : said.nobody
  const reach = [side.contact, side.phone && phoneSaid(side.phone)].filter(Boolean).join(', ')
  return written ? told : `${told} ${said.byPhone(side.host, reach)}`.trim()
}
