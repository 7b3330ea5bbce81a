import type { Language } from './i18n/language.ts'

/** A piece of a sheet, finished in words. */
export type Block =
  | { is: 'title'; text: string }
  /** `language`: where it is not the one of its half. */
  | { is: 'line'; text: string; as?: 'large' | 'strong' | 'quiet' | 'right' | 'middle'; language?: Language }
  | { is: 'facts'; facts: { name: string; text: string }[] }
  /** `widths`: shares of the columns. */
  | { is: 'table'; columns: string[]; rows: string[][]; widths: number[] }
  | { is: 'sign'; lines: string[] }
  | { is: 'qr'; address: string; label: string }
  | { is: 'help'; lines: { code: string; name: string }[] }

/** A sheet as data: the page for the browser's printer and the PDF are made of the same words. Two halves stand side by side. */
export type Paper = {
  title: string
  /** Name of the file, without its ending. */
  file: string
  size: 'A4' | 'A5'
  landscape?: boolean
  /** Something to hang up: large letters inside a frame. */
  framed?: boolean
  halves: { language: Language; blocks: Block[] }[]
  /** Who it is from and when it was made, at the end of the sheet. */
  foot: string[]
}
