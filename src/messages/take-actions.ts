import { type Trx, transact } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import type { Post } from './actions.ts'
import type { MessageRow } from './delivery-store.ts'
import type { Outcome } from './outcome-rules.ts'
import { sortOut } from './take-rules.ts'
import { bundleOf, type Found, lockPicked, pickDue, pickOne, writeSorted } from './take-store.ts'

/** As long as a worker says nothing of its letters, nobody else touches them; one that lives says so thrice in that time. */
export const claimSeconds = 30

/** The rows of one letter, in an order that each copy has again. */
export type Taken = [MessageRow, ...MessageRow[]]
export type Take = { at: DateTime; letters: Taken[]; ended: Map<string, Outcome['state']>; others: boolean }

/**
 * Takes up letters that are due, or one by its id, in one short transaction: judges each row by what is true now, claims those
 * that go and ends those that are pointless (reliability.md section 4). `others` tells that somebody else is judging some.
 */
export const take = (post: Post, claim: string, which: { id: string } | { most: number }): Promise<Take> =>
  transact(post.db, async trx => {
    const now = await post.now(trx)
    const { ids, others } = await pick(trx, which, now)
    if (ids.length === 0) return { at: now, letters: [], ended: new Map(), others }
    const sorted = sortOut(ids, await lockPicked(trx, ids, now), now)
    await writeSorted(trx, sorted, claim, now.plus({ seconds: claimSeconds }))
    const ended = new Map(sorted.ends.map(({ row, end }) => [row.id, end.state]))
    return { at: now, letters: sorted.letters.map(claimed), ended, others }
  })

const pick = async (trx: Trx, which: { id: string } | { most: number }, now: DateTime) =>
  'id' in which ? { ids: await pickOne(trx, which.id), others: false } : pickDue(trx, now, which.most)

const claimed = ([first, ...others]: [Found, ...Found[]]): Taken => {
  const bundle = bundleOf([first, ...others])
  const its = (row: Found): MessageRow => ({
    ...row,
    bundle,
    attempt: row.attempt + 1,
    address: row.current ?? row.address,
  })
  return [its(first), ...others.map(its)]
}
