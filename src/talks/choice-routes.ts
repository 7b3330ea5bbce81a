import type { Db } from '../base/db/open.ts'
import type { Language } from '../base/i18n/language.ts'
import { type DateTime, plusDays } from '../base/time.ts'
import type { Names } from '../matching/names-store.ts'
import { substitutes } from '../matching/offer-rules.ts'
import { refusalsShown, type sayOf as Say, sayOf } from '../matching/pages.ts'
import { undisputed, withoutTalk } from '../matching/rules.ts'
import { findAsked, findWorld } from '../matching/store.ts'
import { reasonSaid } from '../matching/words.ts'
import { moveShown, willSaid } from './choice-pages.ts'
import { effectsOf, movesFor } from './move-rules.ts'
import type { MoveChoice, Substitution } from './pages.ts'
import { reach } from './possible-rules.ts'
import { judgeProposals } from './proposal-store.ts'
import type { findReplies } from './reply-store.ts'
import type { SeatRow, TalkRow } from './show-store.ts'
import { capital, knownAs } from './shown-pages.ts'
import { momentOf } from './store.ts'
import { findUnwilling } from './substitution-store.ts'
import { counts } from './tell-routes.ts'

type Asking = { db: Db; houseId: string; language: Language; names: Names; now: DateTime }
type Replies = Awaited<ReturnType<typeof findReplies>>
type Proposals = (Awaited<ReturnType<typeof judgeProposals>>[number] & { hindrances: string[] })[]
export type Choices = { moves: MoveChoice[]; substitution: Substitution | undefined; proposals: Proposals }
export const noChoices: Choices = { moves: [], substitution: undefined, proposals: [] }
const waived = { windows: true, latest: true }

/** Where a talk could go and who could step in, each with its reasons and what it would do, all from one look at the world. */
export async function choicesFor(
  { db, houseId, language, names, now }: Asking,
  talk: TalkRow,
  people: SeatRow[],
  replies: Replies,
  out: string | undefined,
): Promise<Choices> {
  const asked = talk.request_id === null ? undefined : await findAsked(db, houseId, { id: talk.request_id })
  const around = momentOf(talk)
  const days = { from: plusDays(around.day, -reach), to: plusDays(around.day, reach) }
  const whole = asked && (await findWorld(db, asked, days, now))
  if (!whole) return noChoices
  const world = withoutTalk(whole, talk.id)
  const unwilling = (await findUnwilling(db, [talk.id])).get(talk.id)
  const say = sayOf(language, names)
  const counted = people.filter(counts)
  const team = counted.map(({ speakerId, profession }) => ({ speakerId, profession }))
  const leaving =
    counted.find(({ speakerId }) => speakerId === out) ?? counted.find(({ state }) => state === 'declined')
  const moves = movesFor(world, asked.request, team, around, waived, 4)
  return {
    moves: moves.map(move => moveShown(language, move, around, say)),
    substitution: leaving && substitutionFor(leaving),
    proposals: (await judgeProposals(db, asked, talk, team, replies, now)).map(judged => ({
      ...judged,
      hindrances: refusalsShown(language, judged.refusals.slice(0, 3), say),
    })),
  }

  function substitutionFor(seat: SeatRow): Substitution {
    const found = asked
      ? substitutes(undisputed(world), asked.request, around, team, seat.speakerId)
          .filter(other => !unwilling?.has(other.speakerId))
          .slice(0, 6)
      : []
    return {
      out: seat.speakerId,
      who: knownAs(seat.name),
      people: found.map(other => {
        const { speakerId, profession } = other
        const instead = { out: seat.speakerId, in: { speakerId, profession } }
        const effects = asked ? effectsOf(world, asked.request, around, other.team, around, instead) : []
        const touched = effects.filter(each => each.speakerId === speakerId || each.speakerId === seat.speakerId)
        return {
          in: speakerId,
          name: knownAs(names.speakers.get(speakerId) ?? ''),
          why: capital(reasonsOf(other, language, say)),
          will: willSaid(language, touched, say),
        }
      }),
    }
  }
}

/** Why somebody could step in, without their name in front of each reason. */
const reasonsOf = (
  { speakerId, reasons }: { speakerId: string; reasons: Parameters<typeof reasonSaid>[1][] },
  language: Language,
  say: ReturnType<typeof Say>,
): string =>
  reasons
    .filter(reason => 'speakerId' in reason && reason.speakerId === speakerId)
    .map(reason => reasonSaid(language, reason, say).replace(/^[^:]+: /, ''))
    .join(', ')
