import { sql } from 'kysely'
import type { Trx } from '../base/db/transact.ts'
import { minuteOf } from '../base/time.ts'
import type { ReminderWishes } from '../messages/reminder-rules.ts'
import { isMessageKind, type MessageKind } from '../messages/rules.ts'
import type { Recipient } from './notice-rules.ts'

export type Recipients = { speakers: Map<string, Recipient>; contact: Recipient | undefined }

/** Who may have to be told about a talk, how they want to be reminded, and what they were not told yet. */
export async function findRecipients(
  trx: Trx,
  of: { houseId: string; talkId: string; contactId: string | null; speakerIds: string[] },
): Promise<Recipients> {
  const house = await trx
    .selectFrom('houses')
    .select(['quiet_from', 'quiet_until', 'reminder_days', 'reminder_day_before_at', 'reminder_hours'])
    .where('id', '=', of.houseId)
    .executeTakeFirstOrThrow()
  const usual: ReminderWishes = {
    quiet: { from: minuteOf(house.quiet_from) ?? 0, until: minuteOf(house.quiet_until) ?? 0 },
    days: house.reminder_days,
    dayBeforeAt: minuteOf(house.reminder_day_before_at) ?? 0,
    hours: house.reminder_hours,
  }
  const untold = await findUntold(trx, of.talkId)
  const speakers = await trx
    .selectFrom('speakers')
    .select(['id', 'email', 'language', 'reminder_days', 'reminder_day_before_at', 'reminder_hours'])
    .where('id', '=', sql<string>`any(${of.speakerIds}::uuid[])`)
    .execute()
  const contact =
    of.contactId === null
      ? undefined
      : await trx
          .selectFrom('contacts')
          .select(['id', 'email', 'language'])
          .where('id', '=', of.contactId)
          .executeTakeFirst()
  const recipient = `contact:${contact?.id}`
  return {
    speakers: new Map(
      speakers.map(it => [
        it.id,
        {
          recipient: `speaker:${it.id}`,
          address: it.email,
          language: it.language,
          untold: untold.get(`speaker:${it.id}`) ?? [],
          wishes: {
            quiet: usual.quiet,
            days: it.reminder_days ?? usual.days,
            hours: it.reminder_hours ?? usual.hours,
            dayBeforeAt:
              it.reminder_day_before_at === null
                ? usual.dayBeforeAt
                : (minuteOf(it.reminder_day_before_at) ?? usual.dayBeforeAt),
          },
        },
      ]),
    ),
    // who left no address is told by telephone
    contact: contact?.email
      ? {
          recipient,
          address: contact.email,
          language: contact.language,
          wishes: usual,
          untold: untold.get(recipient) ?? [],
        }
      : undefined,
  }
}

async function findUntold(trx: Trx, talkId: string): Promise<Map<string, MessageKind[]>> {
  const rows = await trx
    .selectFrom('messages')
    .select(['recipient', 'kind'])
    .where('cause', '=', `talk:${talkId}`)
    .where('state', 'in', ['waiting', 'held'])
    // who is sent a letter again has heard it
    .where('again', '=', 0)
    .execute()
  const found = new Map<string, MessageKind[]>()
  for (const { recipient, kind } of rows)
    if (isMessageKind(kind)) found.set(recipient, [...(found.get(recipient) ?? []), kind])
  return found
}
