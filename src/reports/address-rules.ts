import { type Period, periodQuery } from './period-rules.ts'
import type { Wish } from './rules.ts'

/** The address of a page about these days and these talks. */
export function addressOf(path: string, period: Period, wish: Wish, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({ ...periodQuery(period), ...wish, ...more })
  return query.size > 0 ? `${path}?${query}` : path
}
