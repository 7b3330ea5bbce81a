import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import { isReached, type Reach } from '../messages/channel-rules.ts'
import type { MessageKind, NewMessage } from '../messages/rules.ts'

export type Undeclined = {
  id: string
  houseId: string
  version: number
  contact: Reach & { id: string | null; language: Language | null }
  /** Whether the refusal has reached the contact, and what they were still owed before it. */
  heard: boolean
  owed: MessageKind | undefined
  dueAt: DateTime
}

/** Who read that the request is declined reads that it is looked at again; who didn't hears only what was owed before. */
export function undecliningNotices({ id, houseId, version, contact, heard, owed, dueAt }: Undeclined): NewMessage[] {
  const kind = heard ? 'request-received' : owed
  if (!kind || !contact.id || !contact.language || !isReached(contact)) return []
  const recipient = `contact:${contact.id}`
  const { language } = contact
  const address = contact.email ?? ''
  return [{ houseId, kind, cause: `request:${id}`, version, recipient, address, language, dueAt, requestId: id }]
}
