import { AsyncLocalStorage } from 'node:async_hooks'
import type { Db } from './open.ts'
import type { Trx } from './transact.ts'

/** One reading of the revision serves a whole answer: the page shows the House as it was when it was asked for, or later. */
type Answer = { revision?: Promise<string>; marks?: Map<string, Promise<{ floor: bigint; last: bigint }>> }
const answer = new AsyncLocalStorage<Answer>()
export const answerStore = (): Answer | undefined => answer.getStore()
export const answering = <Result>(go: () => Result): Result => answer.run({}, go)

/** The mark that every change of what is changed by hand renews, in its own transaction: people, topics, words, settings. */
export function revisionOf(db: Db | Trx): Promise<string> {
  const asked = db.isTransaction ? undefined : answer.getStore()
  if (!asked) return readRevision(db)
  asked.revision ??= readRevision(db)
  return asked.revision
}

const readRevision = async (db: Db | Trx): Promise<string> =>
  (await db.selectFrom('roster_revision').select('revision').executeTakeFirstOrThrow()).revision

const most = 500

/**
 * Reads once a revision and keeps the answer for all who ask the same; nobody may change what they get. The revision is read
 * first, so that a change between is read again. It is random: two databases never share one by chance.
 */
export function kept<Asked extends (string | number | undefined)[], Found>(
  read: (db: Db, ...asked: Asked) => Promise<Found>,
): (db: Db, ...asked: Asked) => Promise<Found> {
  let [revision, known] = ['', new Map<string, Promise<Found>>()]
  return async (db, ...asked) => {
    const now = await revisionOf(db)
    if (now !== revision || known.size >= most) [revision, known] = [now, new Map()]
    const all = known
    const key = JSON.stringify(asked)
    const found = all.get(key) ?? read(db, ...asked)
    all.set(key, found)
    found.catch(() => all.delete(key))
    return found
  }
}
