import { dateDigits } from '../base/i18n/dates.ts'
import type { Language, Said } from '../base/i18n/language.ts'
import { isUuid, valuesIn } from '../base/text.ts'
import { clock, wallOf } from '../base/time.ts'
import { detailSaid } from './detail-pages.ts'
import { addressOf, type JournalFilter, things } from './filter-rules.ts'
import { parts } from './form-words.ts'
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

/** What a kind of row is called; a form that nothing else is known of, by the words of its address. */
export function kindSaid(language: Language, kind: string): string {
  if (!kind.startsWith('/')) return (kinds[language] as Record<string, string>)[kind] ?? kind
  const known: Record<string, string> = parts[language]
  const [area, ...steps] = kind.split('/').flatMap(part => (part.startsWith(':') ? [] : (known[part] ?? [])))
  return steps.length === 0 ? `${words[language].form}: ${area ?? ''}` : `${area}: ${steps.join(', ')}`
}

/** The thing that an area of addresses is about. */
const singular: Record<string, string> = {
  accounts: 'account',
  closures: 'closure',
  groups: 'group',
  hosts: 'host',
  houses: 'house',
  imports: 'import',
  planner: 'plan',
  requests: 'request',
  speakers: 'speaker',
  support: 'line',
  talks: 'talk',
  topics: 'topic',
}

/** What has no name, or is gone, is told apart by the beginning of its id. */
function nameOf(thing: string, id: string, names: Map<string, Said>, language: Language): string {
  const things: Record<string, string> = words[language].things
  const name = names.get(id)?.[language] ?? (isUuid(id) ? id.slice(0, 8) : (things[id] ?? id))
  return (thing === 'request' || /^\d+$/.test(id)) && name ? `№ ${name}` : name
}

/** All that may have a name in these rows. */
export const idsIn = (rows: JournalRow[]): string[] => [
  ...new Set(
    rows
      .flatMap(row => [
        row.thingId,
        ...Object.values({ ...valuesIn(row.old) }),
        ...Object.values({ ...valuesIn(row.new) }),
      ])
      .filter((value): value is string => typeof value === 'string' && isUuid(value)),
  ),
]

/** A row in words: ids that have a name are named. */
export function lineOf(row: JournalRow, names: Map<string, Said>, language: Language, zone: string): JournalLine {
  const say = words[language]
  const { day, minute } = wallOf(row.at, zone)
  const thing = singular[row.thing] ?? row.thing
  const name = nameOf(thing, row.thingId, names, language)
  const known: Record<string, string> = { ...parts[language], ...say.things }
  const path = paths[thing]
  const values = (text: string) => detailSaid(language, text, names, zone)
  const by = { account: say.account, contact: say.contact, speaker: say.speaker, system: say.system }[row.byWhom] ?? ''
  return {
    n: row.n,
    when: `${dateDigits(day)} ${clock(minute)}`,
    who: row.actor?.[language] ?? (row.actorId ? say.gone : by),
    by: row.actor ? by : '',
    what: kindSaid(language, row.kind),
    thing: known[thing] ?? thing,
    name,
    href: row.thingId === '' ? undefined : thing === 'request' ? requestAt(name) : path && `${path}/${row.thingId}`,
    old: values(row.old),
    new: values(row.new),
    place: row.place,
  }
}

const requestAt = (name: string) => (/^№ \d+$/.test(name) ? `/app/requests/${name.slice(2)}` : undefined)

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
