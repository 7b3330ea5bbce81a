import type { Language } from '../base/i18n/language.ts'
import { clock } from '../base/time.ts'
import { refusalsShown, teamSaid } from '../matching/pages.ts'
import type { Say } from '../matching/words.ts'
import type { TellWords } from '../messages/tell-words.ts'
import { words as cancelWords } from '../requests/cancel-words.ts'
import { type CancelReason, cancelReasons } from '../talks/rules.ts'
import { terms } from '../talks/words.ts'
import type { TypedChange, What } from './change-form-rules.ts'
import type { Verdict } from './change-rules.ts'
import type { Outcome } from './choice-rules.ts'
import { failedLines, headOf, labelOf, momentSaid, whenOf } from './date-pages.ts'
import { scopes } from './rules.ts'
import type { DateRow, SeriesRow } from './store.ts'
import { type SeriesWords, words } from './words.ts'

type Choice = { value: string; text: string; checked: boolean }
type Shown = { label: string; before: string; after: string; can: boolean; lines: string[] }

declare module '../base/http/pages.ts' {
  interface Views {
    'series/change': {
      say: SeriesWords
      id: string
      title: string
      crumb: string
      tags: string[]
      heading: string
      typed: TypedChange
      need: string | undefined
      failed: { when: string; lines: string[] }[]
      scopes: Choice[]
      startsAt: string
      out: Choice[]
      in: Choice[]
      reasons: Choice[]
      preview: { dates: Shown[]; hidden: { name: string; value: string }[]; button: string } | undefined
      note: string
      noteError: string | undefined
      sayTells: TellWords
    }
  }
}

/** A change of one date, the following or all: the three forms, and what the one that is filled in would do to every date. */
export function changePage(
  language: Language,
  series: SeriesRow,
  rows: DateRow[],
  typed: TypedChange,
  asked: { missing?: What | undefined; verdicts?: Verdict[] },
  known: { say: Say; sayTells: TellWords; people: { id: string; name: string }[] },
  again: { outcomes?: Outcome[]; note?: string; noteError?: string } = {},
) {
  const head = headOf(language, series, rows)
  const said = words[language]
  const from = rows.find(({ position }) => position === Number(typed.from)) ?? rows[0]
  const mates = new Set(
    rows.flatMap(({ talkState, seats }) => (talkState === 'booked' ? seats.map(({ speakerId }) => speakerId) : [])),
  )
  const choices = (list: { id: string; name: string }[], chosen: string): Choice[] =>
    list.map(({ id, name }) => ({ value: id, text: name, checked: id === chosen }))
  const reasons: Record<CancelReason, string> = cancelWords[language]
  const minute = from?.fromTime?.slice(0, 5) ?? ''
  return {
    ...head,
    heading: said.changeFrom(from ? whenOf(language, from) : ''),
    typed,
    need: asked.missing && said.needs[asked.missing],
    failed: failedLines(language, series.kind, rows, again.outcomes ?? [], known.say),
    scopes: scopes.map(scope => ({
      value: scope,
      text: said.scopes[scope],
      checked: scope === (typed.scope || 'following'),
    })),
    startsAt: typed.startsAt || (from?.heldOn && minute ? `${from.heldOn}T${minute}` : ''),
    out: choices(
      [...mates].map(id => ({ id, name: known.say.speaker(id) })),
      typed.out,
    ),
    in: choices(known.people, typed.in),
    reasons: cancelReasons.map(value => ({ value, text: reasons[value], checked: value === typed.reason })),
    preview: asked.verdicts && previewOf(language, series, rows, typed, asked.verdicts, known.say),
    note: again.note ?? '',
    noteError: again.noteError,
    sayTells: known.sayTells,
  }
}

function previewOf(
  language: Language,
  series: SeriesRow,
  rows: DateRow[],
  typed: TypedChange,
  verdicts: Verdict[],
  say: Say,
) {
  const said = words[language]
  const after = ({ after, team }: Verdict) =>
    typed.what === 'cancel' ? terms[language].talk.cancelled : `${momentSaid(language, after)} · ${teamSaid(team, say)}`
  const shown = verdicts
    .toSorted((a, b) => a.position - b.position)
    .flatMap(verdict => {
      const row = rows.find(({ position }) => position === verdict.position)
      return row
        ? [
            {
              label: labelOf(language, series.kind, row),
              before: `${momentSaid(language, verdict.before)} · ${teamSaid(verdict.before.team, say)}`,
              after: after(verdict),
              can: verdict.refusals.length === 0,
              lines: refusalsShown(language, verdict.refusals, say),
            },
          ]
        : []
    })
  const done = verdicts.filter(({ refusals }) => refusals.length === 0)
  return {
    dates: shown,
    button: typed.what === 'cancel' ? said.cancel : typed.what === 'replace' ? said.replace : said.move,
    // in the order in which it is done: one date may take the place that another leaves
    hidden:
      done.length === 0
        ? []
        : [
            ...Object.entries(typed).map(([name, value]) => ({ name, value })),
            ...done.map(verdict => ({
              name: 'date',
              value: dateValue(verdict, rows.find(({ talkId }) => talkId === verdict.talkId)?.talkVersion ?? 0),
            })),
          ],
  }
}

/** `3 <talk> 2026-12-01T10:20 1`: a date as the confirmed form carries it, with the version of the talk that was shown. */
const dateValue = ({ position, talkId, after }: Verdict, version: number): string =>
  `${position} ${talkId} ${after.day}T${clock(after.from)} ${version}`
