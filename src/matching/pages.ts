import type { Html } from '../base/http/html.ts'
import { dateWithYear, dayWithMonth, timesSaid, weekdayName } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { clock, type Moment } from '../base/time.ts'
import type { TellWords } from '../messages/tell-words.ts'
import type { Names } from './names-store.ts'
import type { Obstacle } from './obstacle-rules.ts'
import type { Offer } from './offer-rules.ts'
import { namesOf, words } from './page-words.ts'
import type { Refusal, TeamMember, Waived, Window } from './rules.ts'
import { changeSaid, reasonSaid, refusalSaid, type Say, warningSaid } from './words.ts'

/** One offer as a form: all that a booking needs, and why it is a good one. */
export type OfferCard = {
  id: string
  action: string
  startsAt: string
  minutes: number
  speakers: string[]
  waive: string[]
  when: string
  who: string
  why: string
  warnings: string[]
  best: boolean
  button: string
  hidden: string
  /** The coordinator's sentence for the letters, where one was typed before. */
  note?: string
  /** Whom the booking would tell, and the words for a sentence that goes along. */
  tells?: string
  sayTells?: TellWords
}
export type ObstacleShown = { wish: string; hindrances: string[]; changes: { text: string; first: string }[] }

declare module '../base/http/pages.ts' {
  interface Views {
    'parts/offer': OfferCard & { fields: Html; label: string; key?: string | undefined }
    'parts/obstacle': ObstacleShown & { inTheWay: string; wouldHelp: string }
    'matching/offers': {
      say: (typeof words)['kk']
      title: string
      number: number
      host: string
      topic: string
      facts: string[]
      /** What holds for every offer, said once. */
      warnings: string[]
      offers: OfferCard[]
      closed: boolean
      impossible: ObstacleShown[]
      unfit: { when: string; lines: string[] } | undefined
      waiving: { text: string; href: string }[]
      strict: string | undefined
    }
  }
}

/** How the engine's words call people and things for this reader. */
export const sayOf = (language: Language, names: Names): Say => ({
  speaker: id => shortName(language, names.speakers.get(id) ?? id),
  profession: id => (names.professions.get(id) ?? id).toLocaleLowerCase('kk'),
  language: id => namesOf[language].languages[id] ?? id,
  audience: id => (names.audiences.get(id) ?? id).toLocaleLowerCase('kk'),
  hostKind: id => namesOf[language].hostKinds[id] ?? id,
  district: id => names.districts.get(id) ?? id,
  credential: kind => namesOf[language].credentials[kind] ?? kind,
  day: day => dayWithMonth(language, day),
  date: day => dateWithYear(language, day),
  weekday: weekday => {
    const name = weekdayName(language, weekday)
    return language === 'en' ? name : name.toLocaleLowerCase('kk')
  },
})

/** `Ахметова`, where the team is named; in English the family name stands last. */
export const shortName = (language: Language, name: string): string =>
  (language === 'en' ? name.split(' ').at(-1) : name.split(' ')[0]) ?? name

/** `ср 25 ноября, 10:00`: what is offered may lie months ahead. */
export const whenSaid = (language: Language, { day, from }: Pick<Moment, 'day' | 'from'>): string =>
  `${dayWithMonth(language, day)}, ${clock(from)}`
export const teamSaid = (team: TeamMember[], say: Say): string =>
  team.map(({ speakerId }) => say.speaker(speakerId)).join(' + ')

export function offerCard(
  language: Language,
  action: string,
  offer: Offer,
  place: number,
  say: Say,
  waived: Waived = {},
): OfferCard {
  const said = words[language]
  const { moment, team } = offer
  const when = whenSaid(language, moment)
  return {
    id: `offer-${place}`,
    action,
    startsAt: `${moment.day}T${clock(moment.from)}`,
    minutes: moment.to - moment.from,
    speakers: team.map(({ speakerId }) => speakerId),
    waive: Object.keys(waived),
    when,
    who: teamSaid(team, say),
    why: sentence(unnamed(offer.reasons.map(reason => reasonSaid(language, reason, say)).join(', '), team, say)),
    warnings: offer.warnings.map(warning => warningSaid(language, warning, say)),
    best: place === 1,
    button: said.book,
    hidden: said.bookThis(place, when),
  }
}

/** A warning that every offer would repeat is said once above them. */
export function sharedWarnings(cards: OfferCard[]): { warnings: string[]; offers: OfferCard[] } {
  if (cards.length < 2) return { warnings: [], offers: cards }
  const shared = (cards[0]?.warnings ?? []).filter(warning => cards.every(card => card.warnings.includes(warning)))
  const own = (card: OfferCard) => card.warnings.filter(warning => !shared.includes(warning))
  return { warnings: shared, offers: cards.map(card => ({ ...card, warnings: own(card) })) }
}

export function obstacleShown(
  language: Language,
  { wish, window, hindrances, suggestions }: Obstacle,
  wished: boolean,
  say: Say,
): ObstacleShown {
  const said = words[language]
  return {
    wish: wished ? said.wish(wish + 1, windowSaid(language, window)) : said.noWish,
    hindrances: hindrances.map(hindrance => refusalSaid(language, hindrance, say)),
    changes: suggestions.map(({ change, moment, team }) => ({
      text: changeSaid(language, change, say),
      first: said.first(whenSaid(language, moment), teamSaid(team, say)),
    })),
  }
}

export function windowSaid(language: Language, { from, to, fromMinute, toMinute, shift }: Window): string {
  const days =
    from === to ? dayWithMonth(language, from) : `${dayWithMonth(language, from)} – ${dayWithMonth(language, to)}`
  return `${days}, ${shift === undefined ? timesSaid(fromMinute, toMinute) : `${shift}, ${timesSaid(fromMinute, toMinute)}`}`
}

export const refusalsShown = (language: Language, refusals: Refusal[], say: Say): string[] =>
  refusals.map(refusal => refusalSaid(language, refusal, say))

/** Of somebody who comes alone the name need not be repeated. */
const unnamed = (text: string, team: TeamMember[], say: Say): string =>
  team.length === 1 && team[0] ? text.replaceAll(`${say.speaker(team[0].speakerId)}: `, '') : text

/** A title in guillemets, unless it brings its own. */
export const quoted = (title: string): string => (title.startsWith('«') ? title : `«${title}»`)

const sentence = (text: string): string => text.charAt(0).toLocaleUpperCase('kk') + text.slice(1)
