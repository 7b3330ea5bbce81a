import type { Db } from '../base/db/open.ts'
import { type DateTime, type Moment, wallOf } from '../base/time.ts'
import { taught } from '../hosts/rules.ts'
import { fit, type Refusal, type TeamMember, withoutTalk } from '../matching/rules.ts'
import { momentFrom } from '../matching/seat-rules.ts'
import { type Asked, findWorld } from '../matching/store.ts'
import type { ReplyRow } from './reply-store.ts'

/** A time that a speaker proposed, and what the engine has against it: judged as the move itself will be. */
export type Judged = { id: string; moment: Moment; refusals: Refusal[] }

const most = 3

export async function judgeProposals(
  db: Db,
  asked: Asked,
  talk: { id: string; zone: string; minutes: number },
  team: TeamMember[],
  replies: ReplyRow[],
  now: DateTime,
): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const { id, state, current, proposed } of replies) {
    if (state !== 'open' || !current || !proposed || judged.length >= most) continue
    const wall = wallOf(proposed.from, talk.zone)
    const whole = await findWorld(db, asked, { from: wall.day, to: wall.day }, now)
    if (!whole) continue
    const world = withoutTalk(whole, talk.id)
    // a talk that is moved keeps its length, unless lessons rule
    const minutes = taught(world.host, world.audience.id) ? undefined : talk.minutes
    const moment = momentFrom(world, asked.request, wall, minutes)
    judged.push({
      id,
      moment,
      refusals: fit(world, asked.request, moment, team, { windows: true, latest: true }).refusals,
    })
  }
  return judged
}
