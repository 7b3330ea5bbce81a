import type { Db } from '../base/db/open.ts'
import { transact } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import { type DateTime, plusDays } from '../base/time.ts'
import { tell } from '../messages/store.ts'
import { digestsDue } from './digest-rules.ts'
import { findBusySpeakers, findHouses, findKeepers } from './digest-store.ts'

/**
 * Writes the overviews that are due into the ledger, once for each reader, day and House, however many processes look.
 * What was missed for longer than it is of use is not made up for.
 */
export async function planDigests(db: Db, jobs: Jobs, now: DateTime): Promise<void> {
  for (const house of await findHouses(db))
    for (const { kind, day, dueAt, notAfter } of digestsDue(now, house.zone))
      await transact(db, async trx => {
        const readers =
          kind === 'digest-day'
            ? await findKeepers(trx, house.id)
            : await findBusySpeakers(trx, house.id, plusDays(day, 1), plusDays(day, 7))
        await tell(
          trx,
          jobs,
          now,
          readers.map(({ recipient, accountId, address, language }) => ({
            houseId: house.id,
            kind,
            cause: `${kind}:${house.id}:${day}`,
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
}
