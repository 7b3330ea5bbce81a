import { type Run, standing } from '../backups/rules.ts'
import { dateDigits, numberSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { clock, type DateTime, wallOf } from '../base/time.ts'
import type { Figures } from './store.ts'
import { words } from './words.ts'

type Fact = { label: string; text: string; tone?: 'ok' | 'bad' | 'wait' }
type Part = { id: string; title: string; notes: string[]; facts: Fact[]; link?: { href: string; text: string } }

declare module '../base/http/pages.ts' {
  interface Views {
    'running/show': { title: string; settings: string; parts: Part[] }
  }
}

type Last = { good: Run | undefined; last: Run | undefined }
export type State = {
  now: DateTime
  zone: string
  runs: { backup: Last; trial: Last }
  nightly: { at: string; sealed: boolean } | undefined
  figures: Figures
  oldest: number
  journal: { n: number; hash: string } | undefined
  late: boolean
  hold: boolean
  embedded: boolean
  versions: { kezdesu: string; node: string; zones: string; since: DateTime }
}

const megabytes = (language: Language, bytes: number) =>
  `${numberSaid(language, Math.max(1, Math.round(bytes / 2 ** 20)))} MB`

/** How it stands with everything that people don't see until it fails. */
export function shown(language: Language, state: State): Part[] {
  const say = words[language]
  const { figures, versions, embedded, journal } = state
  const number = (label: string, value: number): Fact => ({ label, text: numberSaid(language, value) })
  return [
    backups(language, state),
    {
      id: 'mail',
      title: say.mail,
      notes: [...(state.hold ? [say.hold] : []), ...(state.late ? [say.late] : [])],
      facts: [
        number(say.waiting, figures.ledger.waiting),
        number(say.due, figures.ledger.due),
        number(say.oldest, Math.round(state.oldest / 60)),
        number(say.held, figures.ledger.held),
        number(say.failedMail, figures.ledger.failed),
        number(say.queue, figures.queue.waiting),
        number(say.active, figures.queue.active),
      ],
      link: { href: '/app/messages', text: say.toLedger },
    },
    {
      id: 'database',
      title: say.database,
      notes: [],
      facts: [
        { label: say.kind, text: embedded ? say.embedded : say.server },
        { label: say.version, text: figures.version },
        { label: say.size, text: megabytes(language, figures.bytes) },
      ],
    },
    {
      id: 'journal',
      title: say.journal,
      notes: [say.journalNote],
      facts: journal ? [number(say.rows, journal.n), { label: say.journalEnd, text: inGroups(journal.hash) }] : [],
      link: { href: '/admin/audit', text: say.toJournal },
    },
    {
      id: 'versions',
      title: say.versions,
      notes: [],
      facts: [
        { label: 'Kezdesu', text: versions.kezdesu },
        { label: 'Node', text: versions.node },
        { label: say.zones, text: versions.zones },
        { label: say.since, text: momentSaid(versions.since, state.zone) },
      ],
    },
  ]
}

/** So that it breaks on a narrow screen, and can be copied by hand. */
const inGroups = (hash: string): string => hash.replace(/(.{8})(?=.)/g, '$1 ')

function backups(language: Language, { now, zone, runs, nightly }: State): Part {
  const say = words[language]
  const { good, last } = runs.backup
  const stand = standing(nightly !== undefined, now, good, last)
  const tone = stand === 'ok' ? 'ok' : stand === 'late' || stand === 'failed' ? 'bad' : 'wait'
  return {
    id: 'backups',
    title: say.backups,
    notes: [
      ...(nightly ? [] : [say.off]),
      ...(nightly && !nightly.sealed ? [say.plain] : []),
      ...(last?.fault ? [`${say.failed}: ${last.fault}`] : []),
      ...(runs.trial.last?.fault ? [`${say.trialFailed}: ${runs.trial.last.fault}`] : []),
    ],
    facts: [
      { label: say.state, text: say.states[stand], tone },
      ...(nightly ? [{ label: say.nightly, text: nightly.at }] : []),
      { label: say.newest, text: good ? momentSaid(good.at, zone) : say.never },
      ...(good
        ? [
            { label: say.file, text: good.file },
            { label: say.size, text: megabytes(language, good.bytes) },
            { label: say.rows, text: numberSaid(language, good.rows) },
            { label: say.sealed, text: good.sealed ? say.yes : say.no },
          ]
        : []),
      { label: say.trial, text: runs.trial.good ? momentSaid(runs.trial.good.at, zone) : say.never },
    ],
  }
}

function momentSaid(instant: DateTime, zone: string): string {
  const { day, minute } = wallOf(instant, zone)
  return `${dateDigits(day)}, ${clock(minute)}`
}
