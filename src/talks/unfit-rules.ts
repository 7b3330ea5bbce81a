import type { Moment } from '../base/time.ts'
import { fit, type Refusal, type Request, type TeamMember, type World, withoutTalk } from '../matching/rules.ts'

const ofTeam = ['team-unfilled', 'no-shared-language', 'pair-rule']

/** What speaks against a person who stands in a booked talk: their own reasons and the team's, never the host's, which stood before. */
export function unfitSeat(
  world: World,
  request: Request,
  moment: Moment,
  team: TeamMember[],
  { talkId, speakerId }: { talkId: string; speakerId: string },
): Refusal[] {
  const waived = { windows: true, notice: true, latest: true }
  const { refusals } = fit(withoutTalk(world, talkId), request, moment, team, waived)
  return refusals.filter(refusal =>
    'speakerId' in refusal ? refusal.speakerId === speakerId : ofTeam.includes(refusal.code),
  )
}

type Judged = { talkId: string; refusals: Refusal[] }

/** Of the talks that do not fit after a change those, and for the reasons, that did fit before it. */
export function newlyUnfit<Its extends Judged>(before: Judged[], after: Its[]): Its[] {
  const known = new Set(before.flatMap(({ talkId, refusals }) => refusals.map(each => talkId + JSON.stringify(each))))
  return after.flatMap(talk => {
    const refusals = talk.refusals.filter(each => !known.has(talk.talkId + JSON.stringify(each)))
    return refusals.length > 0 ? [{ ...talk, refusals }] : []
  })
}
