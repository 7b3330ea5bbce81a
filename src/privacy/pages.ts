import { dateDigits } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { phoneSaid } from '../base/text.ts'
import { clock, type DateTime, instantFrom, wallOf } from '../base/time.ts'
import { codeSaid, type Names } from './codes.ts'
import { consents } from './consent-words.ts'
import type { Ahead, Erasing } from './erase-rules.ts'
import type { Held, Section } from './held-store.ts'
import { heldWords } from './held-words.ts'
import { type Rule, rules, type Terms, terms } from './retention-rules.ts'
import { words } from './words.ts'

type Say = (typeof words)[Language]
type Link = { href: string; text: string }
export type HeldPage = {
  title: string
  say: Say
  name: string
  json: string
  back: string
  /** Where it is erased, for those who may. */
  erase: string | undefined
  consent: string
  sections: { title: string; rows: { label: string; text: string }[][]; more: boolean }[]
}
type ErasurePage = {
  title: string
  say: Say
  name: string
  action: string
  back: string
  problem: string
  ahead: Link[]
}
type TermLine = {
  rule: Rule
  text: string
  unit: string
  amount: string
  ran: string
  gone: string
  ever: string
  error: string | undefined
}
type TermsPage = { title: string; say: Say; lines: TermLine[]; mayChange: boolean }

declare module '../base/http/pages.ts' {
  interface Views {
    'privacy/held-staff': HeldPage
    'privacy/held-me': HeldPage
    'privacy/held-public': HeldPage
    'parts/held': Pick<HeldPage, 'say' | 'sections' | 'json' | 'consent'>
    'privacy/erasure': ErasurePage
    'privacy/terms': TermsPage
  }
}

const mostRows = 50
/** A page reads one more than it shows, to say that there are more; the file has them all. */
export const mostOfPage = mostRows + 1

export function heldPage(
  language: Language,
  name: string,
  held: Held,
  { json, back, erase, zone, names }: { json: string; back: string; erase?: string; zone: string; names: Names },
): HeldPage {
  const say = words[language]
  const { sections, fields } = heldWords[language]
  const labels = fields as Record<string, string>
  const fieldSaid = (value: unknown, field: string, section: Section): string => {
    const code = typeof value === 'string' || typeof value === 'number' ? value : undefined
    const said = code === undefined ? undefined : codeSaid(language, section, field, code, names)
    return said ?? valueSaid(value, say, zone)
  }
  const version = held.find(it => it.section === 'person')?.rows[0]?.['consent_version']
  return {
    ...{ title: say.held, say, name, json, back, erase },
    consent:
      typeof version === 'string'
        ? ((consents[language] as Record<string, string>)[version] ?? version)
        : say.consentNone,
    sections: held.map(({ section, rows }) => ({
      title: sections[section],
      more: rows.length > mostRows,
      rows: rows.slice(0, mostRows).map(row =>
        Object.entries(labels).flatMap(([field, label]) => {
          const text = fieldSaid(row[field], field, section)
          return text === '' ? [] : [{ label, text }]
        }),
      ),
    })),
  }
}

function valueSaid(value: unknown, say: Say, zone: string): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'boolean') return value ? say.yes : say.no
  if (Array.isArray(value)) return value.join(', ')
  // of a line of the history the words that somebody wrote; its codes are in the file
  if (typeof value === 'object') return 'text' in value ? String(value.text) : ''
  const text = String(value)
  const span = /^\["?([^",]+)"?,"?([^")]+)"?\)$/.exec(text)
  if (span)
    return `${valueSaid(span[1]?.replace(' ', 'T'), say, zone)} – ${valueSaid(span[2]?.replace(' ', 'T'), say, zone)}`
  if (/^\d\d:\d\d:\d\d$/.test(text)) return text.slice(0, 5)
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(text) ?? []
  if (day && time) return momentSaid(text, zone)
  return /^\d{4}-\d\d-\d\d$/.test(text) ? dateDigits(text) : phoneSaid(text)
}

const momentSaid = (text: string, zone: string): string => {
  const { day, minute } = wallOf(instantFrom(text), zone)
  return `${dateDigits(day)} ${clock(minute)}`
}

export function erasurePage(
  language: Language,
  name: string,
  to: { action: string; back: string },
  refused?: Exclude<Erasing, { refused: 'missing' }>,
): ErasurePage {
  const say = words[language]
  return {
    ...{ title: say.erase, say, name, ...to },
    problem: refused ? (refused.refused === 'ahead' ? say.ahead : say.staff) : '',
    ahead: refused?.refused === 'ahead' ? refused.ahead.map(it => aheadLink(say, it)) : [],
  }
}

const aheadLink = (say: Say, { talkId, number, on }: Ahead): Link =>
  talkId
    ? { href: `/app/talks/${talkId}`, text: `${say.talk}: ${on ? dateDigits(on) : ''}` }
    : { href: `/app/requests/${number}`, text: `${say.request}: № ${number}` }

export function termsPage(
  language: Language,
  held: Terms,
  runs: { rule: string; ranAt: DateTime; gone: number; ever: number }[],
  { zone, mayChange, wrong }: { zone: string; mayChange: boolean; wrong?: { rule: Rule; typed: string } | undefined },
): TermsPage {
  const say = words[language]
  return {
    ...{ title: say.terms, say, mayChange },
    lines: rules.map(rule => {
      const run = runs.find(it => it.rule === rule)
      const wall = run && wallOf(run.ranAt, zone)
      return {
        rule,
        text: say.rules[rule],
        unit: say.units[terms[rule].unit](held[rule]),
        amount: wrong?.rule === rule ? wrong.typed : String(held[rule]),
        ran: wall ? `${dateDigits(wall.day)} ${clock(wall.minute)}` : say.never,
        gone: String(run?.gone ?? 0),
        ever: String(run?.ever ?? 0),
        error: wrong?.rule === rule ? say.wrong(String(terms[rule].most)) : undefined,
      }
    }),
  }
}

/** Each term in words, as it is set now: what the page for everybody says. */
export const termsSaid = (language: Language, held: Terms): string[] =>
  rules.map(
    rule => `${words[language].rules[rule]}: ${held[rule]} ${words[language].units[terms[rule].unit](held[rule])}`,
  )
