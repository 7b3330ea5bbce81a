import { remember } from '../base/db/changes.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import { findBodies, findReportersOf, setReporters } from './reporter-store.ts'
import type { LockedTalk } from './store.ts'

type Naming = { houseId: string; accountId: string; talk: Pick<LockedTalk, 'id' | 'request_id'>; bodies: string[] }

/** Says who else reports a talk, which is locked: it stays one talk. False for a body that the House does not have. */
export async function nameReporters(
  trx: Trx,
  { houseId, accountId, talk, bodies }: Naming,
  now: DateTime,
): Promise<boolean> {
  const known = new Set((await findBodies(trx, houseId)).map(({ id }) => id))
  if (bodies.some(id => !known.has(id))) return false
  const before = new Set(await findReportersOf(trx, talk.id))
  if (before.size === new Set(bodies).size && bodies.every(id => before.has(id))) return true
  await setReporters(trx, talk.id, bodies, { accountId, now })
  await remember(trx, {
    houseId,
    kind: 'reporters',
    at: now,
    byWhom: 'account',
    accountId,
    requestId: talk.request_id,
    talkId: talk.id,
    detail: { bodies: bodies.length },
  })
  return true
}
