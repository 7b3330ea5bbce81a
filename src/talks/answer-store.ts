import type { AnswerReason, AssignmentState, Language } from '../base/db/tables.ts'
import type { Trx } from '../base/db/transact.ts'
import { clock, type DateTime } from '../base/time.ts'
import { lockPeople, personOf } from '../speakers/person-store.ts'
import type { Proposal } from './proposal-rules.ts'

/** Which invitation: by the secret of its link, or the newest of a speaker for a talk. */
export type Which = { tokenHash: string } | { talkId: string; speakerId: string }

/** Where an invitation belongs; read before the talk is locked. */
export const findSeat = (trx: Trx, which: Which) =>
  trx
    .selectFrom('assignments')
    .innerJoin('talks', 'talks.id', 'assignments.talk_id')
    .select([
      'assignments.id',
      'assignments.talk_id as talkId',
      'talks.house_id as houseId',
      'assignments.speaker_id as speakerId',
    ])
    .$if('tokenHash' in which, query =>
      query.where('assignments.token_hash', '=', 'tokenHash' in which ? which.tokenHash : ''),
    )
    .$if('talkId' in which, query =>
      query
        .where('talk_id', '=', 'talkId' in which ? which.talkId : '')
        .where('assignments.person_id', '=', personOf('talkId' in which ? which.speakerId : '')),
    )
    .orderBy('invited_at', 'desc')
    .limit(1)
    .executeTakeFirst()

/** The person first, then the seat: the order in which everybody locks. */
export async function lockSeat(
  trx: Trx,
  id: string,
  speakerId: string,
): Promise<{ state: AssignmentState; ended_at: DateTime | null; reason: AnswerReason | null }> {
  await lockPeople(trx, [speakerId])
  return trx
    .selectFrom('assignments')
    .select(['state', 'ended_at', 'reason'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

export async function setAnswer(
  trx: Trx,
  id: string,
  answer: { state: AssignmentState } & Why,
  now: DateTime,
): Promise<void> {
  // the journey is laid anew by settle; until then only the talk itself is taken
  await trx
    .updateTable('assignments')
    .set(eb => ({
      state: answer.state,
      ...whyColumns(answer),
      answered_at: now,
      busy: eb
        .selectFrom('talks')
        .select('during')
        .whereRef('talks.id', '=', 'assignments.talk_id')
        .$asScalar()
        .$notNull(),
    }))
    .where('id', '=', id)
    .execute()
}

/** Why somebody can't come, and when they could. */
export type Why = { reason: AnswerReason | null; proposal: Proposal | undefined }
const whyColumns = ({ reason, proposal }: Why) => ({
  reason,
  proposed_on: proposal?.on ?? null,
  proposed_from: proposal?.from === undefined ? null : clock(proposal.from),
})

/** A refusal that stands gets its reason afterwards. */
export async function setWhy(trx: Trx, id: string, why: Why): Promise<void> {
  await trx.updateTable('assignments').set(whyColumns(why)).where('id', '=', id).execute()
}

/** Those who decide in a House, to be told of a refusal. */
export const findCoordinators = (
  trx: Trx,
  houseId: string,
): Promise<{ id: string; email: string; language: Language }[]> =>
  trx
    .selectFrom('accounts')
    .innerJoin('roles', 'roles.account_id', 'accounts.id')
    .select(['accounts.id', 'accounts.email', 'accounts.language'])
    .where('roles.house_id', '=', houseId)
    .where('roles.role', '=', 'coordinator')
    .where('accounts.disabled_at', 'is', null)
    .orderBy('accounts.email')
    .execute()

/** How often this seat's refusal was told already: each refusal is news of its own. */
export async function timesTold(trx: Trx, cause: string): Promise<number> {
  const { last } = await trx
    .selectFrom('messages')
    .select(eb => eb.fn.coalesce(eb.fn.max('version'), eb.lit(0)).as('last'))
    .where('cause', '=', cause)
    .executeTakeFirstOrThrow()
  return Number(last)
}
