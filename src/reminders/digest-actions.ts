import type { Db } from '../base/db/open.ts'
import { transact } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import { type DateTime, minuteOf, plusDays } from '../base/time.ts'
import { tell } from '../messages/store.ts'
import { type Digest, digestsDue } from './digest-rules.ts'
import { findBusySpeakers, findHouses, findKeepers, findOwnHours, type Reader } from './digest-store.ts'

/**
 * Writes the overviews that are due into the ledger, once for each reader, day and House, however many processes look.
 * What was missed for longer than it is of use is not made up for.
 */
export async function planDigests(db: Db, jobs: Jobs, now: DateTime): Promise<void> {
  for (const house of await findHouses(db)) {
    const dayAt = minuteOf(house.digest_day_at) ?? 0
    for (const own of [null, ...(await findOwnHours(db, house.id))]) {
      const weekAt = minuteOf(own ?? house.digest_week_at) ?? 0
      for (const digest of digestsDue(now, house.zone, { dayAt, weekAt })) {
        if (digest.kind === 'digest-day' && own !== null) continue
        await planOne(db, jobs, house.id, digest, own, now)
      }
    }
  }
}

const planOne = (db: Db, jobs: Jobs, houseId: string, digest: Digest, own: string | null, now: DateTime) =>
  transact(db, async trx => {
    const { kind, day, dueAt, notAfter } = digest
    const readers: Reader[] =
      kind === 'digest-day'
        ? await findKeepers(trx, houseId)
        : await findBusySpeakers(trx, houseId, plusDays(day, 1), plusDays(day, 7), own)
    await tell(
      trx,
      jobs,
      now,
      readers.map(({ recipient, accountId, address, language }) => ({
        houseId,
        kind,
        cause: `${kind}:${houseId}:${day}`,
        version: 1,
        recipient,
        address,
        language,
        dueAt,
        notAfter,
        ...(accountId === null ? {} : { accountId }),
      })),
    )
  })
