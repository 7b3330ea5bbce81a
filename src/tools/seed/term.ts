import { setImmediate as breathe } from 'node:timers/promises'
import { type DateTime, type Day, dayNumber, type Minute, plusDays, utcOrThrow, weekdayOf } from '../../base/time.ts'
import { drawTalk } from './draw.ts'
import type { Random } from './random.ts'
import { engage, type Stage, type Talk, wallNow } from './stage.ts'

/** A talk with its dates: asked for, confirmed, booked. */
export type Booked = Talk & { askedAt: DateTime; bookedAt: DateTime; startsAt: DateTime; endsAt: DateTime }
type Wall = { day: Day; minute: Minute }
export type Term = { from: Day; to: Day; perDay: number }

/** Fills the stage with a term of talks, day by day; the farther ahead, the fewer are booked yet. */
export async function drawTerm(
  stage: Stage,
  random: Random,
  term: Term,
  now: DateTime,
  serial: string,
): Promise<Booked[]> {
  const wall = wallNow(stage, now)
  const { day: today } = wall
  const booked: Booked[] = []
  for (let day = term.from; day <= term.to; day = plusDays(day, 1)) {
    const wanted = Math.round(term.perDay * weight(day, today) * (0.7 + random.next() * 0.6))
    let found = 0
    // whoever writes another House meanwhile has a turn
    await breathe()
    for (let attempt = 0; attempt < wanted * 4 && found < wanted; attempt++) {
      const booking = bookingTime(random, day, wall)
      const talk = drawTalk(stage, random, day, booking, `${serial}/${day}/${attempt}`)
      if (!talk) continue
      engage(stage, talk)
      found++
      const bookedAt = utcOrThrow(booking.day, booking.minute, stage.roster.zone)
      booked.push({
        ...talk,
        ...datesOf(talk, stage.roster.zone),
        bookedAt,
        askedAt: bookedAt.minus({ hours: random.whole(3, 90) }),
      })
    }
  }
  return booked
}

/** A Saturday is short, and few talks are booked two months ahead. */
function weight(day: Day, today: Day): number {
  const weeksAhead = Math.max(0, (dayNumber(day) - dayNumber(today)) / 7)
  return (weekdayOf(day) === 7 ? 0 : weekdayOf(day) === 6 ? 0.3 : 1) * Math.max(0.15, 1 - weeksAhead / 8)
}

/** Some days before the talk, in working hours, and before now. */
function bookingTime(random: Random, day: Day, now: Wall): Wall {
  const latest = plusDays(day, -2)
  const before = plusDays(latest < now.day ? latest : plusDays(now.day, -1), -random.whole(0, 9))
  return { day: before, minute: random.whole(9 * 60, 17 * 60) }
}

export function datesOf({ moment }: Talk, zone: string): { startsAt: DateTime; endsAt: DateTime } {
  const startsAt = utcOrThrow(moment.day, moment.from, zone)
  return { startsAt, endsAt: startsAt.plus({ minutes: moment.to - moment.from }) }
}
