import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import { isQuiet, quietEnds, type ReminderWishes } from '../messages/reminder-rules.ts'
import type { NewMessage } from '../messages/rules.ts'

export type Expired = {
  id: string
  houseId: string
  version: number
  /** Nobody ever confirmed its address: nothing is written to it. */
  unconfirmed: boolean
  zone: string
  quiet: ReminderWishes['quiet']
  contact: { id: string; address: string; language: Language } | undefined
}

const daysOfUse = 7

/** Who is told that a request ended by itself, and not at night: its contact person, where letters or short messages reach them. */
export function expiryNotices(
  { id, houseId, version, unconfirmed, zone, quiet, contact }: Expired,
  now: DateTime,
): NewMessage[] {
  if (unconfirmed || !contact) return []
  const here = now.setZone(zone)
  return [
    {
      houseId,
      kind: 'request-expired',
      cause: `request:${id}`,
      version,
      recipient: `contact:${contact.id}`,
      address: contact.address,
      language: contact.language,
      dueAt: isQuiet(here.hour * 60 + here.minute, quiet) ? quietEnds(here, quiet) : now,
      notAfter: now.plus({ days: daysOfUse }),
      requestId: id,
    },
  ]
}
