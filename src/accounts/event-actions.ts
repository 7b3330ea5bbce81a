import { add, entryOf, noteChanges } from '../base/db/journal.ts'
import type { DateTime } from '../base/time.ts'

/** How somebody proved who they are. */
export type Way = 'link' | 'code' | 'password' | 'passkey' | 'provider' | 'letter' | 'house'
export type AccountEvent = 'signed-in' | 'signed-out' | 'proved' | 'sessions-ended' | 'address-changed'
type Whose = { accountId: string; houseId: string }

/**
 * Notes in the journal of the House what touches the safety of an account, with the transaction that runs; the histories of
 * requests and talks know nothing of it. `place`: where no form was sent that tells it.
 */
export function noteEvent(
  kind: AccountEvent,
  { accountId, houseId }: Whose,
  detail: { way: Way } | { which: 'one' | 'others' } | Record<never, never>,
  now: DateTime,
  place?: string,
): void {
  const change = {
    houseId,
    kind,
    at: now,
    byWhom: 'account',
    accountId,
    detail: { account: accountId, ...detail },
  } as const
  if (place === undefined) noteChanges([change])
  else add(entryOf(change, place))
}
