import type { Trx } from '../base/db/transact.ts'
import type { Language, Said } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import {
  endAccess,
  findByEmail,
  findRole,
  hasRoleElsewhere,
  insertAccount,
  joinSpeaker,
  setRole,
} from './admin-store.ts'

export type Entrant = { email: string; names: Said; addresses: Said; language: Language }

/**
 * Makes it possible for a speaker to sign in by their address; whether it is. An account that is there keeps all it has,
 * and one that works for another House is left alone: a role here could take its people away from their own desk.
 */
export async function letSpeakerIn(trx: Trx, houseId: string, speaker: Entrant): Promise<boolean> {
  const known = await findByEmail(trx, speaker.email)
  if (known && (await hasRoleElsewhere(trx, houseId, known.id))) return false
  const id = known?.id ?? (await insertAccount(trx, speaker))
  if (!(await joinSpeaker(trx, houseId, id, speaker.email))) return false
  if (!(await findRole(trx, houseId, id))) await setRole(trx, houseId, id, 'speaker')
  return true
}

/**
 * Signs a speaker in by another address from now on. An account that is more than this speaker's keeps its address.
 * `taken`: the new address has an account of its own.
 */
export async function moveSpeakersAccount(
  trx: Trx,
  houseId: string,
  accountId: string,
  email: string,
  now: DateTime,
): Promise<'moved' | 'kept' | 'taken'> {
  const role = await findRole(trx, houseId, accountId)
  if (role?.role !== 'speaker' || (await hasRoleElsewhere(trx, houseId, accountId))) return 'kept'
  const known = await findByEmail(trx, email)
  if (known && known.id !== accountId) return 'taken'
  await trx.updateTable('accounts').set({ email }).where('id', '=', accountId).execute()
  // whoever reads the old mailbox is out
  await endAccess(trx, houseId, accountId, now)
  return 'moved'
}
