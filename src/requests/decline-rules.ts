import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import { isReached, type Reach } from '../messages/channel-rules.ts'
import type { NewMessage } from '../messages/rules.ts'

export type Declined = {
  id: string
  houseId: string
  version: number
  contact: Reach & { id: string | null; language: Language | null }
  dueAt: DateTime
  note?: string | undefined
}

/** Who is told that a request is declined: its contact person, where letters or short messages reach them; who can't be reached is called. */
export function decliningNotices({ id, houseId, version, contact, dueAt, note }: Declined): NewMessage[] {
  if (!contact.id || !contact.language || !isReached(contact)) return []
  return [
    {
      houseId,
      kind: 'request-declined',
      cause: `request:${id}`,
      version,
      recipient: `contact:${contact.id}`,
      address: contact.email ?? '',
      language: contact.language,
      dueAt,
      requestId: id,
      ...(note === undefined ? {} : { note }),
    },
  ]
}
