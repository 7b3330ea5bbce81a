import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Day } from '../base/time.ts'
import { lockSpeaker } from '../speakers/busy-store.ts'
import { type OverrideReason, type Wish, wishes } from '../speakers/fairness-rules.ts'
import { endOverride, insertOverride } from './fairness-store.ts'

type By = { accountId: string; houseId: string }
type Missing = { refused: 'missing' }

/** A coordinator says that a speaker is to get more talks than the share asks for, or fewer, and until when; it replaces what stood. */
export const overrideFairness = (
  db: Db,
  form: Form,
  by: By,
  speakerId: string,
  { wish, reason, until }: { wish: Wish; reason: OverrideReason; until: Day },
): Promise<Done | Missing> =>
  transactOnce<Missing>(db, form, async trx => {
    if (!(await isTheirs(trx, by.houseId, speakerId))) return { refused: 'missing' }
    await endOverride(trx, speakerId, { ...by, now: form.now })
    await insertOverride(trx, { ...by, speakerId, weight: wishes[wish], reason, until, now: form.now })
    await remember(trx, {
      ...{ ...by, speakerId },
      kind: 'fairness-overridden',
      at: form.now,
      byWhom: 'account',
      detail: { wish, reason, until },
    })
    return { location: `/app/fairness/${speakerId}?done=saved` }
  })

/** Only the reckoned share counts again. */
export const endFairnessOverride = (db: Db, form: Form, by: By, speakerId: string): Promise<Done | Missing> =>
  transactOnce<Missing>(db, form, async trx => {
    if (!(await isTheirs(trx, by.houseId, speakerId))) return { refused: 'missing' }
    if (await endOverride(trx, speakerId, { ...by, now: form.now }))
      await remember(trx, {
        ...{ ...by, speakerId },
        kind: 'fairness-override-ended',
        at: form.now,
        byWhom: 'account',
      })
    return { location: `/app/fairness/${speakerId}?done=saved` }
  })

const isTheirs = async (trx: Trx, houseId: string, speakerId: string): Promise<boolean> =>
  (await lockSpeaker(trx, speakerId))?.houseId === houseId
