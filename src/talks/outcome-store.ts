import { sql } from 'kysely'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import type { Outcome } from './outcome-rules.ts'

/** Whether this speaker stood in the team of the talk. */
export async function isInTeam(trx: Trx, talkId: string, speakerId: string): Promise<boolean> {
  const found = await trx
    .selectFrom('assignments')
    .select('id')
    .where('talk_id', '=', talkId)
    .where('speaker_id', '=', speakerId)
    .where('state', 'in', ['invited', 'accepted'])
    .executeTakeFirst()
  return found !== undefined
}

export const countedOf = (trx: Trx, talkId: string) =>
  trx
    .selectFrom('talks')
    .select(['heads_counted as heads', 'leaflets', 'held_in as heldIn', 'heads_planned as planned'])
    .where('id', '=', talkId)
    .executeTakeFirstOrThrow()

export async function setOutcome(
  trx: Trx,
  talkId: string,
  outcome: Outcome,
  accountId: string,
  now: DateTime,
): Promise<void> {
  const counted = outcome.held
    ? {
        state: 'held' as const,
        heads_counted: outcome.heads,
        leaflets: outcome.leaflets ?? null,
        held_in: outcome.heldIn ?? null,
      }
    : { state: 'not-held' as const, heads_counted: null, leaflets: null, held_in: null }
  // a talk that did not take place is taken out of calendars, one that did after all comes back: SEQUENCE rises (RFC 5546 section 2.1.4)
  const turns = sql<boolean>`(state = 'not-held') <> ${!outcome.held}`
  await trx
    .updateTable('talks')
    .set({
      ...counted,
      outcome_at: now,
      outcome_by: accountId,
      sequence: sql`sequence + (${turns})::int`,
      revised_at: sql`case when ${turns} then ${now} else revised_at end`,
    })
    .where('id', '=', talkId)
    .execute()
}
