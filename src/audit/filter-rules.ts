import { numberOf } from '../base/text.ts'
import { type DateTime, instantOrThrow, isDay } from '../base/time.ts'

export const things = [
  'talk',
  'request',
  'host',
  'speaker',
  'account',
  'group',
  'topic',
  'closure',
  'feed',
  'import',
  'plan',
  'house',
] as const
export type Thing = (typeof things)[number]

export const wishes = ['q', 'kind', 'thing', 'id', 'from', 'to', 'before'] as const
type Wish = (typeof wishes)[number]

export type JournalFilter = {
  search: string
  kind: string
  thing: Thing | undefined
  id: string
  from: string
  to: string
  before: number | undefined
}

const day = (text: string) => (isDay(text) ? text : '')

/** What of the journal is asked for; what makes no sense is not asked. */
export const filterOf = (texts: Record<Wish, string>): JournalFilter => ({
  search: texts.q.slice(0, 200),
  kind: texts.kind.slice(0, 100),
  thing: things.find(each => each === texts.thing),
  id: texts.id.slice(0, 60),
  from: day(texts.from),
  to: day(texts.to),
  before: numberOf(texts.before),
})

/** Its moments: from the first day's midnight of the House to the last day's. */
export const momentsOf = (
  { from, to }: Pick<JournalFilter, 'from' | 'to'>,
  zone: string,
): { from?: DateTime; to?: DateTime } => ({
  ...(from ? { from: midnight(from, zone) } : {}),
  ...(to ? { to: midnight(to, zone).plus({ days: 1 }) } : {}),
})

const midnight = (on: string, zone: string) => instantOrThrow(on, 0, zone)

/** The same page with other wishes. */
export function addressOf(filter: JournalFilter, path = '/admin/audit'): string {
  const query = new URLSearchParams()
  const { search, before, ...rest } = filter
  for (const [name, value] of Object.entries({ q: search, ...rest, before: before?.toString() }))
    if (value) query.set(name, value)
  const text = query.toString()
  return text ? `${path}?${text}` : path
}
