import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import type { NewMessage } from '../messages/rules.ts'

export type Declined = {
  id: string
  houseId: string
  version: number
  contact: { id: string | null; email: string | null; language: Language | null }
  dueAt: DateTime
  note?: string | undefined
}

/** Who is told that a request is declined: its contact person, when there is an address; who left none is called. */
export function decliningNotices({ id, houseId, version, contact, dueAt, note }: Declined): NewMessage[] {
  if (!contact.id || !contact.email || !contact.language) return []
  return [
    {
      houseId,
      kind: 'request-declined',
      cause: `request:${id}`,
      version,
      recipient: `contact:${contact.id}`,
      address: contact.email,
      language: contact.language,
      dueAt,
      requestId: id,
      ...(note === undefined ? {} : { note }),
    },
  ]
}
