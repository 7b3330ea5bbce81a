import { DateTime } from 'luxon'
import { valuesIn } from '../base/text.ts'
import { instantFrom } from '../base/time.ts'
import type { Row } from './rules.ts'

/** The end that a House's chain had at some time, as it is kept outside the database; older files do not say when that was. */
export type KeptHead = { houseId: string; n: number; hash: string; at?: string }

/** A line of a file of heads; the short name is for whoever reads it. */
export const headLine = ({ houseId, n, hash }: KeptHead, slug: string, at: string): string =>
  `${houseId} ${n} ${hash} ${slug} ${at}`

const line =
  /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) (\d{1,15}) ([0-9a-f]{64})(?: \S*)?(?: (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z))?$/

/** The heads in a file, of one day or of many; undefined when a line is none, or when there is none at all. */
export function headsIn(text: string): KeptHead[] | undefined {
  const lines = text.split(/\r?\n/).filter(it => it.trim() !== '')
  const heads = lines.flatMap(it => {
    const [, houseId, n, hash, at] = line.exec(it) ?? []
    return houseId && hash ? [{ houseId, n: Number(n), hash, ...(at ? { at } : {}) }] : []
  })
  return lines.length > 0 && heads.length === lines.length ? heads : undefined
}

/** A row that says: here the House came out of a backup, and the journal before it is what that backup had. A damaged one says nothing. */
export type Restored = { n: number; at: DateTime; backup: string }

export function restoredBy({ kind, n, micros, new: told }: Row): Restored | undefined {
  if (kind !== 'restored') return
  const { backup, rows } = valuesIn(told) ?? {}
  const at = DateTime.fromMillis(Math.floor(Number(micros) / 1000), { zone: 'utc' })
  return rows === n - 1 ? { n, at, backup: String(backup) } : undefined
}

/** Whether a head is of what was written between a backup and its restore: that went with the old database, and nobody took it out. */
export const isLost = ({ n, at }: KeptHead, restored: Restored[]): boolean =>
  at !== undefined && restored.some(it => it.n <= n && instantFrom(at) < it.at)

/** Whether a row is another than the one that stood at its place when a head was kept. */
export const isRewritten = (kept: KeptHead[], row: { n: number; hash: string }, restored: Restored[] = []): boolean =>
  kept.some(it => it.n === row.n && it.hash !== row.hash && !isLost(it, restored))
