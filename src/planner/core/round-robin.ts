import type { Assignment, Instance, Plan, RequestOfPlan, SpeakerOfPlan } from './instance.ts'
import { legOf } from './legs.ts'

type Visit = { start: number; end: number; loc: number }
type Book = {
  instance: Instance
  visits: Map<string, Visit[]>
  inWeek: Map<string, number>
  inAll: Map<string, number>
  halls: Map<string, Visit[]>
  lastTurn: Map<string, number>
  turn: number
  assignments: Assignment[]
}

/**
 * A coordinator who goes round the list by hand: requests in the order in which they stand, each at the first hour at which every place
 * can be filled, each place by whoever has not spoken for the longest time. Travel decides only what is possible; talks that stand, stay.
 */
export function roundRobin(instance: Instance): Plan {
  const book: Book = {
    instance,
    visits: new Map(),
    inWeek: new Map(),
    inAll: new Map(),
    halls: new Map(),
    lastTurn: new Map(),
    turn: 0,
    assignments: [],
  }
  const pinned = new Map(instance.pinned?.map(pin => [pin.request, pin]))
  const speakers = new Map(instance.speakers.map(each => [each.id, each]))
  for (const request of instance.requests) {
    const pin = pinned.get(request.id)
    if (pin)
      enter(
        book,
        request,
        pin.day,
        pin.start,
        pin.team.flatMap(({ speaker: id, group }) => {
          const speaker = speakers.get(id)
          return speaker ? [{ speaker, group }] : []
        }),
      )
  }
  for (const request of instance.requests) if (!pinned.has(request.id)) placeNext(book, request)
  return { instance: instance.name, assignments: book.assignments }
}

function placeNext(book: Book, request: RequestOfPlan): void {
  const { slot } = book.instance
  for (const [day, from, to] of request.windows)
    for (let start = Math.ceil(from / slot) * slot; start + request.duration <= to; start += slot) {
      const hall = book.halls.get(`${request.host} ${day}`) ?? []
      if (hall.some(talk => start < talk.end && talk.start < start + request.duration)) continue
      for (const language of request.langs) {
        const team = findTeam(book, request, language, day, start)
        if (team) {
          enter(book, request, day, start, team)
          return
        }
      }
    }
}

type Seat = { speaker: SpeakerOfPlan; group: number }

function findTeam(
  book: Book,
  request: RequestOfPlan,
  language: string,
  day: number,
  start: number,
): Seat[] | undefined {
  const team: Seat[] = []
  const turnOf = ({ id }: SpeakerOfPlan) => book.lastTurn.get(id) ?? 0
  for (const [group, { anyOf, n }] of request.team.entries())
    for (let place = 0; place < n; place++) {
      let next: SpeakerOfPlan | undefined
      for (const speaker of book.instance.speakers) {
        const { langs, topics, audiences, roles } = speaker
        if (!langs.includes(language) || !topics.includes(request.topic) || !audiences.includes(request.audience))
          continue
        if (!anyOf.some(role => roles.includes(role)) || team.some(seat => seat.speaker === speaker)) continue
        if (next && turnOf(speaker) >= turnOf(next)) continue
        if (canCome(book, speaker, request, day, start)) next = speaker
      }
      if (!next) return
      team.push({ speaker: next, group })
    }
  return team
}

function canCome(
  book: Book,
  speaker: SpeakerOfPlan,
  { loc, duration }: RequestOfPlan,
  day: number,
  start: number,
): boolean {
  const { instance, visits, inWeek } = book
  const end = start + duration
  if (!speaker.avail.some(([on, from, to]) => on === day && start >= from && end <= to)) return false
  if ((inWeek.get(weekKey(instance, speaker, day)) ?? 0) >= speaker.maxWeek) return false
  if ((book.inAll.get(speaker.id) ?? 0) >= (speaker.most ?? Number.POSITIVE_INFINITY)) return false
  const mine = visits.get(`${speaker.id} ${day}`) ?? []
  if (mine.length >= speaker.maxDay) return false
  return mine.every(visit => {
    const stays = instance.travel.stay === true && visit.loc === loc
    const gap = stays ? 0 : legOf(instance, speaker.mode, visit.loc, loc) + instance.buffer
    return visit.start < start ? visit.end + gap <= start : end + gap <= visit.start
  })
}

const weekKey = ({ horizon }: Instance, { id }: SpeakerOfPlan, day: number) =>
  `${id} ${Math.floor(day / horizon.daysPerWeek)}`

function enter(book: Book, request: RequestOfPlan, day: number, start: number, team: Seat[]): void {
  const visit = { start, end: start + request.duration, loc: request.loc }
  const add = (map: Map<string, Visit[]>, key: string) => map.set(key, [...(map.get(key) ?? []), visit])
  for (const { speaker } of team) {
    add(book.visits, `${speaker.id} ${day}`)
    const week = weekKey(book.instance, speaker, day)
    book.inWeek.set(week, (book.inWeek.get(week) ?? 0) + 1)
    book.inAll.set(speaker.id, (book.inAll.get(speaker.id) ?? 0) + 1)
    book.lastTurn.set(speaker.id, ++book.turn)
  }
  add(book.halls, `${request.host} ${day}`)
  const members = team.map(({ speaker, group }) => ({ speaker: speaker.id, group }))
  book.assignments.push({ request: request.id, day, start, team: members })
}
