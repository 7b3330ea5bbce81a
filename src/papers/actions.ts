import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { type DateTime, type Day, wallOf } from '../base/time.ts'
import { type Contact, findIssued, insertPaper, lockHouse, nextNumber, type PaperKind, type Subject } from './store.ts'

export type Issuing = {
  houseId: string
  accountId: string
  zone: string
  kind: PaperKind
  subject: Subject
  aboutYear: number | undefined
  contact: Contact | undefined
  /** The number that the asker has seen on it. */
  seen: string | undefined
  paper: (stamp: { number: number; on: Day }) => object
  location: string
  form: Form
}

/**
 * Gives a paper the House's next number of the year and today's date and keeps what it says under them: once, as whoever
 * asks without having seen the last number gets that one.
 */
export const issue = (db: Db, it: Issuing, now: DateTime): Promise<Done> =>
  transactOnce<never>(db, it.form, async trx => {
    const { houseId, accountId, kind, subject, aboutYear, contact, location } = it
    const { day } = wallOf(now, it.zone)
    const year = Number(day.slice(0, 4))
    await lockHouse(trx, houseId)
    const last = await findIssued(trx, houseId, subject, aboutYear)
    if (last?.id !== it.seen) return { location }
    const number = await nextNumber(trx, houseId, kind, year)
    const paper = it.paper({ number, on: day })
    await insertPaper(trx, {
      ...{ houseId, kind, subject, year, number, aboutYear, contact, paper, on: day, at: now, by: accountId },
    })
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
