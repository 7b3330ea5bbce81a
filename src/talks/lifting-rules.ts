import type { DateTime, Minute, Moment } from '../base/time.ts'
import { hallOf } from '../matching/hall-rules.ts'
import type { Refusal, Request, TeamMember, World } from '../matching/rules.ts'
import { fit, withoutTalk } from '../matching/rules.ts'
import { ends, type Fate } from './closing-rules.ts'
import type { RequestState, TalkState } from './rules.ts'

/** A talk that a closure changed, as it stands now and with what it would be restored to. */
export type Changed = {
  talkId: string
  requestId: string | null
  fate: Fate
  state: TalkState
  mode: 'onsite' | 'online' | 'broadcast'
  modeBefore: 'onsite' | 'online' | 'broadcast'
  startsAt: DateTime
  startedAt: DateTime
  moment: Moment
  requestState: RequestState | undefined
  /** The talk that the request was given meanwhile. */
  bookedAnew: string | undefined
}
export type LiftCase = Changed & {
  /** What it is judged by; undefined for a talk without a request. */
  judged: { world: World; request: Request; hostId: string } | undefined
  team: (TeamMember & { absent: boolean })[]
}
/** Why a talk stays as the closure made it. */
export type Obstacle =
  | { code: 'begun' }
  | { code: 'booked-anew'; talkId: string }
  | { code: 'request-ended' }
  | { code: 'talk-ended' }
  | { code: 'moved' }
  | { code: 'no-request' }
  | { code: 'impossible'; refusals: Refusal[] }
/** `stays`: nothing is to be restored. */
export type Verdict =
  | { fate: 'stays' }
  | { fate: 'restored'; hallId: string | undefined }
  | { fate: 'left'; obstacle: Obstacle }

/**
 * Which of the talks that a closure changed can be what they were, judged by the engine in the order given; each that is
 * restored is in the way of the next. Wishes, notice and latest dates were settled when the talk was booked.
 */
export function judgeLifting(cases: LiftCase[], now: DateTime): Map<string, Verdict> {
  let restored: Restored = { speakers: undefined, halls: [] }
  const verdicts = new Map<string, Verdict>()
  for (const talk of cases) {
    const alone = talk.judged && worldFor(talk.judged, talk.talkId, restored)
    const stands = standsAsBefore(talk)
    const obstacle = stands ? undefined : obstacleOf(talk, alone, now)
    const request = talk.judged && { ...talk.judged.request, mode: talk.modeBefore }
    const hallId = alone && request && hallOf(alone, request, talk.moment)
    verdicts.set(
      talk.talkId,
      stands ? { fate: 'stays' } : obstacle ? { fate: 'left', obstacle } : { fate: 'restored', hallId },
    )
    if (!stands && !obstacle && talk.judged && alone)
      restored = withTalk(restored, alone, talk, { hostId: talk.judged.hostId, hallId })
  }
  return verdicts
}

/** What was restored so far: the people with these talks, and the rooms these talks take. */
type Restored = {
  speakers: World['speakers'] | undefined
  halls: { hostId: string; taken: World['hallTaken'][number] }[]
}

/** The world as if this talk stood nowhere, and the restored ones stood. */
function worldFor({ world, hostId }: NonNullable<LiftCase['judged']>, talkId: string, restored: Restored): World {
  const halls = restored.halls.filter(hall => hall.hostId === hostId).map(({ taken }) => taken)
  return withoutTalk(
    { ...world, speakers: restored.speakers ?? world.speakers, hallTaken: [...world.hallTaken, ...halls] },
    talkId,
  )
}

function obstacleOf(talk: LiftCase, world: World | undefined, now: DateTime): Obstacle | undefined {
  if (ends(talk.fate) && talk.bookedAnew !== undefined) return { code: 'booked-anew', talkId: talk.bookedAnew }
  if (talk.startsAt <= now) return { code: 'begun' }
  if (!ends(talk.fate) && talk.state !== 'booked') return { code: 'talk-ended' }
  if (+talk.startsAt !== +talk.startedAt) return { code: 'moved' }
  if (ends(talk.fate) && talk.requestId !== null && talk.requestState !== requestStateAfter(talk.fate))
    return { code: 'request-ended' }
  if (!talk.judged || !world) return { code: 'no-request' }
  const team = talk.team.map(({ speakerId, profession }) => ({ speakerId, profession }))
  const request = { ...talk.judged.request, mode: talk.modeBefore }
  const { refusals } = fit(world, request, talk.moment, team, { windows: true, notice: true, latest: true })
  // who has declined and isn't replaced yet is judged for the place only
  const absent = new Set(talk.team.filter(mate => mate.absent).map(mate => mate.speakerId))
  const standing = refusals.filter(refusal => !('speakerId' in refusal && absent.has(refusal.speakerId)))
  return standing.length > 0 ? { code: 'impossible', refusals: standing } : undefined
}

/** In which state a closure leaves the request of a talk that it ends. */
const requestStateAfter = (fate: Fate): RequestState => (fate === 'postponed' ? 'waiting' : 'withdrawn')

/** Left alone, or restored by hand since. */
const standsAsBefore = (talk: Changed): boolean =>
  talk.fate === 'kept' ||
  (ends(talk.fate) ? talk.state !== 'cancelled' : talk.state === 'booked' && talk.mode === talk.modeBefore)

type Hall = { hostId: string; hallId: string | undefined }
function withTalk({ halls }: Restored, world: World, talk: LiftCase, hall: Hall): Restored {
  const { talkId, moment, modeBefore } = talk
  const { district, point } = world.host
  const people = new Set(talk.team.filter(mate => !mate.absent).map(mate => mate.speakerId))
  const engagement = { talkId, ...moment, district, point, online: modeBefore !== 'onsite' }
  return {
    halls:
      modeBefore === 'onsite'
        ? [...halls, { hostId: hall.hostId, taken: { ...moment, talkId, hallId: hall.hallId } }]
        : halls,
    speakers: world.speakers.map(speaker =>
      people.has(speaker.id) ? { ...speaker, engagements: [...speaker.engagements, engagement].sort(byTime) } : speaker,
    ),
  }
}

const byTime = (a: { day: string; from: Minute }, b: { day: string; from: Minute }): number =>
  a.day < b.day ? -1 : a.day > b.day ? 1 : a.from - b.from
