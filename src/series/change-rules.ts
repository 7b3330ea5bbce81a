import { type Day, dayNumber, type Minute, type Moment, plusDays } from '../base/time.ts'
import { taught } from '../hosts/rules.ts'
import { fit, type Refusal, type TeamMember, undisputed, type World, withoutTalk } from '../matching/rules.ts'
import { momentFrom } from '../matching/seat-rules.ts'
import { type CancelReason, swapped } from '../talks/rules.ts'
import { startsOn } from './day-rules.ts'
import { type Taken, withTalk } from './fold-rules.ts'
import { isConcerned, type Scope, type SeriesDate, type Standing, waived } from './rules.ts'

/** What a change would do to one date: where it comes to stand and with whom, or why it stays as it is. */
export type Verdict = {
  position: number
  talkId: string
  before: Standing
  after: Moment
  team: TeamMember[]
  refusals: Refusal[]
}
/** What is done to every date that is concerned. */
export type SeriesChange =
  | { what: 'move' }
  | { what: 'replace'; out: string; in: string }
  | { what: 'cancel'; reason: CancelReason }
type Booked = SeriesDate & { standing: Standing }

/** A start of ours within so many minutes is the same lesson of another day. */
const nearMinutes = 25

/** The booked dates that a change concerns and whose time has not come yet. */
export const concerned = (dates: SeriesDate[], from: number, scope: Scope): Booked[] =>
  dates.filter(
    (date): date is Booked =>
      date.standing !== undefined && isConcerned(date.position, from, scope) && isAhead(date.world, date.standing),
  )

/**
 * Each date goes as far as this one would, to the lesson of that hour. The dates move one after the other, the foremost
 * first, so that one of them may take the place that another leaves; the verdicts are in the order in which it is done.
 */
export function moved(dates: SeriesDate[], from: number, scope: Scope, to: { day: Day; minute: Minute }): Verdict[] {
  const anchor = dates.find(({ position }) => position === from)?.standing
  if (!anchor) return []
  const days = dayNumber(to.day) - dayNumber(anchor.day)
  const minutes = to.minute - anchor.from
  const forward = days > 0 || (days === 0 && minutes > 0)
  const turn = concerned(dates, from, scope).sort((a, b) => compare(a.standing, b.standing) * (forward ? -1 : 1))
  return judged(turn, ({ world, request, position, standing }) => {
    const day = plusDays(standing.day, days)
    const wished = position === from ? to.minute : standing.from + minutes
    const near = startsOn({ world, request }, day)
      .filter(start => Math.abs(start.from - wished) <= nearMinutes)
      .sort((a, b) => Math.abs(a.from - wished) - Math.abs(b.from - wished))[0]
    const minute = position === from ? wished : (near?.from ?? wished)
    const length = taught(world.host, world.audience.id) ? undefined : standing.to - standing.from
    const after = momentFrom(world, request, { day, minute }, length)
    return { after, team: standing.team, ...fit(world, request, after, standing.team, waived) }
  })
}

/** Somebody else comes instead of one person, wherever that person is on the team. */
export function replaced(dates: SeriesDate[], from: number, scope: Scope, out: string, into: string): Verdict[] {
  const turn = concerned(dates, from, scope).filter(({ standing }) =>
    standing.team.some(({ speakerId }) => speakerId === out),
  )
  return judged(turn, ({ world: its, request, standing }) => {
    const world = undisputed(its)
    const professions = world.speakers.find(({ id }) => id === into)?.professions ?? ['']
    const ways = professions.map(profession => {
      const team = swapped(standing.team, out, { speakerId: into, profession })
      return { after: standing, team, ...fit(world, request, standing, team, { ...waived, notice: true }) }
    })
    const [best] = ways.sort((a, b) => a.refusals.length - b.refusals.length)
    return best ?? { after: standing, team: standing.team, refusals: [] }
  })
}

function judged(
  turn: Booked[],
  judge: (date: Booked) => { after: Moment; team: TeamMember[]; refusals: Refusal[] },
): Verdict[] {
  const [any] = turn
  if (!any) return []
  let taken: Taken = { speakers: any.world.speakers, hallTaken: any.world.hallTaken }
  return turn.map(date => {
    const { talkId, absent } = date.standing
    const world = withoutTalk({ ...date.world, ...taken }, talkId)
    const { after, team, refusals } = judge({ ...date, world })
    const standing = refusals.filter(refusal => !('speakerId' in refusal && absent.includes(refusal.speakerId)))
    if (standing.length === 0) taken = withTalk(world, world, date.request, talkId, momentOf(after), team)
    return {
      position: date.position,
      talkId,
      before: date.standing,
      after: momentOf(after),
      team,
      refusals: standing,
    }
  })
}

const momentOf = ({ day, from, to }: Moment): Moment => ({ day, from, to })
const compare = (a: Moment, b: Moment): number => (dayNumber(a.day) - dayNumber(b.day)) * 1440 + a.from - b.from
const isAhead = ({ now }: World, { day, from }: Moment): boolean =>
  day > now.day || (day === now.day && from > now.minute)
