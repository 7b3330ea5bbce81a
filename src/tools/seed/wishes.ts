import { type DateTime, type Day, instantOrThrow, plusDays, weekdayOf } from '../../base/time.ts'
import { hullOf } from '../../hosts/rules.ts'
import { offers, possibleMoments } from '../../matching/offer-rules.ts'
import type { Request, Window } from '../../matching/rules.ts'
import type { RequestState } from '../../talks/rules.ts'
import { drawRequest, drawSubject } from './draw.ts'
import type { Random } from './random.ts'
import { type Stage, type Subject, wallNow, worldOf } from './stage.ts'

export type Wish = Subject & {
  request: Request
  state: RequestState
  askedAt: DateTime
  note: string
  declined: 'no-speakers' | 'not-our-topic' | undefined
}

const notes = [
  '',
  '',
  '',
  'Экран және проектор бар',
  'Вход со двора, охрана предупреждена',
  'Актовый зал на втором этаже',
  'Мәжіліс залы 2-қабатта',
]

/** Requests that wait for a coordinator, each with at least one possible time, the oldest asked some days ago. */
export function drawWaiting(stage: Stage, random: Random, now: DateTime, count: number, serial: string): Wish[] {
  const found: Wish[] = []
  for (let attempt = 0; found.length < count && attempt < count * 20; attempt++) {
    const subject = drawSubject(stage, random)
    const asked = subject && drawRequest(random, subject, `${serial}/waiting/${attempt}`)
    if (!asked) continue
    const windows = windowsAhead(stage, random, subject, asked, now)
    const latest = random.chance(0.4)
      ? plusDays(windows.at(-1)?.to ?? wallNow(stage, now).day, random.whole(0, 5))
      : undefined
    const request = { ...asked, windows, latest }
    if (possibleMoments(worldOf(stage, subject, wallNow(stage, now)), request).length === 0) continue
    const ageMinutes = Math.round(30 + ((found.length % 12) / 12) ** 1.6 * 7 * 1440 + random.whole(0, 90))
    found.push({
      ...subject,
      request,
      state: 'waiting',
      askedAt: inHours(stage, now.minus({ minutes: ageMinutes })),
      note: random.pick(notes),
      declined: undefined,
    })
  }
  return found
}

function windowsAhead(stage: Stage, random: Random, { host }: Subject, asked: Request, now: DateTime): Window[] {
  const { day: today } = wallNow(stage, now)
  const first = plusDays(today, random.whole(2, 9))
  const days = [first, plusDays(first, random.whole(1, 3)), plusDays(first, random.whole(4, 7))].filter(
    day => weekdayOf(day) < 7,
  )
  const shift = host.shifts.find(
    ({ grades }) => asked.grades.length > 0 && asked.grades.every(grade => grades.includes(grade)),
  )
  const { from, to } = shift ? hullOf(shift) : random.chance(0.5) ? { from: 540, to: 780 } : { from: 780, to: 1140 }
  return (days.length > 0 ? days : [plusDays(first, 1)])
    .slice(0, random.whole(1, 3))
    .map(day => ({ from: day, to: day, fromMinute: from, toMinute: to, shift: undefined }))
}

/** Requests that cannot be placed as they are: a Sunday, and a class of the second shift asked for in the morning. */
export function drawUnbookable(stage: Stage, random: Random, now: DateTime, serial: string): Wish[] {
  const { day: today } = wallNow(stage, now)
  const sunday = plusDays(today, 14 - weekdayOf(today))
  const weekday = plusDays(today, weekdayOf(today) <= 2 ? 2 : 9 - weekdayOf(today))
  const morning = (day: Day): Window[] => [{ from: day, to: day, fromMinute: 540, toMinute: 720, shift: undefined }]
  const impossible = [
    { windows: morning(sunday), fits: () => true },
    {
      windows: morning(weekday),
      fits: (request: Request, { host }: Subject) =>
        host.shifts.some(shift => hullOf(shift).from >= 720 && request.grades.every(it => shift.grades.includes(it))),
    },
  ]
  return impossible.flatMap(({ windows, fits }, place) => {
    for (let attempt = 0; attempt < 400; attempt++) {
      const subject = drawSubject(stage, random)
      const asked =
        subject?.audience === 'pupils'
          ? drawRequest(random, subject, `${serial}/unbookable/${place}/${attempt}`)
          : undefined
      if (!subject || !asked || asked.mode !== 'onsite' || !fits(asked, subject)) continue
      const request = { ...asked, windows, latest: windows[0]?.to }
      if (offers(worldOf(stage, subject, wallNow(stage, now)), request, { limit: 1 }).offers.length > 0) continue
      const askedAt = inHours(stage, now.minus({ hours: 26 + place * 30 }))
      return [{ ...subject, request, state: 'waiting' as const, askedAt, note: '', declined: undefined }]
    }
    return []
  })
}

/** Some that are not for the inbox: two addresses not confirmed yet, two declined, one withdrawn. */
export function otherEnds(wishes: Wish[]): Wish[] {
  const ends = ['unconfirmed', 'unconfirmed', 'declined', 'declined', 'withdrawn'] as const
  return wishes.map((wish, place) => {
    const state = ends[place % ends.length] ?? 'withdrawn'
    return {
      ...wish,
      state,
      declined: state === 'declined' ? (place % 2 === 0 ? 'no-speakers' : 'not-our-topic') : undefined,
    }
  })
}

/** People write to the House between eight and eight. */
function inHours(stage: Stage, at: DateTime): DateTime {
  const { day, minute } = wallNow(stage, at)
  if (minute >= 480 && minute < 1200) return at
  return instantOrThrow(minute < 480 ? plusDays(day, -1) : day, 1190 - (minute % 120), stage.roster.zone)
}
