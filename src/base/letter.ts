import { eta } from './http/pages.ts'
import type { Language, Said } from './i18n/language.ts'
import { formulas } from './letter-words.ts'
import { phoneSaid } from './text.ts'

/** A letter as data; both halves, HTML and text, are written from it. Every text is finished and clean. */
export type Letter = {
  subject: string
  /** What a list of letters shows after the subject; hidden in the letter. */
  preheader: string
  /** Who writes, at the head of the sheet. */
  house: { name: string; city: string }
  /** One, or the same in Kazakh and below it in Russian. */
  halves: Half[]
}
export type Half = {
  language: Language
  greeting: string
  lines: string[]
  /** What is said after them whatever words a House has of its own: a link, a question, what somebody wrote. */
  stays?: string[]
  when?: { date: string; times: string; zone: string }
  title?: string
  /** Six digits, shown large. */
  code?: string
  facts: { label: string; text: string; href?: string }[]
  buttons: { text: string; href: string; quiet?: boolean }[]
  notes: string[]
  closing: string
  phone?: { label: string; href: string; text: string }
  settings?: { text: string; href: string }
  /** Where letters of this kind can be left. */
  leave?: { text: string; href: string }
}

export const htmlOf = (letter: Letter): string => eta.render('letters/letter', letter)

/** The text twin: the same order, one fact a line, every address in full; that of a fact has a line of its own. */
export const textOf = (letter: Letter): string => `${letter.halves.map(half).join('\n\n* * *\n\n')}\n`

function half(it: Half): string {
  const blocks = [
    [it.greeting, ...it.lines, ...(it.stays ?? [])],
    [it.when ? `${it.when.date}, ${it.when.times} (${it.when.zone})` : '', it.title ?? ''],
    [it.code ?? ''],
    it.facts.map((fact, at) => [`${fact.label}: ${fact.text}`, hrefSaid(it, at)].filter(Boolean).join('\n')),
    it.buttons.map(button => `${button.text}: ${button.href}`),
    it.notes,
    [
      it.closing,
      it.phone ? `${it.phone.label}: ${it.phone.text}` : '',
      it.settings ? `${it.settings.text}: ${it.settings.href}` : '',
      it.leave ? `${it.leave.text}: ${it.leave.href}` : '',
    ],
  ]
  return blocks
    .map(lines => lines.filter(line => line !== '').join('\n'))
    .filter(block => block !== '')
    .join('\n\n')
}

/** Where a fact leads, unless a button or a fact above says the same address. */
function hrefSaid({ facts, buttons }: Half, at: number): string | undefined {
  const href = facts[at]?.href
  const said = [...facts.slice(0, at), ...buttons].some(other => other.href === href)
  return said ? undefined : href
}

/** The end of a letter: who writes, and where to call. */
export function ending(
  language: Language,
  house: { names: Said; phone: string | null },
): Pick<Half, 'closing' | 'phone'> {
  const say = formulas[language]
  return {
    closing: say.closing(house.names[language]),
    ...(house.phone
      ? { phone: { label: say.question, href: `tel:${house.phone}`, text: phoneSaid(house.phone) } }
      : {}),
  }
}

/** The letter with a sentence of the House's own below its first lines, word for word in each language's half. */
export const withNote = (letter: Letter, note: string): Letter => ({
  ...letter,
  halves: letter.halves.map(it => ({ ...it, lines: [...it.lines, formulas[it.language].note(note)] })),
})

export const inLanguage = (house: { names: Said; city: Said }, language: Language) => ({
  name: house.names[language],
  city: house.city[language],
})

export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('kk') + text.slice(1)

/** One letter of several to the same reader: greeted once, closed once, language by language; each says where its kind can be left. */
export function together(letters: [Letter, ...Letter[]]): Letter {
  const [first, ...others] = letters
  if (others.length === 0) return first
  const languages = [...new Set(letters.flatMap(letter => letter.halves.map(half => half.language)))]
  return {
    ...first,
    subject: `${first.subject} (+${others.length})`,
    halves: languages.flatMap(language =>
      inOne(letters.flatMap(letter => letter.halves.filter(half => half.language === language))),
    ),
  }
}

const inOne = (halves: Half[]): Half[] =>
  halves.map((half, at) => {
    const { phone, settings, ...its } = half
    const greeting = at === 0 ? its.greeting : ''
    return at === halves.length - 1 ? { ...half, greeting } : { ...its, greeting, closing: '' }
  })

/**
 * One letter of several dates of the same thing: what all of them say is said once, above; then each date with what is its
 * own and its buttons.
 */
export function inOneList(letters: [Letter, ...Letter[]]): Letter {
  const [first, ...others] = letters
  if (others.length === 0) return first
  const languages = [...new Set(first.halves.map(half => half.language))]
  return {
    ...first,
    subject: `${first.subject} (+${others.length})`,
    halves: languages.flatMap(language => {
      const halves = letters.flatMap(letter => letter.halves.filter(half => half.language === language))
      return inOne(halves.map((half, at) => (at === 0 ? half : withoutSaid(half, halves.slice(0, at)))))
    }),
  }
}

function withoutSaid(half: Half, before: Half[]): Half {
  const last = before.at(-1)
  const isNew = (part: 'lines' | 'stays' | 'notes') => (line: string) =>
    !before.some(other => other[part]?.includes(line))
  const { title, ...its } = half
  return {
    ...its,
    ...(title === undefined || title === last?.title ? {} : { title }),
    lines: half.lines.filter(isNew('lines')),
    stays: (half.stays ?? []).filter(isNew('stays')),
    facts: half.facts.filter(fact => !before.every(other => other.facts.some(known => sameFact(known, fact)))),
    notes: half.notes.filter(isNew('notes')),
  }
}

const sameFact = (one: Half['facts'][number], other: Half['facts'][number]): boolean =>
  one.label === other.label && one.text === other.text

/** The same letter with a line under each half that tells where such letters can be left. */
export const withLeaving = (letter: Letter, href: string): Letter => ({
  ...letter,
  halves: letter.halves.map(half => ({ ...half, leave: { text: formulas[half.language].leave, href } })),
})
