import type { MessageState } from '../base/db/tables.ts'
import { isUuid } from '../base/text.ts'
import type { DateTime } from '../base/time.ts'
import { isMessageKind, type MessageKind, messageKinds } from './rules.ts'
import { optionalOf } from './unsubscribe-rules.ts'

/** What of the ledger is looked at: `person` is a recipient as the rows name it, `search` what was typed of a name or an address. */
export type LedgerFilter = {
  state: MessageState | undefined
  kind: MessageKind | undefined
  talkId: string | undefined
  person: Person | undefined
  search: string
  page: number
}
export type Person = { is: 'speaker' | 'contact' | 'account'; id: string }

const longestSearch = 100

/** Reads an address of the ledger; odd values are no wish, only a person is either meant or `unknown`. */
export function filterOf(texts: Record<'state' | 'kind' | 'talk' | 'person' | 'q' | 'page', string>): {
  filter: LedgerFilter
  unknown: boolean
} {
  const { state, kind, talk, person, q, page } = texts
  const number = Number(page)
  const of = personOf(person)
  return {
    unknown: person !== '' && of === undefined,
    filter: {
      state: states.find(it => it === state),
      kind: isMessageKind(kind) ? kind : undefined,
      talkId: isUuid(talk) ? talk : undefined,
      person: of,
      search: q.replaceAll('\n', ' ').slice(0, longestSearch),
      page: Number.isSafeInteger(number) && number > 1 && number < 10_000 ? number : 1,
    },
  }
}

export const states = ['waiting', 'sending', 'sent', 'failed', 'held', 'skipped', 'superseded'] as const

/** How letters end that do not leave. */
export const isEnd = (state: MessageState): boolean =>
  state === 'failed' || state === 'held' || state === 'skipped' || state === 'superseded'

/** What somebody has to know, and not before it is too late: neither what one can do without nor a door that has closed. */
export const newsKinds: readonly string[] = messageKinds.filter(kind => kind !== 'sign-in' && !optionalOf(kind))

/** How a letter is said to stand: news that did not leave before it was too late has failed, the rest was not needed. */
export const standingOf = (it: { kind: string; state: MessageState; reason: string | null }): MessageState =>
  it.state === 'skipped' && it.reason === 'too-late' && newsKinds.includes(it.kind) ? 'failed' : it.state

/** `speaker:<id>`, `contact:<id>` or `account:<id>`. */
export function personOf(recipient: string): Person | undefined {
  const [is, id = '', more] = recipient.split(':')
  if ((is !== 'speaker' && is !== 'contact' && is !== 'account') || !isUuid(id) || more !== undefined) return
  return { is, id }
}

export const recipientOf = ({ is, id }: Person): string => `${is}:${id}`

/** The wishes as fields of an address or a form, for `filterOf` to read. */
export function fieldsOf(filter: Partial<LedgerFilter>): Record<string, string> {
  const { state, kind, talkId, person, search, page = 1 } = filter
  return {
    ...(state ? { state } : {}),
    ...(kind ? { kind } : {}),
    ...(talkId ? { talk: talkId } : {}),
    ...(person ? { person: recipientOf(person) } : {}),
    ...(search ? { q: search } : {}),
    ...(page > 1 ? { page: String(page) } : {}),
  }
}

/** The address of a page of the ledger with these wishes. */
export function ledgerAddress(filter: Partial<LedgerFilter>): string {
  const query = new URLSearchParams(fieldsOf(filter))
  return `/app/messages${query.size > 0 ? `?${query}` : ''}`
}

export type Repeatable = {
  kind: string
  state: MessageState
  notAfter: DateTime | null
  /** Whether this very letter was sent again already, or a later letter of its cause tells more. */
  outdone: boolean
}

/** How a letter goes again by hand: a refused or held one itself, of a sent one another copy; undefined when it doesn't. */
export function againAs({ kind, state, notAfter, outdone }: Repeatable, now: DateTime): 'itself' | 'copy' | undefined {
  if (!isMessageKind(kind) || kind === 'sign-in' || outdone || (notAfter !== null && notAfter < now)) return
  if (state === 'sent') return 'copy'
  return state === 'failed' || state === 'held' ? 'itself' : undefined
}
