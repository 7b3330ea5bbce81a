import { dateDigits, numberSaid } from '../base/i18n/dates.ts'
import { byName } from '../base/i18n/fold.ts'
import type { Language } from '../base/i18n/language.ts'
import { wallOf } from '../base/time.ts'
import { chosen, type Mark, type Read, shows, standingOf, type Text, tongues, type Wish } from './rules.ts'
import { type WordsWords, words } from './words.ts'

type Choice = { value: string; text: string; checked: boolean }
type Link = { href: string; text: string }
type Row = {
  id: string
  key: string
  value: string
  kk: string
  ru: string
  en: string
  tone: string
  state: string
  by: string
  correction: string
  note: string
  flagged: boolean
  made: boolean
  mayTick: boolean
  /** Nobody said anything of it as it is: what a whole page is good at. */
  fresh: boolean
  ticked: boolean
  href: string
}

declare module '../base/http/pages.ts' {
  interface Views {
    'words/list': {
      title: string
      here: 'admin'
      say: WordsWords
      /** How files are refused is said in the words of imports. */
      refused: string
      error: string
      progress: string
      found: string
      tongue: string
      tongues: (Link & { here: boolean })[]
      features: Choice[]
      shows: Choice[]
      search: string
      rows: Row[]
      query: string
      files: Link[]
      before: Link | undefined
      after: Link | undefined
    }
  }
}

export const rowsShown = 40
const tones = { unmarked: '', good: 'ok', correction: 'wait', changed: 'bad' } as const

/** The address of a choice of texts: what is usual stays out of it. */
export function addressOf(wish: Wish, more: Partial<Wish> = {}): string {
  const it = { ...wish, page: 1, ...more }
  const query = new URLSearchParams({
    ...(it.tongue === 'kk' ? {} : { tongue: it.tongue }),
    ...(it.feature === '' ? {} : { feature: it.feature }),
    ...(it.show === 'all' ? {} : { show: it.show }),
    ...(it.search === '' ? {} : { q: it.search }),
    ...(it.page === 1 ? {} : { page: String(it.page) }),
  }).toString()
  return query === '' ? '/app/words' : `/app/words?${query}`
}

/** A page of texts with what was said of each; `ticked`: what a refused form had ticked. */
export function listPage(
  language: Language,
  { texts, marks, zone }: { texts: Text[]; marks: Mark[]; zone: string },
  wish: Wish,
  { error = '', refused = '', ticked = [] }: { error?: string; refused?: string; ticked?: string[] } = {},
) {
  const say = words[language]
  const all = chosen(texts, marks, wish)
  const last = Math.max(1, Math.ceil(all.length / rowsShown))
  const page = Math.min(wish.page, last)
  const rows = all.slice((page - 1) * rowsShown, page * rowsShown)
  const count = (number: number) => numberSaid(language, number)
  const known = new Map(marks.map(mark => [mark.key, mark]))
  const standings = texts.map(text => standingOf(text, wish.tongue, known.get(text.key)))
  const many = (...states: string[]) => count(standings.filter(each => states.includes(each)).length)
  const features = [...new Set(texts.map(text => text.feature))]
    .map(value => ({ value, text: say.features[value] ?? value, checked: value === wish.feature }))
    .sort((a, b) => byName(a.text, b.text))
  const file = (name: string, more: Partial<Wish> = {}) =>
    addressOf(wish, more).replace('/app/words', `/app/words/${name}`)
  return {
    title: say.title,
    here: 'admin' as const,
    say,
    ...{ error, refused },
    progress: say.progress(many('good'), many('correction'), many('unmarked', 'changed')),
    found: say.found(count(all.length)),
    tongue: wish.tongue,
    tongues: tongues.map(it => ({
      ...{ href: addressOf(wish, { tongue: it }), text: say.tongues[it], here: it === wish.tongue },
    })),
    features,
    shows: shows.map(value => ({ value, text: say.shows[value], checked: value === wish.show })),
    search: wish.search,
    rows: rows.map((read, at) => rowOf(language, wish, read, { at, zone, ticked })),
    query: addressOf({ ...wish, page }, { page }).replace(/^[^?]*\??/, ''),
    files: [
      { href: file('texts.csv'), text: say.csv },
      { href: file('texts.json'), text: say.json },
      { href: file('texts.json', { show: 'correction', feature: '', search: '' }), text: say.onlyMarked },
    ],
    before: page > 1 ? { href: addressOf(wish, { page: page - 1 }), text: say.before } : undefined,
    after: page < last ? { href: addressOf(wish, { page: page + 1 }), text: say.after } : undefined,
  }
}

function rowOf(
  language: Language,
  wish: Wish,
  { text, mark, standing }: Read,
  { at, zone, ticked }: { at: number; zone: string; ticked: string[] },
): Row {
  const say = words[language]
  const value = `${text.hashes[wish.tongue]} ${text.key}`
  return {
    id: `t${at}`,
    ...{ key: text.key, value, ...text.said },
    ...{ tone: tones[standing], state: say.standing[standing] },
    by: mark ? say.by(mark.by, dateDigits(wallOf(mark.at, zone).day)) : '',
    ...{ correction: mark?.correction ?? '', note: mark?.note ?? '' },
    ...{ flagged: text.flagged, made: text.made && /\{/.test(text.said.kk) },
    mayTick: standing !== 'good',
    fresh: standing === 'unmarked' || standing === 'changed',
    ticked: ticked.includes(value),
    href: `/app/words/text?${new URLSearchParams({ key: text.key, tongue: wish.tongue })}`,
  }
}
