import { clock, plusDays } from '../base/time.ts'

const dated = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52,
])

/** Whether a cell's format shows its number as a date or a time; `code`: one that the workbook brings itself. */
export const isDated = (id: number, code: string | undefined): boolean =>
  code === undefined ? dated.has(id) : /[dmyhs]/i.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]|General/gi, ''))

/** Days since the end of 1899 as a date, a part of a day as a time, both where there are both. */
export function momentOf(serial: number, since1904: boolean): string {
  const minutes = Math.round((serial + (since1904 ? 1462 : 0)) * 1440)
  const day = Math.floor(minutes / 1440)
  const time = clock(minutes - day * 1440)
  // a date before 1901 or after 2100 is a number that somebody gave the wrong format
  if (serial < 0 || day > 73_415) return numberOf(serial)
  if (day === 0) return time
  // 1900 has a 29th of February in spreadsheets, so days count from the 30th of December
  const date = plusDays('1899-12-30', day)
  return minutes % 1440 === 0 ? date : `${date} ${time}`
}

/** A number as people wrote it: a phone has all its digits, and the noise of binary fractions is gone. */
export const numberOf = (value: number): string =>
  Number.isInteger(value) ? value.toFixed(0) : String(Number(value.toPrecision(12)))

/** `AB12` → column 27, row 12. */
export function placeOf(name: string): { column: number; row: number } | undefined {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(name) ?? []
  if (!letters || !digits) return
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  return { column, row: Number(digits) }
}
