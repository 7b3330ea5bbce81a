import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { minuteOf } from '../base/time.ts'
import type { ReminderWishes } from '../messages/reminder-rules.ts'
import { isMessageKind } from '../messages/rules.ts'
import type { Recipient } from './notice-rules.ts'

export type Recipients = { speakers: Map<string, Recipient>; contact: Recipient | undefined }

/** Who may have to be told about a talk, how they want to be reminded, and what they were not told yet. */
export async function findRecipients(
  trx: Db | Trx,
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
          .select(['id', 'email', 'phone', 'language', 'channel'])
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
          ...(untold.get(`speaker:${it.id}`) ?? none),
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
    // who left no address is called, or gets short messages
    contact:
      contact?.email || (contact?.phone && contact.channel === 'webhook')
        ? {
            recipient,
            address: contact.email ?? '',
            language: contact.language,
            wishes: usual,
            ...(untold.get(recipient) ?? none),
          }
        : undefined,
  }
}

type Untold = Required<Pick<Recipient, 'untold' | 'unmailed'>> & Pick<Recipient, 'unsaid'>
const none: Untold = { untold: [], unmailed: [] }

async function findUntold(trx: Db | Trx, talkId: string): Promise<Map<string, Untold>> {
  const rows = await trx
    .selectFrom('messages')
    .select(it => [
      'recipient',
      'kind',
      'note',
      'channel',
      it
        .exists(
          it
            .selectFrom('messages as other')
            .select('other.id')
            .whereRef('other.cause', '=', 'messages.cause')
            .whereRef('other.version', '=', 'messages.version')
            .whereRef('other.kind', '=', 'messages.kind')
            .whereRef('other.recipient', '=', 'messages.recipient')
            .where('other.state', 'in', ['sent', 'sending']),
        )
        .as('told'),
    ])
    .where('cause', '=', `talk:${talkId}`)
    .where('state', 'in', ['waiting', 'held'])
    // who is sent a letter again has heard it
    .where('again', '=', 0)
    .orderBy('version')
    .execute()
  const found = new Map<string, Untold>()
  for (const { recipient, kind, note, channel, told } of rows) {
    if (!isMessageKind(kind)) continue
    const { untold, unmailed, unsaid } = found.get(recipient) ?? none
    const said = { unsaid: note ?? unsaid }
    if (!told) found.set(recipient, { untold: [...untold, kind], unmailed, ...said })
    else if (channel === 'mail') found.set(recipient, { untold, unmailed: [...unmailed, kind], ...said })
  }
  return found
}
