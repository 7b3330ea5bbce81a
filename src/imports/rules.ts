import type { Moment } from '../base/time.ts'
import type { Problem as FormProblem } from '../houses/field-rules.ts'
import type { Refusal } from '../matching/rules.ts'
import type { Problem as RequestProblem } from '../requests/rules.ts'

export const importKinds = ['speakers', 'hosts', 'requests'] as const
export type ImportKind = (typeof importKinds)[number]

/** 5 MiB as they come. */
export const mostBytes = 5 * 1_048_576
/** Rows with something in them, the headings not counted. */
export const mostRows = 10_000
/** Columns of a table that are looked at; a wider one is no list of people. */
export const mostColumns = 200

/** What a file is not: said on the page on which it was chosen. */
export type Refused =
  | {
      code: 'no-file' | 'too-large' | 'too-many-rows' | 'too-wide' | 'old-excel' | 'not-a-table' | 'broken' | 'too-hard'
    }
  | { code: 'open-quote'; line: number }
  | { code: 'empty' | 'no-headings' }
  | { code: 'no-columns'; fields: string[] }

/** Something about a row that is no mistake and yet may surprise. */
export type Remark = { code: 'merged' | 'formula' | 'formula-empty' | 'cell-error'; column: string }
/** One row with something in it; `line` is its number as a spreadsheet shows it. */
export type Line = { line: number; cells: string[]; remarks: { code: Remark['code']; at: number }[] }
/** How the file was understood, said above its rows. */
export type Reading = {
  encoding: 'utf-8' | 'utf-16' | 'windows-1251' | 'xlsx'
  separator: string
  sheet: string
  /** Other sheets of the workbook, which are not read. */
  sheets: number
  /** Question marks inside words: letters that the program which wrote the file did not have. */
  lettersLost: boolean
  unknown: string[]
  /** Columns that a new entry needs and the file does not have. */
  missing: string[]
}

/** The text of a row by field; a field that has no column or an empty cell is not there. */
export type Cells = Record<string, string>
export type Row = { line: number; cells: Cells; remarks: Remark[] }
/** What a coordinator said of a row: it is somebody new, it is this entry of the list, leave it out; `''`: nothing yet. */
export type Choice = '' | 'new' | 'skip' | (string & {})

export const states = ['new', 'changed', 'same', 'unsure', 'twice', 'wrong', 'skipped'] as const
export type State = (typeof states)[number]
/** What is wrong with a cell: by the rules of the forms, or something that only a file can get wrong. */
export type Wrong =
  | { by: 'form'; problem: FormProblem }
  | { by: 'request'; problem: RequestProblem; field: string }
  | { by: 'import'; field: string; code: 'yes-or-no' | 'host-unknown' }
export type Change = { field: string; from: string[]; to: string[] }
/** An entry of the list that a row may be, or a row above it. */
export type Match = { id: string; name: string; note: string } | { line: number; name: string }
export type Verdict = {
  state: State
  wrong: Wrong[]
  /** Whom the row is about, when that is an entry of the list. */
  match: { id: string; name: string } | undefined
  /** The row above that says the same. */
  as: number | undefined
  /** What it may be instead. */
  maybe: Match[]
  changes: Change[]
  /** Coming talks that fit the speaker now and would not after the change. */
  unfit?: Unfit[]
}
export type Unfit = { talkId: string; moment: Moment; refusals: Refusal[] }
export type Counts = Record<State, number>

export const countsOf = (all: { state: State }[]): Counts => {
  const counts = Object.fromEntries(states.map(state => [state, 0])) as Counts
  for (const { state } of all) counts[state]++
  return counts
}

/** What an import would write. */
export const toWrite = (counts: Counts): number => counts.new + counts.changed
/** What stands in the way of importing all of a file. */
export const unsettled = (counts: Counts): number => counts.wrong + counts.unsure

/** A fresh verdict that nothing speaks against. */
export const judged = (state: State, more: Partial<Verdict> = {}): Verdict => ({
  state,
  wrong: [],
  match: undefined,
  as: undefined,
  maybe: [],
  changes: [],
  ...more,
})

/** A choice of a list as files and pages name it. */
export type Option = { code: string; name: { kk: string; ru: string; en: string }; also?: string[] }
export type Options = Record<string, Option[]>
/** A column that a file may have: the field it fills, and whether it holds several values. */
export type Column = { field: string; names: string[]; list?: boolean; day?: boolean }
