import { readCsv, type Table } from './csv-reader.ts'
import type { Refused } from './rules.ts'
import { readXlsx } from './xlsx-reader.ts'

const begins = (bytes: Uint8Array, ...start: number[]): boolean => start.every((byte, at) => bytes[at] === byte)

/** The table in a file, told by its first bytes and not by its name. */
export function readTable(bytes: Uint8Array): Table | { refused: Refused } {
  if (begins(bytes, 0x50, 0x4b)) return readXlsx(bytes)
  // a workbook of old, and one with a password
  if (begins(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return { refused: { code: 'old-excel' } }
  return readCsv(bytes)
}
