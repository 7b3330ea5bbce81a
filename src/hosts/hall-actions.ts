import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import { inThree, type Problem } from '../houses/field-rules.ts'
import { type HostHall, hallName } from './edit-rules.ts'
import { findComing, moveIntoNamed, writeHalls } from './hall-store.ts'

/** Keeps the halls of a host that is locked already, so that nobody books meanwhile; what is in the way when one of them can't go. */
export async function keepHalls(trx: Trx, hostId: string, halls: HostHall[], now: DateTime): Promise<Problem[]> {
  const before = await findComing(trx, hostId, now)
  const left = before.find(({ id, coming }) => coming > 0 && !halls.some(hall => hall.id === id))
  if (left) return [{ field: inThree(hallName(1))[0], code: 'talks-to-come', talks: left.coming }]
  const sent = halls.map(hall => ({ ...hall, id: before.some(({ id }) => id === hall.id) ? hall.id : undefined }))
  if (before.length > 0 || sent.length > 0) await writeHalls(trx, hostId, sent)
  if (before.length === 0) await moveIntoNamed(trx, hostId, now)
  return []
}
