import { sql } from 'kysely'
import { keptWithDiary } from '../base/db/diary.ts'
import { type Day, plusDays } from '../base/time.ts'
import { findShares } from '../matching/fairness-store.ts'
import { fairAhead, fairDays } from '../speakers/burden-rules.ts'
import { Numbered } from './day-rules.ts'
import { keptByDay } from './marked-store.ts'
import { spreadOf } from './rules.ts'

/** Speaker, minutes at talks, minutes on the way there and back: three numbers a person and day. */
const findHours = keptByDay({
  begin: () => new Numbered(),
  async read(db, houseId, days, speakers) {
    const { rows } = await sql<{ held_on: Day; seats: string }>`
      select t.held_on, string_agg(concat(a.speaker_id, ' ', t.minutes, ' ', 2 * a.travel_minutes), '|') as seats
      from talks t join assignments a on a.talk_id = t.id
      where t.house_id = ${houseId} and t.held_on = any(${days}::date[])
        and t.state in ('booked', 'held') and a.state in ('invited', 'accepted')
      group by t.held_on`.execute(db)
    const read = new Map(days.map(day => [day, new Int32Array()]))
    for (const { held_on, seats } of rows)
      read.set(
        held_on,
        Int32Array.from(
          seats.split('|').flatMap(seat => {
            const [speaker = '', minutes, way] = seat.split(' ')
            return [speakers.numberOf(speaker), Number(minutes), Number(way)]
          }),
        ),
      )
    return read
  },
  countOf: seats => seats.length / 3,
})

/** How the engine sees the load on a day, in percent of what people offered and without a name. */
export const findLoad = keptWithDiary('report-load', async (db, houseId, today: Day, zone: string) => {
  const [speakers, days] = await findHours(db, houseId, plusDays(today, -fairDays), plusDays(today, fairAhead))
  const minutes = new Float64Array(speakers.texts.length)
  for (const [date, seats] of days)
    for (let n = 0; n < seats.length; n += 3) {
      const speaker = seats[n] as number
      // ways of talks ahead are not counted: the next booking may still change them
      minutes[speaker] =
        (minutes[speaker] as number) + (seats[n + 1] as number) + (date < today ? (seats[n + 2] as number) : 0)
    }
  const hours = new Map(speakers.texts.map((id, n) => [id, (minutes[n] as number) / 60]))
  return spreadOf((await findShares(db, houseId, today, zone, hours)).map(share => Math.round(share * 100)))
})
