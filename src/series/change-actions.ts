import type { Db } from '../base/db/open.ts'
import type { Jobs } from '../base/jobs.ts'
import type { DateTime } from '../base/time.ts'
import { cancel, move, swap } from '../talks/change-actions.ts'
import type { Start } from '../talks/rules.ts'
import type { Shown } from '../talks/undo-rules.ts'
import type { Sent } from './booking-actions.ts'
import type { SeriesChange } from './change-rules.ts'
import type { Outcome } from './choice-rules.ts'
import { waived } from './rules.ts'

/** A date as the form showed it: its talk in the version that was `shown` and, for a move, where it is to stand. */
export type Changing = { position: number; talkId: string; startsAt: Start | undefined; shown?: Shown | undefined }

/** Changes the talks of a series one after the other by the command of a single one; what cannot be done any more is told apart. */
export async function changeSeries(
  { db, jobs, secret }: { db: Db; jobs: Jobs; secret: string },
  given: {
    actor: { accountId: string; houseId: string }
    seriesId: string
    change: SeriesChange
    dates: Changing[]
    note: string | undefined
    sent: Sent
  },
  now: DateTime,
): Promise<Outcome[]> {
  const { actor, change, sent } = given
  const outcomes: Outcome[] = []
  for (const { position, talkId, startsAt, shown } of given.dates) {
    const revision = {
      by: { houseId: actor.houseId, accountId: actor.accountId, whom: 'account' as const },
      talkId,
      shown,
      location: `/app/talks/${talkId}`,
      note: given.note,
      joins: `series:${given.seriesId}`,
      form: {
        key: sent.key && `${sent.key}:${position}`,
        url: sent.url,
        by: actor.accountId,
        body: { talkId, startsAt: startsAt ?? null, change },
        now,
      },
    }
    if (change.what === 'move' && !startsAt) continue
    const done =
      change.what === 'move' && startsAt
        ? await move(db, jobs, secret, { ...revision, startsAt, waived }, now)
        : change.what === 'replace'
          ? await swap(db, jobs, secret, { ...revision, out: change.out, in: change.in }, now)
          : await cancel(db, jobs, { ...revision, reason: change.what === 'cancel' ? change.reason : 'other' }, now)
    outcomes.push('refused' in done ? { position, talkId, refused: done.refused } : { position, talkId })
  }
  return outcomes
}
