import { fold } from '../base/i18n/fold.ts'
import type { DateTime } from '../base/time.ts'

export const tongues = ['kk', 'ru', 'en'] as const
export type Tongue = (typeof tongues)[number]

/** One text of the product in its three languages; `hashes` change when it does. */
export type Text = {
  key: string
  feature: string
  said: Record<Tongue, string>
  hashes: Record<Tongue, string>
  /** Made by a function: braces hold what is put in. */
  made: boolean
  /** Written with a word that a native editor must still confirm. */
  flagged: boolean
}
export type Mark = {
  key: string
  hash: string
  state: 'good' | 'correction'
  correction: string | null
  note: string
  by: string
  at: DateTime
  /** Said by the reader's own House, which alone may change it. */
  mine: boolean
  /** What further Houses said of the same text. */
  others: Omit<Mark, 'others'>[]
}
export type Standing = 'unmarked' | 'good' | 'correction' | 'changed'

/** A mark tells of the text as it was: once the text is another, somebody has to read it again. */
export const standingOf = (text: Text, tongue: Tongue, mark: Mark | undefined): Standing =>
  mark === undefined ? 'unmarked' : mark.hash !== text.hashes[tongue] ? 'changed' : mark.state

/** What further Houses propose for the text as it is now. */
export const proposals = (text: Text, tongue: Tongue, { others }: Mark): Mark['others'] =>
  others.filter(({ state, hash }) => state === 'correction' && hash === text.hashes[tongue])

export const shows = ['all', 'open', 'correction', 'good', 'flagged'] as const
export type Show = (typeof shows)[number]
export type Wish = { tongue: Tongue; feature: string; show: Show; search: string; page: number }

const shown: Record<Show, (text: Text, standing: Standing, proposed: boolean) => boolean> = {
  all: () => true,
  open: (_, standing) => standing === 'unmarked' || standing === 'changed',
  correction: (_, standing, proposed) => standing === 'correction' || proposed,
  good: (_, standing) => standing === 'good',
  flagged: (text, standing) => text.flagged && standing !== 'good',
}

export type Read = { text: Text; mark: Mark | undefined; standing: Standing }

/** The texts that a reader wants to see, with what was said of them. */
export function chosen(texts: Text[], marks: Mark[], wish: Omit<Wish, 'page'>): Read[] {
  const known = new Map(marks.map(mark => [mark.key, mark]))
  const words = fold(wish.search)
  return texts.flatMap(text => {
    if (wish.feature !== '' && text.feature !== wish.feature) return []
    const mark = known.get(text.key)
    const standing = standingOf(text, wish.tongue, mark)
    if (!shown[wish.show](text, standing, mark !== undefined && proposals(text, wish.tongue, mark).length > 0))
      return []
    const { kk, ru, en } = text.said
    if (words !== '' && !fold([text.key, kk, ru, en, mark?.correction ?? ''].join(' ')).includes(words)) return []
    return [{ text, mark, standing }]
  })
}

export const longestCorrection = 4000
export const longestNote = 500

export type Wrong = 'empty' | 'same' | 'long' | 'note-long' | 'placeholders' | 'glued'

/** What is put in stands in braces; a correction says the same of it, and glues no ending to it (ux.md section 11). */
export function wrongOf(text: string, correction: string, note: string): Wrong | undefined {
  if (correction === '') return 'empty'
  if (correction.length > longestCorrection) return 'long'
  if (note.length > longestNote) return 'note-long'
  if (correction === text) return 'same'
  if (inBraces(text) !== inBraces(correction)) return 'placeholders'
  if (/\}(?:-?[а-яёәғқңөұүһі]+)/iu.test(correction) && !/\}(?:-?[а-яёәғқңөұүһі]+)/iu.test(text)) return 'glued'
  return
}

const inBraces = (text: string): string =>
  (text.match(/\{[^{}]+\}/g) ?? [])
    .map(each => each.replace(/\s/g, ''))
    .sort()
    .join(' ')
