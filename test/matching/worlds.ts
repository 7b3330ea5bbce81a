import { minuteOf } from '../../src/base/time.ts'
import type { Host, Shift } from '../../src/hosts/rules.ts'
import type { Request, World } from '../../src/matching/rules.ts'
import type { Engagement, Speaker } from '../../src/speakers/rules.ts'
import bellTables from '../../src/tools/seed/data/bells.json' with { type: 'json' }
import type { Audience, Topic } from '../../src/topics/rules.ts'

export const monday = '2026-11-23'
export const wednesday = '2026-11-25'
export const at = (text: string): number => minuteOf(text) ?? Number.NaN

/** Shifts of one of the seed's bell tables, with the grades of each in order. */
export function bells(id: string, ...grades: number[][]): Shift[] {
  const table = bellTables.bells.find(each => each.id === id)
  return (table?.shifts ?? []).map((shift, n) => ({
    name: shift.id,
    grades: grades[n] ?? [],
    languages: ['kk', 'ru'],
    lessons: shift.lessons.map(lesson => ({ n: lesson.n, from: at(lesson.start), to: at(lesson.end) })),
  }))
}

export const host = (said: Partial<Host> = {}): Host => ({
  id: 'school-901',
  kind: 'school',
  district: 'almaly',
  point: { lat: 43.2545, lon: 76.919 },
  weekType: 5,
  shifts: bells('two-shift-45', [1, 4, 5, 9, 10, 11], [2, 3, 6, 7, 8]),
  hours: [],
  lunch: undefined,
  talkWindows: [],
  classHour: { weekday: 1, lesson: 1 },
  hallSeats: 120,
  halls: [],
  online: true,
  ...said,
})

const everyDay = [1, 2, 3, 4, 5] as const
export const office = (said: Partial<Host> = {}): Host =>
  host({
    id: 'office',
    kind: 'workplace',
    shifts: [],
    hours: everyDay.map(weekday => ({ weekday, from: at('09:00'), to: at('18:30') })),
    lunch: { from: at('13:00'), to: at('14:30') },
    classHour: undefined,
    ...said,
  })

export const topic = (said: Partial<Topic> = {}): Topic => ({
  id: 'unity',
  slug: 'unity',
  minutes: 45,
  audiences: ['pupils', 'workforce', 'parents', 'school-staff', 'college-students'],
  grades: { from: 5, to: 11 },
  languages: ['kk', 'ru'],
  places: [{ anyOf: ['historian'], count: 1 }],
  minAudience: 5,
  maxAudience: 120,
  quotesLaw: false,
  lawAsOf: undefined,
  rules: ['fits-lesson', 'staff-present'],
  ...said,
})

export const pupils: Audience = { id: 'pupils', hostKinds: ['school'], minors: true, closed: false }
export const parents: Audience = { id: 'parents', hostKinds: ['school', 'college'], minors: false, closed: false }
export const workforce: Audience = { id: 'workforce', hostKinds: ['workplace'], minors: false, closed: false }

export const speaker = (id: string, said: Partial<Speaker> = {}): Speaker => ({
  id,
  professions: ['historian'],
  languages: ['kk', 'ru'],
  topics: [],
  audiences: [],
  districts: [],
  homeDistrict: 'almaly',
  home: { lat: 43.25, lon: 76.91 },
  transport: 'transit',
  hours: [],
  busy: [],
  absences: [],
  pausedFrom: undefined,
  pausedTo: undefined,
  limits: { day: 2, week: 5, month: 16 },
  credentials: [],
  engagements: [],
  hoursServed: 5,
  hoursOffered: 40,
  ...said,
})

export const talk = (day: string, from: string, to: string, said: Partial<Engagement> = {}): Engagement => ({
  day,
  from: at(from),
  to: at(to),
  talkId: `talk ${day} ${from}`,
  district: 'medeu',
  point: { lat: 43.245, lon: 76.97 },
  online: false,
  ...said,
})

export const professions = [
  { id: 'historian', pairInSchools: false, pairWith: [] },
  { id: 'psychologist', pairInSchools: false, pairWith: [] },
  { id: 'lawyer', pairInSchools: false, pairWith: [] },
  { id: 'mentor', pairInSchools: true, pairWith: ['psychologist', 'lawyer', 'teacher'] },
  { id: 'theologian', pairInSchools: true, pairWith: ['psychologist', 'lawyer', 'teacher'] },
]

export const travel: World['travel'] = {
  table: [{ from: 'almaly', to: 'turksib', transport: 'transit', minutes: 55 }],
  speeds: {
    walk: { kmh: 5, fixedMinutes: 0, detour: 1.3 },
    transit: { kmh: 14, fixedMinutes: 12, detour: 1.35 },
    car: { kmh: 25, fixedMinutes: 8, detour: 1.35 },
  },
  centres: [
    { district: 'almaly', point: { lat: 43.252, lon: 76.919 } },
    { district: 'medeu', point: { lat: 43.245, lon: 76.97 } },
    { district: 'turksib', point: { lat: 43.345, lon: 76.985 } },
  ],
}

export const world = (said: Partial<World> = {}): World => ({
  now: { day: monday, minute: at('07:00') },
  policy: {
    minimumNoticeMinutes: 1440,
    pairRule: true,
    lessons: 'offeredLessons',
    legalCheck: 'warn',
    bufferMinutes: 10,
    credentialsForMinors: [],
  },
  calendar: { holidays: [], swaps: [] },
  bans: [],
  closures: [],
  host: host(),
  topic: topic(),
  audience: pupils,
  professions,
  speakers: [speaker('serik')],
  hallTaken: [],
  travel,
  ...said,
})

export const request = (said: Partial<Request> = {}): Request => ({
  id: 'r418',
  audience: 'pupils',
  grades: [9],
  heads: 30,
  languages: ['kk'],
  mode: 'onsite',
  windows: [{ from: wednesday, to: wednesday, fromMinute: at('08:00'), toMinute: at('13:15'), shift: undefined }],
  latest: undefined,
  ...said,
})
