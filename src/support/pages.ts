import type { Html } from '../base/http/html.ts'
import { qr } from '../base/http/qr.ts'
import { dateDigits } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { type DateTime, wallOf } from '../base/time.ts'
import { inOrder, overdue } from './rules.ts'
import { dialOf, hoursSaid, listSaid, numberSaid } from './said-pages.ts'
import { words as sheetWords } from './sheet-words.ts'
import type { Line } from './store.ts'
import { type SupportWords, words } from './words.ts'

export type LineSaid = {
  dial: string
  said: string
  call: string
  qr: Html | undefined
  url: string
  urlSaid: string
  name: string
  note: string
  facts: string
  checked: string
  stale: string
}
type Half = { lang: 'kk' | 'ru'; say: (typeof sheetWords)['kk']; first: SheetLine[]; danger: SheetLine[] }
type SheetLine = { dial: string; name: string; facts: string }

declare module '../base/http/pages.ts' {
  interface Views {
    'support/help': {
      title: string
      say: SupportWords
      groups: { heading: string; text: string; lines: LineSaid[] }[]
    }
    'support/sheet': { title: string; say: SupportWords; halves: Half[]; code: Html; address: string }
  }
}

/** The page for whoever needs help: the country's numbers, those of the region, and what waits to be checked. */
export function helpPage(language: Language, lines: Line[], zone: string, now: DateTime) {
  const say = words[language]
  const ordered = inOrder(lines, now)
  const sunk = (line: Line) => !line.pinned && (overdue(line, now) || line.doubtedAt !== null)
  const said = (chosen: Line[]) => chosen.map(line => lineSaid(language, line, zone, now))
  const near = ordered.filter(line => !line.national && !sunk(line))
  const waiting = ordered.filter(sunk)
  return {
    title: say.title,
    say,
    groups: [
      { heading: say.national, text: '', lines: said(ordered.filter(line => line.national && !sunk(line))) },
      { heading: say.near, text: near.length === 0 ? say.nearNone : '', lines: said(near) },
      ...(waiting.length === 0 ? [] : [{ heading: say.waiting, text: say.waitingText, lines: said(waiting) }]),
    ],
  }
}

function lineSaid(language: Language, line: Line, zone: string, now: DateTime): LineSaid {
  const say = words[language]
  const dial = dialOf(line)
  const free = line.free === null ? '' : line.free ? say.free : say.paid
  // what the note already says is not said twice
  const facts = [hoursSaid(language, line.hours), free, line.anonymous ? say.anonymous : ''].filter(
    text => !line.note.toLowerCase().includes(text.toLowerCase()),
  )
  const people = line.audience.filter(each => each !== 'everyone')
  const spoken = line.languages.length === 0 ? '' : `${say.languages}: ${listSaid(say.language, line.languages)}`
  const forWhom = line.national ? '' : listSaid(say.audience, people)
  return {
    dial,
    said: numberSaid(line),
    call: say.call(line.name),
    qr: line.pinned && dial ? drawn(dial, `${say.qr}: ${dial}`) : undefined,
    url: line.url ?? '',
    urlSaid: (line.url ?? '').replace(/^https?:\/\/(?:www\.)?|\/$/g, ''),
    name: line.name,
    note: line.note,
    facts: [...facts, forWhom, spoken].filter(text => text !== '').join(' · '),
    checked: line.checkedAt ? say.checked(dateDigits(wallOf(line.checkedAt, zone).day)) : say.unchecked,
    stale: line.doubtedAt ? say.doubted : overdue(line, now) ? say.overdue : '',
  }
}

// a handful of numbers that are the same for years
const codes = new Map<string, Html>()

function drawn(dial: string, label: string): Html {
  const found = codes.get(label) ?? qr(`tel:${dial}`, label)
  codes.set(label, found)
  return found
}

/** An A5 sheet for the class after a talk, kk above ru; its code leads to the help page. */
export function sheetPage(language: Language, lines: Record<'kk' | 'ru', Line[]>, address: string) {
  return {
    title: words[language].title,
    say: words[language],
    halves: (['kk', 'ru'] as const).map(lang => {
      const all = lines[lang].filter(line => line.pinned && line.code !== null)
      const shown = all.map(line => ({ dial: line.code ?? '', name: line.name, facts: line.note }))
      // in order: two to be listened to, two to be rescued by
      return { lang, say: sheetWords[lang], first: shown.slice(0, 2), danger: shown.slice(2) }
    }),
    code: qr(address, words[language].back),
    address: address.replace(/^https?:\/\//, ''),
  }
}
