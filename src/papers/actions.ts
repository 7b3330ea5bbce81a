import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { type DateTime, wallOf } from '../base/time.ts'
import { findIssued, insertPaper, lockHouse, type PaperKind, type Subject } from './store.ts'

export type Issuing = {
  houseId: string
  accountId: string
  zone: string
  kind: PaperKind
  subject: Subject
  location: string
  form: Form
}

/** Gives a paper the House's next number of the year and today's date, once: who asks again gets the same. */
export const issue = (
  db: Db,
  { houseId, accountId, zone, kind, subject, location, form }: Issuing,
  now: DateTime,
): Promise<Done> =>
  transactOnce<never>(db, form, async trx => {
    const { day } = wallOf(now, zone)
    const year = Number(day.slice(0, 4))
    await lockHouse(trx, houseId)
    if (await findIssued(trx, houseId, subject, kind === 'thanks' ? year : undefined)) return { location }
    const number = await insertPaper(trx, { houseId, kind, subject, year, on: day, at: now, by: accountId })
    await remember(trx, {
      houseId,
      kind: kind === 'letter' ? 'letter-issued' : 'thanks-issued',
      at: now,
      byWhom: 'account',
      accountId,
      ...(subject.of === 'talk' ? { talkId: subject.id } : {}),
      ...(subject.of === 'speaker' ? { speakerId: subject.id } : {}),
      detail: { number, year, ...(subject.of === 'host' ? { host: subject.id } : {}) },
    })
    return { location }
  })
