import { clock, type Moment } from '../../src/base/time.ts'
import type { LessonsPolicy } from '../../src/hosts/lesson-rules.ts'
import type { Visit } from '../../src/hosts/rules.ts'
import { type Premises, timetableRefusals } from '../../src/hosts/timetable-rules.ts'
import { at, host } from '../matching/worlds.ts'

export const premises = (said: Partial<Premises> = {}, lessons: LessonsPolicy = 'offeredLessons'): Premises => ({
  host: host(),
  calendar: { holidays: [], swaps: [] },
  bans: [],
  closures: [],
  policy: { lessons },
  ...said,
})
export const visit = (said: Partial<Visit> = {}): Visit => ({
  audience: 'pupils',
  minors: true,
  grades: [9],
  online: false,
  minutes: 45,
  betweenShifts: false,
  ...said,
})
export const adults = (said: Partial<Visit> = {}) =>
  visit({ audience: 'workforce', minors: false, grades: [], minutes: 60, ...said })
export const said = (moments: Moment[]) => moments.map(({ from, to }) => `${clock(from)}–${clock(to)}`)
export const codes = (place: Premises, asked: Visit, day: string, from: string, to: string) =>
  timetableRefusals(place, asked, { day, from: at(from), to: at(to) }).map(({ code }) => code)
