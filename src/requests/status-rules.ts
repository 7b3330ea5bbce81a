import type { DateTime, Span } from '../base/time.ts'

const daysOpen = 30

/** A status link ends 30 days after the talk, or after the request itself has ended; until then it opens. */
export function linkEnds(
  request: { endedAt: DateTime | null },
  talk: { during: Span } | undefined,
): DateTime | undefined {
  const last = [talk?.during.to, request.endedAt ?? undefined]
    .filter(time => time !== undefined)
    .sort((a, b) => a.toMillis() - b.toMillis())
    .at(-1)
  return last?.plus({ days: daysOpen })
}

/** Where a request stands on the line received → confirmed → booked → held; undefined when it has left the line. */
export function stageOf(state: string): number | undefined {
  const stage = ['unconfirmed', 'waiting', 'booked', 'held'].indexOf(state)
  return stage === -1 ? undefined : stage
}
