import { type Manner, saveManner } from '../accounts/store.ts'
import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { transact } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import type { Busy } from './busy-rules.ts'
import { countBusy, deleteBusy, insertBusy, lockSpeaker } from './busy-store.ts'
import { saveWishes, type Wishes } from './store.ts'

type Me = { speakerId: string; accountId: string; houseId: string }
const most = 300

/** Adds hours or days at which a speaker is not asked. Talks that stand already stay; the page names them. */
export async function addBusy(
  db: Db,
  me: Me,
  busy: Busy,
  form: Form,
  now: DateTime,
  // whoever says it on the first page reads there that it is written, with a way back
  fromFirstPage = false,
): Promise<Done | { refused: 'too-many' }> {
  return transactOnce<{ refused: 'too-many' }>(db, form, async trx => {
    await lockSpeaker(trx, me.speakerId)
    if ((await countBusy(trx, me.speakerId)) >= most) return { refused: 'too-many' }
    const id = await insertBusy(trx, me.speakerId, busy)
    await remember(trx, { ...me, kind: 'busy-added', at: now, byWhom: 'speaker', detail: { weekly: 'weekly' in busy } })
    return { location: fromFirstPage && id ? `/me?busy=${id}` : '/me/busy' }
  })
}

/** Takes a busy time away again; false when this speaker has none of that id. */
export async function removeBusy(
  db: Db,
  me: Me,
  which: { table: 'weekly_hours' | 'absences'; id: string },
  now: DateTime,
): Promise<boolean> {
  return transact(db, async trx => {
    await lockSpeaker(trx, me.speakerId)
    const removed = await deleteBusy(trx, me.speakerId, which)
    if (removed) await remember(trx, { ...me, kind: 'busy-removed', at: now, byWhom: 'speaker' })
    return removed
  })
}

/** A speaker's own wishes: language, look, limits, reminders, phone. */
export async function saveProfile(db: Db, me: Me, wishes: Wishes, manner: Manner, now: DateTime): Promise<void> {
  await transact(db, async trx => {
    await lockSpeaker(trx, me.speakerId)
    await saveWishes(trx, me.speakerId, wishes)
    await saveManner(trx, me.accountId, manner)
    await remember(trx, {
      ...me,
      kind: 'wishes-changed',
      at: now,
      byWhom: 'speaker',
      detail: { day: wishes.limits.day, week: wishes.limits.week, month: wishes.limits.month },
    })
  })
}
