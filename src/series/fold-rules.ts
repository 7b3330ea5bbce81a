import type { Moment } from '../base/time.ts'
import { hallOf } from '../matching/hall-rules.ts'
import type { Request, TeamMember, World } from '../matching/rules.ts'
import type { Engagement } from '../speakers/rules.ts'

/** What one date after the other changes in the world: who is taken when, and which hall. */
export type Taken = Pick<World, 'speakers' | 'hallTaken'>

/** The world after this talk too: its people are engaged and the host's hall is taken, as once it is booked. */
export function withTalk(
  taken: Taken,
  { host }: Pick<World, 'host'>,
  request: Pick<Request, 'mode' | 'heads'>,
  talkId: string,
  moment: Moment,
  team: TeamMember[],
): Taken {
  const online = request.mode !== 'onsite'
  const hallId = hallOf({ host, hallTaken: taken.hallTaken }, request, moment)
  const talk: Engagement = { ...moment, talkId, hostId: host.id, district: host.district, point: host.point, online }
  const goes = new Set(team.map(({ speakerId }) => speakerId))
  return {
    hallTaken: online ? taken.hallTaken : [...taken.hallTaken, { ...moment, talkId, hallId }],
    speakers: taken.speakers.map(speaker =>
      goes.has(speaker.id) ? { ...speaker, engagements: [...speaker.engagements, talk].sort(byTime) } : speaker,
    ),
  }
}

const byTime = (a: Engagement, b: Engagement): number => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.from - b.from)
