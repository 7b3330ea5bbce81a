import { type DateTime, type Day, instantOf, minuteOf } from '../base/time.ts'

/** What was promised of a talk, the time on the wall clock of its place, and the instant that was reckoned from it. */
export type Promised = { id: string; houseId: string; zone: string; day: Day; from: string; startsAt: DateTime }
export type Shifted = Promised & { keptAt: DateTime }

/** When the promise falls by the time-zone data of now; nothing when it still stands, `unclear` where the wall clock skips or repeats it. */
export function keptAt({
  day,
  from,
  zone,
  startsAt,
}: Omit<Promised, 'id' | 'houseId'>): DateTime | 'unclear' | undefined {
  const instant = instantOf(day, minuteOf(from) ?? 0, zone)
  if (typeof instant === 'string') return 'unclear'
  return +instant === +startsAt ? undefined : instant.toUTC()
}

/** The order in which talks give each other room: those that become later from the last, those that become earlier from the first. */
export const inTurn = (shifted: Shifted[]): Shifted[] => {
  const later = shifted.filter(({ startsAt, keptAt }) => keptAt > startsAt)
  const earlier = shifted.filter(({ startsAt, keptAt }) => keptAt < startsAt)
  return [
    ...later.toSorted((a, b) => +b.startsAt - +a.startsAt),
    ...earlier.toSorted((a, b) => +a.startsAt - +b.startsAt),
  ]
}

/** Whether these time-zone data are newer than those that the instants in the database were reckoned with: `2026c` after `2026b`. */
export const isNewer = (here: string, reckoned: string | undefined): boolean => here !== '' && here > (reckoned ?? '')
