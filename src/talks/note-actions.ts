import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { DateTime } from '../base/time.ts'
import { lockTalk, setNote } from './store.ts'

export type Noting = {
  actor: { accountId: string; houseId: string }
  talkId: string
  note: string
  /** What stood there when the form was shown; without it the note is written whatever stands there. */
  before: string | undefined
  location: string
  form: Form
}
type Refused = { refused: { code: 'missing' } | { code: 'changed'; note: string } }

/** The coordinators' own note on a talk; of two who write at once the second sees what the first wrote. Its words stay out of the history. */
export const keepNote = (db: Db, { actor, talkId, note, before, location, form }: Noting, now: DateTime) =>
  transactOnce<Refused>(db, form, async trx => {
    const talk = await lockTalk(trx, actor.houseId, talkId)
    if (!talk) return { refused: { code: 'missing' } }
    if (before !== undefined && before !== talk.note && note !== talk.note)
      return { refused: { code: 'changed', note: talk.note } }
    if (note === talk.note) return { location } satisfies Done
    await setNote(trx, talkId, note)
    await remember(trx, {
      houseId: actor.houseId,
      kind: 'noted',
      at: now,
      byWhom: 'account',
      accountId: actor.accountId,
      requestId: talk.request_id,
      talkId,
    })
    return { location } satisfies Done
  })
