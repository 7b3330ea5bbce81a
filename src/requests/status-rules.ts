import type { RequestState } from '../base/db/tables.ts'
import type { DateTime, Span } from '../base/time.ts'

/** How long a link opens after the end. */
export const daysOpen = 30

/**
 * A status link ends 30 days after the talk that stands, or after the request itself has ended. While a request is still
 * looked after it opens, whatever became of an earlier talk.
 */
export function linkEnds(
  request: { state: RequestState; endedAt: DateTime | null },
  talk: { state: string; during: Span } | undefined,
): DateTime | undefined {
  if (request.state === 'unconfirmed' || request.state === 'waiting') return
  const stands = talk && (talk.state === 'booked' || talk.state === 'held') ? talk.during.to : undefined
  const last = [stands, request.endedAt ?? undefined]
    .filter(time => time !== undefined)
    .sort((a, b) => a.toMillis() - b.toMillis())
    .at(-1)
  return last?.plus({ days: daysOpen })
}

/** Where a request stands on the line received → team found → booked → held; undefined when it has left the line. */
export function stageOf(state: string): number | undefined {
  const stage = ['unconfirmed', 'waiting', 'booked', 'held'].indexOf(state)
  return stage === -1 ? undefined : stage
}
