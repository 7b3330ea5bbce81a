import type { Db } from '../base/db/open.ts'
import { type DateTime, dayNumber, type Moment, plusDays } from '../base/time.ts'
import { possibleMoments } from '../matching/offer-rules.ts'
import { withoutTalk } from '../matching/rules.ts'
import { crewsAt, searchFor } from '../matching/search-rules.ts'
import { momentFrom } from '../matching/seat-rules.ts'
import { findAsked, findWorld } from '../matching/store.ts'
import { fewOf } from '../requests/when-rules.ts'
import { nearestDays, reach } from './possible-rules.ts'
import type { Start } from './rules.ts'
import { findStandingTeam, type Linked } from './school-store.ts'
import { momentOf } from './store.ts'

const days = { same: 5, other: 3 }

/** The times nearest to the talk at which the same people could come, and those at which others could. */
export async function findTimes(
  db: Db,
  linked: Linked,
  talkId: string,
  now: DateTime,
): Promise<{ same: Moment[]; other: Moment[] }> {
  const found = await worldFor(db, linked, talkId, now)
  if (!found) return { same: [], other: [] }
  const { world, request, before } = found
  const team = await findStandingTeam(db, talkId)
  const same = nearestDays(world, request, team, before, { windows: true, latest: true }, days.same)
  const near = ({ day }: Moment) => Math.abs(dayNumber(day) - dayNumber(before.day)) <= reach
  const isSame = (moment: Moment) =>
    (moment.day === before.day && moment.from === before.from) ||
    same.flat().some(({ day, from }) => day === moment.day && from === moment.from)
  const others = possibleMoments(world, { ...request, windows: [], latest: undefined })
  const ofDays = [
    ...Map.groupBy(
      others.filter(moment => near(moment) && !isSame(moment)),
      ({ day }) => day,
    ).values(),
  ]
  const apart = ([first]: Moment[]) => Math.abs(dayNumber(first?.day ?? before.day) - dayNumber(before.day))
  const nearestOnes = ofDays.sort((a, b) => apart(a) - apart(b)).slice(0, days.other)
  return { same: same.flatMap(fewOf), other: nearestOnes.flatMap(fewOf) }
}

/** The best team for a time at which the present one can't come. */
export async function findOtherTeam(
  db: Db,
  linked: Linked,
  talkId: string,
  start: Start,
  now: DateTime,
): Promise<string[] | undefined> {
  const found = await worldFor(db, linked, talkId, now, start.day)
  if (!found) return
  const { world, request } = found
  const [crew] = crewsAt(
    searchFor(world, request, { windows: true, latest: true }),
    momentFrom(world, request, start),
    1,
  )
  return crew?.team.map(({ speakerId }) => speakerId)
}

async function worldFor(db: Db, linked: Linked, talkId: string, now: DateTime, day?: string) {
  const asked = await findAsked(db, linked.houseId, { id: linked.id })
  const { held_on, from_time, minutes } = linked
  if (!asked || held_on === null || from_time === null || minutes === null) return
  const before = momentOf({ held_on, from_time, minutes })
  const around = day ?? before.day
  const whole = await findWorld(db, asked, { from: plusDays(around, -reach), to: plusDays(around, reach) }, now)
  return whole && { world: withoutTalk(whole, talkId), request: asked.request, before }
}
