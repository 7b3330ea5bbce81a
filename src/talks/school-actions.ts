import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Jobs } from '../base/jobs.ts'
import type { DateTime } from '../base/time.ts'
import { tell } from '../messages/store.ts'
import { findCoordinators } from './answer-store.ts'

export type Written = {
  houseId: string
  requestId: string
  talkId: string | undefined
  text: string
  location: string
  form: Form
}

/** What a host writes by its link stands in the history of the request, and goes to each coordinator at once. */
export const write = (db: Db, jobs: Jobs, written: Written, now: DateTime) =>
  transactOnce<{ refused: never }>(db, written.form, async trx => {
    const { houseId, requestId, talkId, text } = written
    const about = talkId === undefined ? { requestId } : { requestId, talkId }
    await remember(trx, { houseId, kind: 'written', at: now, byWhom: 'contact', ...about, detail: { text } })
    const coordinators = await findCoordinators(trx, houseId)
    await tell(
      trx,
      jobs,
      now,
      coordinators.map(({ id, email, language }) => ({
        houseId,
        kind: 'contact-wrote' as const,
        cause: `written:${requestId}:${now.toMillis()}`,
        version: 1,
        recipient: `account:${id}`,
        address: email,
        language,
        dueAt: now,
        accountId: id,
        ...about,
      })),
    )
    return { location: written.location } satisfies Done
  })
