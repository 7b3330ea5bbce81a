import type { Db } from '../base/db/open.ts'
import type { Language } from '../base/i18n/language.ts'
import type { Handed } from '../base/mail.ts'
import type { DateTime } from '../base/time.ts'
import type { Short } from './channel-rules.ts'
import { findGateway, type Gateway } from './channel-store.ts'
import type { MessageRow } from './delivery-store.ts'

/** What a gateway gets: finished words for one phone; `id` is the same however often it is sent. */
export type ShortMessage = {
  id: string
  kind: string
  language: Language
  to: string
  text: string
  url?: string | undefined
  sentAt: DateTime
}
/** The second channel, which answers as a mailer does. */
export type ShortMailer = {
  send: (gateway: Pick<Gateway, 'sealedAddress' | 'nonce'>, short: ShortMessage) => Promise<Handed>
}
/** Hands a row of the ledger to its House's gateway; nothing when there is none, or nothing short to say. */
export async function sendShort(
  db: Db,
  mailer: ShortMailer | undefined,
  row: MessageRow,
  short: Short | undefined,
  now: DateTime,
): Promise<Handed | undefined> {
  const gateway = row.house_id ? await findGateway(db, row.house_id) : undefined
  if (!mailer || !gateway || !short) return
  const { id, kind, language, address } = row
  return mailer.send(gateway, { id, kind, language, to: address, ...short, sentAt: now })
}
