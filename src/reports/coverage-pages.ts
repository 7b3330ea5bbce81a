import type { HostKind } from '../base/db/tables.ts'
import { dateDigits } from '../base/i18n/dates.ts'
import { byName } from '../base/i18n/fold.ts'
import type { Language } from '../base/i18n/language.ts'
import type { Letter } from '../base/letter.ts'
import { type DateTime, type Day, wallOf } from '../base/time.ts'
import { words as hostWords } from '../hosts/words.ts'
import type { Named } from './choice-store.ts'
import { monthChoices, notInvited } from './coverage-rules.ts'
import type { Unvisited } from './coverage-store.ts'
import { type CoverageWords, words } from './coverage-words.ts'
import { monthsBetween } from './period-rules.ts'

type Option = { value: string; text: string; checked: boolean }
export type CoverageLine = {
  id: string
  name: string
  facts: string
  entry: string
  /** Empty where a letter may go. */
  refused: string
  reader: string
}

declare module '../base/http/pages.ts' {
  interface Views {
    'reports/coverage': {
      title: string
      here: 'reports'
      say: CoverageWords
      back: { href: string; text: string }
      done: string
      error: string
      months: Option[]
      districts: Option[]
      kinds: Option[]
      count: string
      rows: CoverageLine[]
      may: boolean
      next: string
    }
    'reports/offer': {
      title: string
      here: 'reports'
      say: CoverageWords
      back: string
      error: string
      will: CoverageLine[]
      wont: CoverageLine[]
      send: string
      subject: string
      halves: { language: Language; lines: string[] }[]
    }
  }
}

type Setting = { language: Language; today: Day; now: DateTime; zone: string; districts: Named[] }

export function coverageLine({ language, today, now, zone, districts }: Setting, host: Unvisited): CoverageLine {
  const say = words[language]
  const refusal = notInvited(host, now)
  const district = districts.find(({ id }) => id === host.district)?.name[language] ?? ''
  return {
    id: host.id,
    name: host.name[language],
    facts: [
      district,
      hostWords[language].kinds[host.kind],
      host.last === null ? say.never : `${dateDigits(host.last)}, ${say.ago(monthsBetween(host.last, today))}`,
      ...(host.invitedAt ? [say.invited(dateDigits(wallOf(host.invitedAt, zone).day))] : []),
    ].join(' · '),
    entry: `/app/requests/new?host=${host.id}`,
    refused: refusal ? say.refusals[refusal] : '',
    reader: host.contact ? [host.contact.name, host.contact.email ?? ''].filter(Boolean).join(', ') : '',
  }
}

export function coveragePage(
  setting: Setting,
  rows: Unvisited[],
  wish: { months: number; district: string; kind: string },
  more: { count: number; done: string; error: string; may: boolean; next: string },
) {
  const { language, districts } = setting
  const say = words[language]
  return {
    title: say.title,
    here: 'reports' as const,
    say,
    back: { href: '/app/reports', text: say.back },
    done: more.done,
    error: more.error,
    months: monthChoices.map(count => ({ value: String(count), text: String(count), checked: count === wish.months })),
    districts: districts
      .map(({ id, name }) => ({ value: id, text: name[language], checked: id === wish.district }))
      .sort((a, b) => byName(a.text, b.text)),
    kinds: (Object.keys(hostWords[language].kinds) as HostKind[]).map(kind => ({
      value: kind,
      text: hostWords[language].kinds[kind],
      checked: kind === wish.kind,
    })),
    count: String(more.count),
    rows: rows.map(row => coverageLine(setting, row)),
    may: more.may,
    next: more.next,
  }
}

/** Who is told and who is not, before anything is sent. */
export function offerPage(setting: Setting, hosts: Unvisited[], letter: Letter, error: string) {
  const { language } = setting
  const say = words[language]
  const lines = hosts.map(host => coverageLine(setting, host))
  const will = lines.filter(({ refused }) => refused === '')
  return {
    title: say.check.title,
    here: 'reports' as const,
    say,
    back: '/app/reports/coverage',
    error: error || (will.length === 0 ? say.check.nothing : ''),
    will,
    wont: lines.filter(({ refused }) => refused !== ''),
    send: say.check.send(will.length),
    subject: letter.subject,
    halves: letter.halves.map(({ language: its, lines: said, stays = [] }) => ({
      language: its,
      lines: [...said, ...stays],
    })),
  }
}
