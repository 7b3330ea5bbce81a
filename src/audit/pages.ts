import { dateDigits } from '../base/i18n/dates.ts'
import type { Language, Said } from '../base/i18n/language.ts'
import { clock, wallOf } from '../base/time.ts'
import { detailSaid } from './detail-pages.ts'
import { addressOf, type JournalFilter, things } from './filter-rules.ts'
import { kinds } from './kind-words.ts'
import type { JournalRow } from './store.ts'
import { words } from './words.ts'

type Choice = { value: string; text: string; checked: boolean }
type Link = { href: string; text: string }
export type JournalLine = {
  n: number
  when: string
  who: string
  by: string
  what: string
  thing: string
  name: string
  href: string | undefined
  old: string
  new: string
  place: string
}
type Page = {
  title: string
  say: (typeof words)[Language]
  lines: JournalLine[]
  filter: JournalFilter
  kinds: Choice[]
  things: Choice[]
  csv: string
  before: Link | undefined
  after: Link | undefined
}

declare module '../base/http/pages.ts' {
  interface Views {
    'audit/journal': Page
  }
}

const paths: Record<string, string> = {
  talk: '/app/talks',
  host: '/app/hosts',
  speaker: '/app/speakers',
  group: '/app/groups',
  topic: '/app/topics',
  closure: '/app/closures',
  plan: '/app/planner',
  import: '/app/imports',
}

/** What a kind of row is called; a form that nothing else is known of, by its address. */
export const kindSaid = (language: Language, kind: string): string =>
  kind.startsWith('/')
    ? `${words[language].form}: ${kind}`
    : ((kinds[language] as Record<string, string>)[kind] ?? kind)

/** A row in words: ids that have a name are named. */
export function lineOf(row: JournalRow, names: Map<string, Said>, language: Language, zone: string): JournalLine {
  const say = words[language]
  const { day, minute } = wallOf(row.at, zone)
  const name = names.get(row.thingId)?.[language] ?? row.thingId
  const path = paths[row.thing]
  const values = (text: string) => detailSaid(language, text, names, zone)
  const by = { account: say.account, contact: say.contact, speaker: say.speaker, system: say.system }[row.byWhom] ?? ''
  return {
    n: row.n,
    when: `${dateDigits(day)} ${clock(minute)}`,
    who: row.actor?.[language] ?? (row.actorId ? say.gone : by),
    by: row.actor ? by : '',
    what: kindSaid(language, row.kind),
    thing: (say.things as Record<string, string>)[row.thing] ?? row.thing,
    name: row.thing === 'request' && name ? `№ ${name}` : name,
    href: row.thingId === '' ? undefined : row.thing === 'request' ? requestAt(name) : path && `${path}/${row.thingId}`,
    old: values(row.old),
    new: values(row.new),
    place: row.place,
  }
}

const requestAt = (number: string) => (/^\d+$/.test(number) ? `/app/requests/${number}` : undefined)

export function journalPage(
  rows: JournalRow[],
  names: Map<string, Said>,
  filter: JournalFilter,
  { language, zone, size }: { language: Language; zone: string; size: number },
): Page {
  const say = words[language]
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  return {
    title: say.title,
    say,
    filter,
    lines: shown.map(row => lineOf(row, names, language, zone)),
    kinds: Object.entries(kinds[language]).map(([value, text]) => ({ value, text, checked: value === filter.kind })),
    things: things.map(value => ({ value, text: say.things[value], checked: value === filter.thing })),
    csv: addressOf({ ...filter, before: undefined }, '/admin/audit.csv'),
    before: filter.before ? { href: addressOf({ ...filter, before: undefined }), text: say.newest } : undefined,
    after: rows.length > size && last ? { href: addressOf({ ...filter, before: last.n }), text: say.older } : undefined,
  }
}
