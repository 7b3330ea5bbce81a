import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { minuteOf } from '../base/time.ts'
import { isReached } from '../messages/channel-rules.ts'
import type { ReminderWishes } from '../messages/reminder-rules.ts'
import { isMessageKind } from '../messages/rules.ts'
import type { Recipient } from './notice-rules.ts'

export type Recipients = { speakers: Map<string, Recipient>; contact: Recipient | undefined }

export type Concerned = { talkId: string; contactId: string | null; speakerIds: string[] }

/** Who may have to be told about a talk, how they want to be reminded, and what they were not told yet. */
export async function findRecipients(
  trx: Db | Trx,
  { houseId, ...of }: Concerned & { houseId: string },
): Promise<Recipients> {
  const found = await findAllRecipients(trx, houseId, [of])
  return found.get(of.talkId) ?? { speakers: new Map(), contact: undefined }
}

/** The same for many talks of a House, in as many queries. */
export async function findAllRecipients(
  trx: Db | Trx,
  houseId: string,
  concerned: Concerned[],
): Promise<Map<string, Recipients>> {
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
    concerned.map(({ talkId }) => talkId),
  )
  const people = await trx
    .selectFrom('speakers')
    .select(['id', 'email', 'language', 'reminder_days', 'reminder_day_before_at', 'reminder_hours'])
    .where('id', '=', sql<string>`any(${[...new Set(concerned.flatMap(({ speakerIds }) => speakerIds))]}::uuid[])`)
    .execute()
  const asked = concerned.flatMap(({ contactId }) => contactId ?? [])
  const contacts =
    asked.length === 0
      ? []
      : await trx
          .selectFrom('contacts')
          .select([
            'id',
            'email',
            'phone',
            'language',
            'channel',
            'reminder_days',
            'reminder_day_before_at',
            'reminder_hours',
          ])
          .where('id', '=', sql<string>`any(${asked}::uuid[])`)
          .execute()
  const unheard = (talkId: string, recipient: string) => untold.get(`${talkId} ${recipient}`) ?? none
  return new Map(
    concerned.map(({ talkId, contactId, speakerIds }) => {
      const contact = contacts.find(({ id }) => id === contactId)
      return [
        talkId,
        {
          speakers: new Map(
            people
              .filter(({ id }) => speakerIds.includes(id))
              .map(it => [
                it.id,
                {
                  recipient: `speaker:${it.id}`,
                  address: it.email,
                  language: it.language,
                  ...unheard(talkId, `speaker:${it.id}`),
                  wishes: wishesOf(it, usual),
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
                  wishes: wishesOf(contact, usual),
                  ...unheard(talkId, `contact:${contact.id}`),
                }
              : undefined,
        },
      ]
    }),
  )
}

/** A reader's own reminders, and the House's where they have no wish. */
const wishesOf = (
  its: { reminder_days: number | null; reminder_day_before_at: string | null; reminder_hours: number | null },
  usual: ReminderWishes,
): ReminderWishes => ({
  quiet: usual.quiet,
  days: its.reminder_days ?? usual.days,
  hours: its.reminder_hours ?? usual.hours,
  dayBeforeAt:
    its.reminder_day_before_at === null
      ? usual.dayBeforeAt
      : (minuteOf(its.reminder_day_before_at) ?? usual.dayBeforeAt),
})

type Untold = Required<Pick<Recipient, 'untold' | 'unmailed'>> & Pick<Recipient, 'unsaid'>
const none: Untold = { untold: [], unmailed: [] }

/** By talk and recipient. */
async function findUntold(trx: Db | Trx, talkIds: string[]): Promise<Map<string, Untold>> {
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
  const found = new Map<string, Untold>()
  for (const { cause, recipient, kind, note, channel, told } of rows) {
    if (!isMessageKind(kind)) continue
    const key = `${cause.slice('talk:'.length)} ${recipient}`
    const { untold, unmailed, unsaid } = found.get(key) ?? none
    const said = { unsaid: note ?? unsaid }
    if (!told) found.set(key, { untold: [...untold, kind], unmailed, ...said })
    else if (channel === 'mail') found.set(key, { untold, unmailed: [...unmailed, kind], ...said })
  }
  return found
}
