import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { lockSpeaker, weeklyOf } from './busy-store.ts'
import { type Grid, hoursOf } from './grid-rules.ts'
import { hoursFrom, replaceHours } from './grid-store.ts'

/** A speaker paints their own week. Talks that stand already stay; the page of busy times names those outside. */
export const paintOwnWeek = (
  db: Db,
  form: Form,
  me: { speakerId: string; accountId: string; houseId: string },
  grid: Grid,
): Promise<Done | { refused: 'none' }> =>
  transactOnce<{ refused: 'none' }>(db, form, async trx => {
    await lockSpeaker(trx, me.speakerId)
    const hours = hoursOf(hoursFrom(await weeklyOf(trx, me.speakerId)), grid)
    if (!hours) return { refused: 'none' }
    await replaceHours(trx, me.speakerId, hours)
    await remember(trx, { ...me, kind: 'week-painted', at: form.now, byWhom: 'speaker' })
    return { location: '/me/busy' }
  })
