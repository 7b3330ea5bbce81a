import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { DateTime } from '../base/time.ts'

/** What a host writes by its link stands in the history of the request, where those who decide read it. */
export const write = (
  db: Db,
  message: {
    houseId: string
    requestId: string
    talkId: string | undefined
    text: string
    location: string
    form: Form
  },
  now: DateTime,
) =>
  transactOnce<{ refused: never }>(db, message.form, async trx => {
    const { houseId, requestId, talkId, text } = message
    await remember(trx, {
      houseId,
      kind: 'written',
      at: now,
      byWhom: 'contact',
      requestId,
      ...(talkId === undefined ? {} : { talkId }),
      detail: { text },
    })
    return { location: message.location } satisfies Done
  })
