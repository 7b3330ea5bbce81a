import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { lockSpeaker } from '../speakers/busy-store.ts'
import { findSpeaker } from '../speakers/edit-store.ts'
import { type Grid, hoursOf } from '../speakers/grid-rules.ts'
import { replaceHours } from '../speakers/grid-store.ts'
import { newlyUnfit } from './unfit-rules.ts'
import { findUnfit, type Unfit } from './unfit-store.ts'

type Refused = { refused: 'missing' | 'none' } | { refused: 'unfit'; talks: Unfit[] }

/** A coordinator paints a speaker's week; talks that it would leave without the person are shown first, as in the whole form. */
export const paintWeek = (
  db: Db,
  form: Form,
  { accountId, houseId }: { accountId: string; houseId: string },
  id: string,
  grid: Grid,
  anyway: boolean,
): Promise<Done | Refused> =>
  transactOnce<Refused>(db, form, async trx => {
    await lockSpeaker(trx, id)
    const before = await findSpeaker(trx, houseId, id)
    if (!before) return { refused: 'missing' }
    const hours = hoursOf(before.weekly, grid)
    if (!hours) return { refused: 'none' }
    const unfitBefore = await findUnfit(trx, houseId, id, form.now)
    await replaceHours(trx, id, hours)
    const unfit = newlyUnfit(unfitBefore, await findUnfit(trx, houseId, id, form.now))
    if (unfit.length > 0 && !anyway) return { refused: 'unfit', talks: unfit }
    await remember(trx, {
      ...{ houseId, accountId, speakerId: id },
      kind: 'week-painted',
      at: form.now,
      byWhom: 'account',
      detail: { unfit: unfit.length },
    })
    return { location: `/app/speakers/${id}?done=saved` }
  })
