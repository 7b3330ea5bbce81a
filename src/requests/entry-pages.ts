import { type Language, languages } from '../base/i18n/language.ts'
import { words as frameWords } from '../base/words.ts'
import { type HostLine, type HostRow, hostLines } from '../hosts/pages.ts'
import { type AudienceRow, capital, type TopicRow } from '../topics/pages.ts'
import type { District } from './draft-store.ts'
import { type EntryWords, words } from './entry-words.ts'
import { askPage, type Choice, type WindowRow } from './pages.ts'
import type { Problem, TypedContact, TypedHost, TypedTopic, TypedWhen } from './rules.ts'
import { windowRows } from './when-pages.ts'
import { districtChoices, hostChoice } from './where-pages.ts'
import { words as formWords, named, type RequestWords } from './words.ts'

export type TypedEntry = {
  source: string
  sure: string
  language: string
  topic: TypedTopic
  host: TypedHost
  when: TypedWhen
  contact: TypedContact
}
export type EntryHints = {
  topics: TopicRow[]
  audiences: AudienceRow[]
  districts: District[]
  hits: HostRow[]
  similar: HostRow[]
}

declare module '../base/http/pages.ts' {
  interface Views {
    'requests/entry': {
      title: string
      here: 'inbox'
      say: RequestWords
      own: EntryWords
      errors: { href: string; text: string }[]
      wrong: Record<string, string>
      mistakes: string
      typed: TypedEntry
      sources: Choice[]
      hosts: Choice[]
      searched: boolean
      open: boolean
      similar: boolean
      kinds: Choice[]
      districts: Choice[]
      topics: Choice[]
      audiences: Choice[]
      grades: Choice[]
      spoken: Choice[]
      modes: Choice[]
      windows: WindowRow[]
      letters: Choice[]
    }
    'requests/search': {
      title: string
      here: 'other'
      search: string
      own: EntryWords
      q: string
      requests: { href: string; text: string; note: string }[]
      hosts: HostLine[]
      speakers: { href: string; text: string; note: string }[]
    }
  }
}

const kinds = [
  'school',
  'college',
  'university',
  'workplace',
  'market',
  'community-centre',
  'house-of-friendship',
  'custody',
]
const spoken = ['kk', 'ru', 'en', 'uz', 'ug']

/** A request that a coordinator writes down for a caller: everything on one page. */
export function entryPage(language: Language, typed: TypedEntry, hints: EntryHints, problems: Problem[]) {
  const say = formWords[language]
  const own = words[language]
  const { errors, wrong, mistakes } = askPage(language, 'check', own.title, problems)
  const similar = hints.similar.length > 0
  const found = [
    ...hints.similar,
    ...hints.hits.filter(host => !hints.similar.some(other => other.id === host.id)),
  ].slice(0, 12)
  return {
    title: own.title,
    here: 'inbox' as const,
    say,
    own,
    wrong,
    mistakes,
    errors,
    typed,
    similar,
    searched: typed.host.q !== '' || similar,
    open: typed.host.host === 'new',
    sources: (['call', 'letter'] as const).map(value => ({ value, text: own[value], checked: typed.source === value })),
    hosts: found.map(host => ({ ...hostChoice(language, host), checked: host.id === typed.host.host })),
    kinds: kinds.map(value => ({ value, text: capital(named(say.kinds, value)), checked: value === typed.host.kind })),
    districts: districtChoices(language, hints.districts, typed.host.district),
    topics: hints.topics.map(topic => ({
      value: topic.slug,
      text: topic.title[language],
      checked: topic.slug === typed.topic.topic,
    })),
    audiences: hints.audiences.map(({ slug, name }) => ({
      value: slug,
      text: capital(name[language]),
      checked: slug === typed.topic.audience,
    })),
    grades: Array.from({ length: 12 }, (_, grade) => ({
      value: String(grade),
      text: String(grade),
      checked: typed.topic.grades.includes(String(grade)),
    })),
    spoken: spoken.map(value => ({
      value,
      text: named(say.languages, value),
      checked: typed.when.languages.includes(value),
    })),
    modes: (['onsite', 'online'] as const).map(value => ({
      value,
      text: say.when[value],
      checked: typed.when.mode === value,
    })),
    windows: windowRows(say, typed.when, wrong, true),
    letters: languages.map(value => ({
      value,
      text: frameWords[language].languages[value],
      checked: typed.language === value,
    })),
  }
}

export const searchPage = (
  language: Language,
  q: string,
  hits: {
    requests: { number: number; host: string; topic: string }[]
    hosts: HostRow[]
    speakers: { id: string; name: string; professions: string }[]
  },
) => ({
  title: q === '' ? words[language].search : words[language].searchFor(q),
  here: 'other' as const,
  search: q,
  own: words[language],
  q,
  requests: hits.requests.map(it => ({
    href: `/app/requests/${it.number}`,
    text: `№ ${it.number}`,
    note: `${it.host} · ${it.topic}`,
  })),
  hosts: hostLines(language, hits.hosts).slice(0, 30),
  speakers: hits.speakers.map(it => ({ href: `/app/speakers/${it.id}`, text: it.name, note: it.professions })),
})
