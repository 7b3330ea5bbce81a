import type { Db } from '../base/db/open.ts'
import type { Jobs } from '../base/jobs.ts'
import type { DateTime } from '../base/time.ts'
import { book } from '../talks/actions.ts'
import type { Chosen, Outcome } from './choice-rules.ts'
import { waived } from './rules.ts'

/** What one form asks for: who sent it, and its key, by which each date is done once however often it comes. */
export type Sent = { key: string | undefined; url: string }

/**
 * Books the chosen dates one after the other, each in its own right: under the same locks and by the same judge as a single
 * one. What has become impossible is told apart, and the others stand.
 */
export async function bookSeries(
  { db, jobs, secret }: { db: Db; jobs: Jobs; secret: string },
  given: {
    actor: { accountId: string; houseId: string }
    seriesId: string
    chosen: (Chosen & { number: number })[]
    note: string | undefined
    sent: Sent
  },
  now: DateTime,
): Promise<Outcome[]> {
  const { actor, sent, seriesId } = given
  const outcomes: Outcome[] = []
  for (const { position, number, startsAt, speakers } of given.chosen) {
    const done = await book(
      db,
      jobs,
      secret,
      {
        actor,
        requestNumber: number,
        startsAt,
        speakers,
        waived,
        note: given.note,
        joins: `series:${seriesId}`,
        form: {
          key: sent.key && `${sent.key}:${position}`,
          url: sent.url,
          by: actor.accountId,
          body: { startsAt, speakers },
          now,
        },
      },
      now,
    )
    outcomes.push(
      'refused' in done
        ? { position, refused: done.refused }
        : { position, talkId: done.location.split('/').at(-1) ?? '' },
    )
  }
  return outcomes
}
