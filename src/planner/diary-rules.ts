import { type Day, type Moment, plusDays } from '../base/time.ts'
import type { TeamMember, World } from '../matching/rules.ts'
import { withTalk } from '../series/fold-rules.ts'
import type { Speaker } from '../speakers/rules.ts'
import type { Away, Case } from './plan-rules.ts'

/** What a draft changes in the world, talk by talk: who is taken when, and which halls. Never changed in place. */
export type Diary = { speakers: Speaker[]; halls: Map<string, World['hallTaken']>; leftOut: Set<string> }

/** The diary as it stands today, with those who are away; `leftOut` get no talk that they don't have. */
export function diaryOf(cases: Case[], away: Away[], leftOut: string[]): Diary {
  const people = cases[0]?.world.speakers ?? []
  return {
    speakers: away.length === 0 ? people : people.map(speaker => withAbsences(speaker, away)),
    halls: new Map(cases.map(({ world }) => [world.host.id, world.hallTaken])),
    leftOut: new Set(leftOut),
  }
}

function withAbsences(speaker: Speaker, away: Away[]): Speaker {
  const own = away.filter(({ speakerId }) => speakerId === speaker.id)
  if (own.length === 0) return speaker
  const days = own.flatMap(({ from, to }) => daysOf(from, to))
  return { ...speaker, absences: [...speaker.absences, ...days.map(day => ({ day, from: 0, to: 1440 }))] }
}

function daysOf(from: Day, to: Day): Day[] {
  const days: Day[] = []
  for (let day = from; day <= to; day = plusDays(day, 1)) days.push(day)
  return days
}

/** The world of a request as the draft leaves it. */
export function worldIn({ speakers, halls, leftOut }: Diary, { world, standing }: Case): World {
  const stays = new Set(standing?.team.map(({ speakerId }) => speakerId))
  return {
    ...world,
    speakers: leftOut.size === 0 ? speakers : speakers.filter(({ id }) => !leftOut.has(id) || stays.has(id)),
    hallTaken: halls.get(world.host.id) ?? world.hallTaken,
  }
}

/** With a talk for this request, too. */
export function withLine(diary: Diary, one: Case, moment: Moment, team: TeamMember[]): Diary {
  const { world, request } = one
  const talkId = one.standing?.talkId ?? `draft ${one.requestId}`
  const taken = withTalk(
    { speakers: diary.speakers, hallTaken: diary.halls.get(world.host.id) ?? world.hallTaken },
    world,
    request,
    talkId,
    moment,
    team,
  )
  return {
    ...diary,
    speakers: taken.speakers,
    halls: new Map([...diary.halls, [world.host.id, taken.hallTaken]]),
  }
}

/** Without the talk that is booked for this request. */
export function withoutStanding(diary: Diary, { world, standing }: Case): Diary {
  if (!standing) return diary
  const { talkId } = standing
  const hall = diary.halls.get(world.host.id) ?? world.hallTaken
  return {
    ...diary,
    halls: new Map([...diary.halls, [world.host.id, hall.filter(taken => taken.talkId !== talkId)]]),
    speakers: diary.speakers.map(speaker =>
      speaker.engagements.some(talk => talk.talkId === talkId)
        ? { ...speaker, engagements: speaker.engagements.filter(talk => talk.talkId !== talkId) }
        : speaker,
    ),
  }
}
