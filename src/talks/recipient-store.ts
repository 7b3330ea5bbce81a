import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { minuteOf } from '../base/time.ts'
import { isReached } from '../messages/channel-rules.ts'
import type { ReminderWishes } from '../messages/reminder-rules.ts'
import { isMessageKind } from '../messages/rules.ts'
import type { Recipient } from './notice-rules.ts'

export type Recipients = { speakers: Map<string, Recipient>; contact: Recipient | undefined }

type Asked = { talkId: string; contactId: string | null; speakerIds: string[] }

/** Who may have to be told about a talk, how they want to be reminded, and what they were not told yet. */
export async function findRecipients(trx: Db | Trx, of: Asked & { houseId: string }): Promise<Recipients> {
  const [found] = await findRecipientsOf(trx, of.houseId, [of])
  return found ?? { speakers: new Map(), contact: undefined }
}

/** The same for several talks, in their order, by as many queries as for one. */
export async function findRecipientsOf(trx: Db | Trx, houseId: string, asked: Asked[]): Promise<Recipients[]> {
  const house = await trx
    .selectFrom('houses')
    .select(['quiet_from', 'quiet_until', 'reminder_days', 'reminder_day_before_at', 'reminder_hours'])
    .where('id', '=', houseId)
    .executeTakeFirstOrThrow()
  const usual: ReminderWishes = {
    quiet: { from: minuteOf(house.quiet_from) ?? 0, until: minuteOf(house.quiet_until) ?? 0 },
    days: house.reminder_days,
    dayBeforeAt: minuteOf(house.reminder_day_before_at) ?? 0,
    hours: house.reminder_hours,
  }
  const untold = await findUntold(
    trx,
    asked.map(({ talkId }) => talkId),
  )
  const speakers = await trx
    .selectFrom('speakers')
    .select(['id', 'email', 'language', 'reminder_days', 'reminder_day_before_at', 'reminder_hours'])
    .where('id', '=', sql<string>`any(${asked.flatMap(({ speakerIds }) => speakerIds)}::uuid[])`)
    .execute()
  const contactIds = asked.flatMap(({ contactId }) => contactId ?? [])
  const contacts =
    contactIds.length === 0
      ? []
      : await trx
          .selectFrom('contacts')
          .select(['id', 'email', 'phone', 'language', 'channel'])
          .where('id', '=', sql<string>`any(${contactIds}::uuid[])`)
          .execute()
  return asked.map(({ talkId, contactId, speakerIds }) => {
    const unheard = (recipient: string) => untold.get(talkId)?.get(recipient) ?? none
    const contact = contacts.find(({ id }) => id === contactId)
    return {
      speakers: new Map(
        speakers
          .filter(({ id }) => speakerIds.includes(id))
          .map(it => [
            it.id,
            {
              recipient: `speaker:${it.id}`,
              address: it.email,
              language: it.language,
              ...unheard(`speaker:${it.id}`),
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
        contact && isReached(contact)
          ? {
              recipient: `contact:${contact.id}`,
              address: contact.email ?? '',
              language: contact.language,
              wishes: usual,
              ...unheard(`contact:${contact.id}`),
            }
          : undefined,
    }
  })
}

type Untold = Required<Pick<Recipient, 'untold' | 'unmailed'>> & Pick<Recipient, 'unsaid'>
const none: Untold = { untold: [], unmailed: [] }

/** What waits unsent about these talks, by talk and reader. */
async function findUntold(trx: Db | Trx, talkIds: string[]): Promise<Map<string, Map<string, Untold>>> {
  const rows = await trx
    .selectFrom('messages')
    .select(it => [
      'cause',
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
    .where('cause', '=', sql<string>`any(${talkIds.map(id => `talk:${id}`)}::text[])`)
    .where('state', 'in', ['waiting', 'held'])
    // who is sent a letter again has heard it
    .where('again', '=', 0)
    .orderBy('version')
    .execute()
  const all = new Map<string, Map<string, Untold>>(talkIds.map(id => [id, new Map()]))
  for (const { cause, recipient, kind, note, channel, told } of rows) {
    const found = all.get(cause.slice('talk:'.length))
    if (!found || !isMessageKind(kind)) continue
    const { untold, unmailed, unsaid } = found.get(recipient) ?? none
    const said = { unsaid: note ?? unsaid }
    if (!told) found.set(recipient, { untold: [...untold, kind], unmailed, ...said })
    else if (channel === 'mail') found.set(recipient, { untold, unmailed: [...unmailed, kind], ...said })
  }
  return all
}
