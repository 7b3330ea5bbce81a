import type { Db } from '../base/db/open.ts'
import { type DateTime, type Day, isDay, type Moment, plusDays } from '../base/time.ts'
import { runAt } from '../hosts/lesson-rules.ts'
import { shiftsOf, taught } from '../hosts/rules.ts'
import { timetableRefusals } from '../hosts/timetable-rules.ts'
import { newcomer } from '../hosts/typical-rules.ts'
import type { PublicHouse } from '../houses/public-store.ts'
import { possibleMoments } from '../matching/offer-rules.ts'
import { requestRefusals, visitOf } from '../matching/request-rules.ts'
import type { Refusal, Request } from '../matching/rules.ts'
import { findWorld } from '../matching/store.ts'
import type { Chosen, Place } from './draft-store.ts'
import { countOf, type TypedWhen } from './rules.ts'
import { type Setting, slotOf } from './when-rules.ts'

export type Wanted = {
  chosen: Pick<Chosen, 'asked'>
  place: Pick<Place, 'asked' | 'kind' | 'district' | 'isNew'>
  heads: number
  languages: string[]
  mode: 'onsite' | 'online'
}
/** `lessons`: with which lesson of the host's own bells a time begins, by `slotOf`. `refusals`: what speaks against every time alike, so that an empty list of times is no riddle. `chosen`: on the days asked for. */
export type Times = {
  moments: Moment[]
  chosen: Moment[]
  lessons: Map<string, number>
  refusals: Refusal[]
  online: boolean
}

/** The key of no row: a host that is not in the list holds no talks. */
const nobody = '00000000-0000-0000-0000-000000000000'
/** How many days are looked through for a page of times, and how many chosen days are judged again. */
const daysLookedThrough = 21
const mostDays = 8

/** The times at which a team could come to this host, from a day on and on the days of what was chosen: the engine's own answer. */
export async function findTimes(
  db: Db,
  house: PublicHouse,
  wanted: Wanted,
  shown: { from: Day; slots: string[] },
  now: DateTime,
): Promise<Times> {
  const { chosen, place } = wanted
  const days = [...new Set(shown.slots.map(slot => slot.slice(0, 10)))]
    .filter(day => isDay(day) && day >= house.today)
    .sort()
    .slice(0, mostDays)
  const to = plusDays(shown.from, daysLookedThrough - 1)
  const windows = [{ from: shown.from, to }, ...days.map(day => ({ from: day, to: day }))].map(window => ({
    ...window,
    fromMinute: 0,
    toMinute: 1440,
    shift: undefined,
  }))
  const request: Request = {
    id: 'draft',
    audience: chosen.asked.audience,
    grades: chosen.asked.grades,
    heads: wanted.heads,
    languages: wanted.languages,
    mode: wanted.mode,
    windows,
    latest: undefined,
  }
  const asked = {
    houseId: house.id,
    hostId: 'id' in place.asked ? place.asked.id : nobody,
    topicId: chosen.asked.topicId,
    request,
  }
  const range = { from: house.today, to: [to, ...days].sort().at(-1) ?? to }
  const world = await findWorld(
    db,
    place.isNew ? { ...asked, host: newcomer(place.kind, place.district) } : asked,
    range,
    now,
  )
  if (!world) return { moments: [], chosen: [], lessons: new Map(), refusals: [], online: false }
  const moments = possibleMoments(world, request)
  const gradesOf = timetableRefusals(world, visitOf(world, request), { day: shown.from, from: 600, to: 645 }).filter(
    ({ code }) => code === 'grade-not-taught' || code === 'grades-in-two-shifts',
  )
  // of a host that is not in the list the bells are only usual ones
  const shifts = place.isNew || !taught(world.host, request.audience) ? [] : shiftsOf(world.host, request.grades)
  return {
    lessons: new Map(
      moments.flatMap(moment => {
        const run = runAt(shifts, moment)
        return run ? [[slotOf(moment), run.first] as const] : []
      }),
    ),
    moments: moments.filter(({ day }) => day >= shown.from && day <= to),
    chosen: moments.filter(({ day }) => days.includes(day)),
    refusals: [...requestRefusals(world, request), ...gradesOf],
    online: world.host.online,
  }
}

/** What of the second step the engine is asked about; what is still missing or wrong there is taken as the least. */
export function wantedOf({ chosen, place }: { chosen: Chosen; place: Place }, when: TypedWhen): Wanted {
  const heads = countOf(when.heads) ?? 0
  const { least, most, languages } = chosen.row
  return {
    chosen,
    place,
    heads: heads >= least && heads <= most ? heads : least,
    languages: when.languages.filter(language => languages.includes(language)),
    mode: when.mode === 'online' ? 'online' : 'onsite',
  }
}

export const settingOf = (house: PublicHouse, { chosen }: { chosen: Chosen }, times: Times): Setting => ({
  topic: { least: chosen.row.least, most: Math.min(2000, chosen.row.most), languages: chosen.row.languages },
  minutes: chosen.row.minutes,
  classes: chosen.asked.audience === 'pupils',
  online: times.online,
  today: house.today,
  minute: house.now,
  zone: house.zone,
  possible: times.chosen,
})
