import type { Db } from '../base/db/open.ts'
import { type DateTime, minuteOf } from '../base/time.ts'
import { findRoster, topicOf } from '../matching/roster-store.ts'
import type { Request } from '../matching/rules.ts'
import { findWorld } from '../matching/store.ts'
import { type SeriesDate, weekOf } from './rules.ts'
import type { DateRow } from './store.ts'

/** The dates as the engine judges them: one world of people and hall, with each date's own topic and listeners. */
export async function findSeriesDates(
  db: Db,
  houseId: string,
  rows: DateRow[],
  now: DateTime,
  further: string[] = [],
): Promise<SeriesDate[]> {
  const [first] = rows
  const roster = await findRoster(db, houseId, now)
  if (!first || !roster) return []
  const days = [...rows.flatMap(row => [...weekOf(row.day), row.heldOn ?? row.day]), ...further].sort()
  const asked = { houseId, hostId: first.hostId, topicId: first.topicId, request: requestOf(first) }
  const world = await findWorld(db, asked, { from: days[0] ?? first.day, to: days.at(-1) ?? first.day }, now)
  if (!world) return []
  const found: SeriesDate[] = []
  for (const row of rows) {
    // known by the roster from the second date of a topic on
    const topic = await topicOf(db, roster, houseId, row.topicId)
    if (!topic) continue
    found.push({
      position: row.position,
      world: { ...world, topic },
      request: requestOf(row),
      day: row.day,
      standing: standingOf(row),
    })
  }
  return found
}

function standingOf(row: DateRow): SeriesDate['standing'] {
  const { talkId, heldOn, fromTime, minutes, talkState } = row
  if (
    talkId === null ||
    heldOn === null ||
    fromTime === null ||
    minutes === null ||
    (talkState !== 'booked' && talkState !== 'held')
  )
    return undefined
  const from = minuteOf(fromTime) ?? 0
  return {
    talkId,
    day: heldOn,
    from,
    to: from + minutes,
    team: row.seats.map(({ speakerId, profession }) => ({ speakerId, profession })),
    absent: row.seats.filter(({ state }) => state === 'declined').map(({ speakerId }) => speakerId),
  }
}

const requestOf = (row: DateRow): Request => ({
  id: row.id,
  audience: row.audience,
  grades: row.grades,
  heads: row.heads,
  languages: row.languages,
  mode: row.mode,
  latest: row.latest ?? undefined,
  windows: [
    {
      from: row.day,
      to: row.lastDay,
      fromMinute: minuteOf(row.wishFrom) ?? 0,
      toMinute: minuteOf(row.wishTo) ?? 1440,
      shift: row.shift ?? undefined,
    },
  ],
})
