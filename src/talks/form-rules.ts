import { wallTime } from '../base/time.ts'
import { noteOf } from '../messages/note-rules.ts'
import type { Start } from './rules.ts'

/** What a form of the coordinator may carry; each value as it was typed, lists where a browser repeats a field. */
export type Fields = Partial<Record<string, string | string[]>>

/** More of one field than any form of ours repeats. */
const most = 40

export const textOf = (fields: Fields, name: string): string => {
  const value = fields[name]
  return typeof value === 'string' && value.length <= 2000 ? value.trim() : ''
}
export const listOf = (fields: Fields, name: string): string[] => {
  const value = fields[name]
  return value === undefined
    ? []
    : [value]
        .flat()
        .filter(each => each !== '')
        .slice(0, most)
}

/** `2026-11-25T10:00`, also with a space or seconds as browsers write them; nothing for what is no time of the calendar. */
export const startOf = (text: string): Start | undefined =>
  wallTime(text.replace(' ', 'T').replace(/:00$/, match => (text.length > 16 ? '' : match)))

export function wholeOf(text: string, least: number, most: number): number | undefined {
  if (!/^\d{1,6}$/.test(text)) return
  const value = Number(text)
  return value >= least && value <= most ? value : undefined
}

/** The coordinator's sentence for the letters as it was typed, and as it may stand in them or what is wrong with it. */
export function noteFrom(fields: Fields) {
  // longer than any other field may be: what is refused is shown again, never lost in silence
  const typed = [fields['note']].flat()[0] ?? ''
  return { typed, ...noteOf(typed) }
}
