import type { Language } from '../base/i18n/language.ts'
import type { Letter } from '../base/letter.ts'
import type { CaughtMail } from '../base/mail.ts'
import { lateSeconds } from './delivery-rules.ts'
import { type LedgerLine, type Look, lineOf } from './ledger-pages.ts'
import { fieldsOf, type LedgerFilter, ledgerAddress, recipientOf, states } from './ledger-rules.ts'
import { type Ledger, pageSize } from './ledger-store.ts'
import { ledgerWords } from './ledger-words.ts'
import { messageKinds } from './rules.ts'
import { words } from './words.ts'

type Say = (typeof words)[Language]
type Choice = { value: string; text: string; checked: boolean }
type Link = { href: string; text: string }
export type CaughtLine = { name: string; to: string; subject: string; kind: string }

declare module '../base/http/pages.ts' {
  interface Views {
    'letters/letter': Letter
    'messages/ledger': {
      title: string
      say: Say
      tell: (typeof ledgerWords)[Language]
      lines: LedgerLine[]
      queue: Link | undefined
      states: Choice[]
      kinds: Choice[]
      search: string
      talkId: string
      person: string
      only: { label: string; name: string; without: Link }[]
      /** What the forms keep of this page's wishes. */
      kept: { name: string; value: string }[]
      oldest: string
      hold: boolean
      mayRelease: boolean
      problem: string
      before: Link | undefined
      after: Link | undefined
    }
    'messages/mailbox': { title: string; say: Say; lines: CaughtLine[]; count: number }
    'messages/caught': { title: string; say: Say; name: string; mail: CaughtMail }
  }
}

export function ledgerPage({ planned, more, rows }: Ledger, filter: LedgerFilter, look: Look) {
  const { language } = look
  const say = words[language]
  const tell = ledgerWords[language]
  const { person, talkId } = filter
  const reader = person && look.readers.get(recipientOf(person))
  const address = (with_: Partial<LedgerFilter>) => ledgerAddress({ ...filter, page: 1, ...with_ })
  return {
    title: say.title,
    say,
    tell,
    lines: [...planned, ...rows.slice(0, pageSize)].map(row => lineOf(row, look)),
    queue: more ? { href: address({ state: 'waiting' }), text: tell.queue } : undefined,
    states: states.map(value => ({ value, text: say.states[value], checked: value === filter.state })),
    kinds: messageKinds.map(value => ({ value, text: say.kinds[value], checked: value === filter.kind })),
    search: filter.search,
    talkId: talkId ?? '',
    person: person ? recipientOf(person) : '',
    only: [
      ...(reader
        ? [
            {
              label: tell.only,
              name: reader.name[language],
              without: { href: address({ person: undefined }), text: tell.everybody },
            },
          ]
        : []),
      ...(talkId
        ? [{ label: tell.onlyTalk, name: '', without: { href: address({ talkId: undefined }), text: tell.everyTalk } }]
        : []),
    ],
    kept: Object.entries(fieldsOf(filter)).map(([name, value]) => ({ name, value })),
    before: filter.page > 1 ? { href: address({ page: filter.page - 1 }), text: say.newer } : undefined,
    after: rows.length > pageSize ? { href: address({ page: filter.page + 1 }), text: say.older } : undefined,
  }
}

/** What a coordinator must know when letters do not leave: none when they do. */
export function mailWaits(
  language: Language,
  seconds: number,
  hold: boolean,
): { text: string; link: string } | undefined {
  const say = words[language]
  if (hold) return { text: say.hold, link: say.title }
  return seconds > lateSeconds ? { text: say.oldest(String(Math.floor(seconds / 60))), link: say.title } : undefined
}
