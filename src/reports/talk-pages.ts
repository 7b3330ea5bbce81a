import { dateDigits } from '../base/i18n/dates.ts'
import { words as cancelWords } from '../requests/cancel-words.ts'
import { addressOf } from './address-rules.ts'
import type { Asked } from './asking.ts'
import { fates } from './fate-rules.ts'
import { type Head, headOf } from './head-pages.ts'
import { veiled } from './rules.ts'
import { type Cell, cellOf, nameOf } from './table-pages.ts'
import type { TalkLine } from './talk-store.ts'
import type { Counted, Listed } from './wish-rules.ts'
import { words } from './words.ts'

declare module '../base/http/pages.ts' {
  interface Views {
    'reports/talks': Head & {
      heading: string
      back: string
      fates: { href: string; text: string; here: boolean }[]
      sums: { key: string; name: string; cell: Cell }[]
      rows: {
        href: string
        when: string
        host: string
        topic: string
        state: string
        planned: Cell
        counted: Cell | undefined
        confirmed: Cell | undefined
      }[]
      pager: { first: string; next: string }
    }
  }
}

export function talksPage(
  asked: Asked,
  { fate, reason }: Listed,
  counted: Counted,
  rows: TalkLine[],
  { size, later, house }: { size: number; later: boolean; house: string },
) {
  const { language, period, wish } = asked
  const say = words[language]
  const path = '/app/reports/talks'
  const own: Record<string, string> = { ...(fate ? { fate } : {}), ...(reason ? { reason } : {}) }
  const states = {
    booked: say.fate.open,
    held: say.fate.held,
    'not-held': say.fate['not-held'],
    cancelled: say.fate.cancelled,
  }
  const last = rows.length > size ? rows[size - 1] : undefined
  const head = headOf(asked, house, path)
  const shown = rows.slice(0, size)
  const veil = veiled(
    shown.map(({ planned, counted, confirmed }) => [planned, counted ?? 0, confirmed ?? 0]),
    true,
  )
  return {
    ...head,
    files: { xlsx: addressOf(`${path}.xlsx`, period, wish, own), csv: addressOf(`${path}.csv`, period, wish, own) },
    heading: [say.talksOf, ...(fate ? [say.fate[fate]] : []), ...(reason ? [cancelWords[language][reason]] : [])].join(
      ': ',
    ),
    back: addressOf('/app/reports', period, wish),
    fates: [
      { href: addressOf(path, period, wish), text: say.all, here: fate === undefined },
      ...fates.map(each => ({
        href: addressOf(path, period, wish, { fate: each }),
        text: say.fate[each],
        here: each === fate,
      })),
    ],
    sums: (
      [
        ['talks', say.talks],
        ['planned', say.figure.planned],
        ['counted', say.figure.counted],
        ['confirmed', say.figure.confirmed],
        ['answers', say.figure.answers],
      ] as const
    ).map(([key, name]) => ({ key, name, cell: cellOf(asked, counted[key]) })),
    rows: shown.map((row, at) => ({
      href: `/app/talks/${row.id}`,
      when: `${dateDigits(row.day)} ${row.from}`,
      host: nameOf(asked, 'host', row.host),
      topic: nameOf(asked, 'topic', row.topic),
      state: states[row.state] + (row.reason ? `: ${cancelWords[language][row.reason]}` : ''),
      planned: cellOf(asked, row.planned, { veil: veil[at]?.[0] ?? false }),
      counted: row.counted === null ? undefined : cellOf(asked, row.counted, { veil: veil[at]?.[1] ?? false }),
      confirmed: row.confirmed === null ? undefined : cellOf(asked, row.confirmed, { veil: veil[at]?.[2] ?? false }),
    })),
    pager: {
      first: later ? addressOf(path, period, wish, own) : '',
      next: last ? addressOf(path, period, wish, { ...own, after: `${last.day}_${last.id}` }) : '',
    },
  }
}
