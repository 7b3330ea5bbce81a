import { type SqlBool, sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { isUuid } from '../base/text.ts'
import type { DateTime } from '../base/time.ts'
import type { NewMessage } from './rules.ts'

const idsOf = (messages: NewMessage[], whose: string): string[] => [
  ...new Set(
    messages.flatMap(({ recipient }) =>
      recipient.startsWith(`${whose}:`) ? [recipient.slice(whose.length + 1)].filter(isUuid) : [],
    ),
  ),
]

/** The phones of those readers who prefer short messages and whose House has a gateway, by recipient. */
export async function findPhones(trx: Trx, messages: NewMessage[]): Promise<Map<string, string>> {
  const houses = [...new Set(messages.flatMap(({ houseId }) => (houseId === null ? [] : [houseId])))]
  if (houses.length === 0) return new Map()
  const { rows } = await sql<{ recipient: string; phone: string }>`
    with here as (select house_id from gateways where house_id = any(${houses}::uuid[]))
    select 'speaker:' || s.id as recipient, s.phone from speakers s join here on here.house_id = s.house_id
      where s.id = any(${idsOf(messages, 'speaker')}::uuid[]) and s.channel = 'webhook' and s.phone is not null
    union all
    select 'contact:' || c.id, c.phone from contacts c join hosts h on h.id = c.host_id join here on here.house_id = h.house_id
      where c.id = any(${idsOf(messages, 'contact')}::uuid[]) and c.channel = 'webhook' and c.phone is not null
    union all
    select 'account:' || a.id, a.phone from accounts a
      where a.id = any(${idsOf(messages, 'account')}::uuid[]) and a.channel = 'webhook' and a.phone is not null
        and exists (select from here)`.execute(trx)
  return new Map(rows.map(row => [row.recipient, row.phone]))
}

/** What waits for a gateway that is no more goes by mail, unless a letter tells the same; who has no mail is told by nobody. */
export async function turnToMail(trx: Trx, houseId: string): Promise<void> {
  const mailOf = sql<string | null>`case split_part(recipient, ':', 1)
    when 'speaker' then (select email from speakers where id = split_part(recipient, ':', 2)::uuid)
    when 'contact' then (select email from contacts where id = split_part(recipient, ':', 2)::uuid)
    when 'account' then (select email from accounts where id = split_part(recipient, ':', 2)::uuid) end`
  const told = sql<SqlBool>`exists (select from messages m where m.channel = 'mail' and m.cause = messages.cause
    and m.version = messages.version and m.kind = messages.kind and m.recipient = messages.recipient)`
  const waiting = () =>
    trx
      .updateTable('messages')
      .where('house_id', '=', houseId)
      .where('channel', '=', 'webhook')
      .where('state', 'in', ['waiting', 'held'])
  await waiting()
    .set({ state: 'superseded', reason: 'no-gateway' })
    .where(it => it.or([told, it(mailOf, 'is', null)]))
    .execute()
  await waiting()
    .set({ channel: 'mail', address: sql<string>`${mailOf}` })
    .execute()
}

/** Where a House's short messages go, if it has a gateway; the address is sealed with the application's key. */
export const findGateway = (db: Db | Trx, houseId: string) =>
  db
    .selectFrom('gateways')
    .select(['sealed_address as sealedAddress', 'nonce', 'secret_at as secretAt'])
    .where('house_id', '=', houseId)
    .executeTakeFirst()
export type Gateway = NonNullable<Awaited<ReturnType<typeof findGateway>>>

/** Whether short messages can be had in this House at all. */
export const hasGateway = async (db: Db | Trx, houseId: string): Promise<boolean> =>
  (await findGateway(db, houseId)) !== undefined

/** Keeps where a House's short messages go; the secret is made with the first address and stays with the next ones. */
export async function saveGateway(
  trx: Trx,
  houseId: string,
  { sealedAddress, nonce }: Pick<Gateway, 'sealedAddress' | 'nonce'>,
  now: DateTime,
): Promise<void> {
  await trx
    .insertInto('gateways')
    .values({ house_id: houseId, sealed_address: sealedAddress, nonce, kept_at: now, secret_at: now })
    .onConflict(it => it.column('house_id').doUpdateSet({ sealed_address: sealedAddress, kept_at: now }))
    .execute()
}

export async function renewSecret(trx: Trx, houseId: string, nonce: string, now: DateTime): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('gateways')
    .set({ nonce, secret_at: now })
    .where('house_id', '=', houseId)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function dropGateway(trx: Trx, houseId: string): Promise<boolean> {
  const { numDeletedRows } = await trx.deleteFrom('gateways').where('house_id', '=', houseId).executeTakeFirst()
  return numDeletedRows > 0n
}
