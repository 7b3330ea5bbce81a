import { dateSaid, numberSaid } from '../base/i18n/dates.ts'
import { type Language, languages } from '../base/i18n/language.ts'
import { clock, type DateTime, minuteOf } from '../base/time.ts'
import { hueOf } from '../topics/pages.ts'
import { languageSaid, words as topicWords } from '../topics/words.ts'
import { words as newsWords } from './status-news-words.ts'
import type { StatusRow, TalkRow, TeamRow } from './status-store.ts'
import { words } from './status-words.ts'

export type TalkSaid = {
  from: string
  until: string
  date: string
  place: string
  district: string
  link: string
  team: { name: string; letters: string; hue: string; text: string; state: string; agreed: boolean }[]
  /** Said under the team while a place is open. */
  seeking: string
  onsite: boolean
  prepare: string[]
  open: boolean
  begun: boolean
}

/** The talk that stands: when and where, who comes, what to prepare. */
export function talkSaid(
  language: Language,
  request: StatusRow,
  talk: TalkRow,
  team: TeamRow[],
  now: DateTime,
): TalkSaid {
  const say = words[language]
  const from = minuteOf(talk.from) ?? 0
  const onsite = talk.mode === 'onsite'
  return {
    from: clock(from),
    until: say.until(clock(from + talk.minutes)),
    date: dateSaid(language, talk.day),
    place: onsite ? placeSaid(language, request, talk) : say.online,
    district: onsite ? request.host.district[language] : '',
    link: talk.link ?? '',
    team: team
      .filter(({ state }) => state !== 'open')
      .map(member => ({
        name: member.name[language],
        letters: initials(member.name[language]),
        hue: hueOf(member.profession),
        text: `${member.professionName[language]} · ${say.speaks} ${member.languages.map(code => languageSaid(topicWords[language], code)).join(', ')}`,
        state: talk.state === 'booked' && member.state !== 'open' ? newsWords[language].seats[member.state] : '',
        agreed: member.state === 'accepted',
      })),
    seeking: talk.state === 'booked' && team.some(({ state }) => state === 'open') ? newsWords[language].open : '',
    onsite,
    prepare: [
      ...(onsite ? [say.prep.seats(numberSaid(language, request.heads))] : []),
      ...(request.topic.equipment[language] ? [request.topic.equipment[language]] : []),
      ...(onsite ? [say.prep.meet(clock(Math.max(0, from - 15)))] : []),
      ...(request.topic.rules.includes('staff-present') ? [say.prep.stay] : []),
    ],
    open: talk.state === 'booked' && talk.during.from > now,
    begun: talk.during.from <= now,
  }
}

/** Where the school is visited: the address, and the hall where the host names them. */
const placeSaid = (language: Language, { host }: StatusRow, { hall }: TalkRow): string =>
  [host.address[language] || host.name[language], hall?.[languages.indexOf(language)]].filter(Boolean).join(', ')

const initials = (name: string): string =>
  name
    .split(' ')
    .slice(0, 2)
    .map(part => part.charAt(0))
    .join('')
