import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Jobs } from '../base/jobs.ts'
import { type DateTime, wallOf } from '../base/time.ts'
import { tell } from '../messages/store.ts'
import { notInvited, offerVersion } from './coverage-rules.ts'
import { findHostsToInvite, lockHosts } from './coverage-store.ts'

const goodForDays = 14

/**
 * Offers a talk to hosts where nobody has been for long. `shown` are those of whom the page said that a letter goes: when
 * that is no longer true of one of them, nothing is sent and the page is shown again.
 */
export const offerTalks = (
  { db, jobs }: { db: Db; jobs: Jobs },
  { houseId, zone }: { houseId: string; zone: string },
  shown: string[],
  form: Form,
  now: DateTime,
): Promise<Done | { refused: 'changed' | 'nobody' }> =>
  transactOnce<{ refused: 'changed' | 'nobody' }>(db, form, async trx => {
    await lockHosts(trx, houseId, shown)
    const hosts = await findHostsToInvite(trx, houseId, shown)
    const told = hosts.filter(host => notInvited(host, now) === undefined)
    if (told.length === 0) return { refused: 'nobody' }
    if (told.length < shown.length) return { refused: 'changed' }
    await tell(
      trx,
      jobs,
      now,
      told.flatMap(({ id, contact }) =>
        contact?.email
          ? [
              {
                houseId,
                kind: 'talk-offered' as const,
                cause: `host:${id}`,
                version: offerVersion(wallOf(now, zone).day),
                recipient: `contact:${contact.id}`,
                address: contact.email,
                language: contact.language,
                dueAt: now,
                notAfter: now.plus({ days: goodForDays }),
              },
            ]
          : [],
      ),
    )
    return { location: `/app/reports/coverage?sent=${told.length}` }
  })
