import { dayNumber, type Moment, plusDays } from '../base/time.ts'
import { type Offer, offersOf, substitutes } from '../matching/offer-rules.ts'
import { type Request, type TeamMember, undisputed } from '../matching/rules.ts'
import { searchFor } from '../matching/search-rules.ts'
import { type Diary, withLine, withoutStanding, worldIn } from './diary-rules.ts'
import { type Case, type Line, type Standing, type Step, touched } from './plan-rules.ts'

type Range = { from: string; to: string }
type Found = { moment: Moment; team: TeamMember[]; step: Step } & Pick<Offer, 'reasons' | 'warnings'>
/** What becomes of the draft's world, and what is said of each talk that changes. */
export type Mended = { diary: Diary; lines: Line[] }

/** So many teams and times are looked at for one talk, and so many talks are asked to give way. */
const [mostOffers, teamsATime, mostChains] = [80, 6, 40]
/** How far beyond what the host wished another day may lie. */
const beyondWishes = 14

/**
 * A talk of which somebody is away, with as little disturbance as can be: the same hour with somebody else, another hour of the day,
 * another day, or one other talk gives way at its own hour; undefined where nothing helps.
 */
export function mend(diary: Diary, hit: Case, away: Set<string>, others: Case[], range: Range): Mended | undefined {
  const { standing } = hit
  if (!standing) return
  const free = withoutStanding(diary, hit)
  const gone = (id: string) => away.has(id) || standing.declined.includes(id)
  const missing = standing.team.map(({ speakerId }) => speakerId).filter(gone)
  const found = atSameHour(free, hit, standing, missing) ?? elsewhen(free, hit, standing, range)
  if (found) return { diary: withLine(free, hit, found.moment, found.team), lines: [lineOf(hit, found)] }
  return givenWay(
    free,
    hit,
    others,
    range,
    diary => atSameHour(diary, hit, standing, missing) ?? elsewhen(diary, hit, standing, range),
  )
}

/** A request that waits gets the best time and team that is left, or another talk gives way to it. */
export const place = (diary: Diary, one: Case, range: Range): Mended | undefined => {
  const found = best(diary, one, range)
  return found && { diary: withLine(diary, one, found.moment, found.team), lines: [lineOf(one, found)] }
}
export const placeByChain = (diary: Diary, one: Case, others: Case[], range: Range): Mended | undefined =>
  givenWay(diary, one, others, range, diary => best(diary, one, range))

function best(diary: Diary, one: Case, { from, to }: Range): Found | undefined {
  const search = searchFor(worldIn(diary, one), one.request)
  const within = { ...search, open: search.open.filter(({ day }) => from <= day && day <= to) }
  const [offer] = offersOf(within, 1, 1).offers
  return offer && { ...offer, step: 'other-day' }
}

/** Everybody stays who can, and each who is away has a substitute at the same hour. */
function atSameHour(diary: Diary, one: Case, was: Standing, missing: string[]): Found | undefined {
  if (missing.length === 0) return
  const world = undisputed(worldIn(diary, one))
  let team = was.team
  let last: Pick<Offer, 'reasons' | 'warnings'> | undefined
  for (const [at, out] of missing.entries()) {
    const absent = [...missing.slice(at + 1)]
    const [stand] = substitutes(world, one.request, was, team, out, absent)
    if (!stand) return
    team = stand.team
    last = stand
  }
  return last && { moment: momentOf(was), team, step: 'same-hour', reasons: last.reasons, warnings: last.warnings }
}

/** A whole other team at its hour, else another hour of the day, else another day: first where the fewest hear of it, then near the old time. */
function elsewhen(diary: Diary, one: Case, was: Standing, { from, to }: Range): Found | undefined {
  const world = worldIn(diary, one)
  for (const request of [one.request, wider(one.request, was, world.now.day)]) {
    const search = searchFor(world, request, { windows: true, latest: true })
    const within = { ...search, open: search.open.filter(({ day }) => from <= day && day <= to) }
    const ways = offersOf(within, mostOffers, teamsATime).offers
    const people = (offer: Offer) => touched(was, offer.moment, offer.team)
    const apart = ({ moment }: Offer) =>
      Math.abs((dayNumber(moment.day) - dayNumber(was.day)) * 1440 + moment.from - was.from)
    const order = (a: Offer, b: Offer) => people(a) - people(b) || apart(a) - apart(b) || a.cost - b.cost
    const onDay = ways.filter(({ moment }) => moment.day === was.day).sort(order)
    const sameHour = onDay.find(({ moment }) => moment.from === was.from)
    if (sameHour) return { ...sameHour, step: 'same-hour' }
    if (onDay[0]) return { ...onDay[0], step: 'same-day' }
    const [other] = ways.sort(order)
    if (other) return { ...other, step: 'other-day' }
  }
  return
}

/** The same hours of the day in the days around the talk. */
function wider(request: Request, was: Standing, today: string): Request {
  const first = plusDays(was.day, -beyondWishes)
  const days = { from: first < today ? today : first, to: plusDays(was.day, beyondWishes) }
  const hours = request.windows.map(({ fromMinute, toMinute, shift }) => ({ ...days, fromMinute, toMinute, shift }))
  const windows = hours.length > 0 ? hours : [{ ...days, fromMinute: 0, toMinute: 1440, shift: undefined }]
  return { ...request, windows: [...request.windows, ...windows], latest: undefined }
}

/** One talk that may change makes room and is kept itself: with others at its hour, else at another time. */
function givenWay(
  diary: Diary,
  one: Case,
  others: Case[],
  range: Range,
  find: (diary: Diary) => Found | undefined,
): Mended | undefined {
  for (const other of others.filter(({ requestId }) => requestId !== one.requestId).slice(0, mostChains)) {
    const { standing } = other
    if (!standing) continue
    const room = withoutStanding(diary, other)
    const found = find(room)
    if (!found) continue
    const taken = withLine(room, one, found.moment, found.team)
    const busy = new Set(found.team.map(({ speakerId }) => speakerId))
    const shared = standing.team.filter(({ speakerId }) => busy.has(speakerId)).map(({ speakerId }) => speakerId)
    const kept = atSameHour(taken, other, standing, shared) ?? elsewhen(taken, other, standing, range)
    if (!kept) continue
    return {
      diary: withLine(taken, other, kept.moment, kept.team),
      lines: [lineOf(other, { ...kept, step: 'chain' }), lineOf(one, { ...found, step: 'chain' })],
    }
  }
  return
}

function lineOf(one: Case, { moment, team, step, reasons, warnings }: Found): Line {
  const { requestId, standing } = one
  const moved = standing !== undefined && (standing.day !== moment.day || standing.from !== moment.from)
  return {
    requestId,
    kind: standing === undefined ? 'new' : moved ? 'moved' : 'swapped',
    step: standing === undefined && step !== 'chain' ? undefined : step,
    moment,
    team,
    people: touched(standing, moment, team),
    reasons,
    warnings,
    hurdles: [],
  }
}

const momentOf = ({ day, from, to }: Standing): Moment => ({ day, from, to })
