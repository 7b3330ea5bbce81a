import { sql } from 'kysely'
import type { Trx } from '../base/db/transact.ts'
import { hashOf, newNonce } from '../base/secrets.ts'
import type { DateTime } from '../base/time.ts'
import { nobody, nowhere, type Person, traces, tracesPattern } from './erase-rules.ts'

/** A speaker's name becomes a word for nobody; what was theirs alone goes; seats on past talks stay, and count. */
export async function eraseSpeaker(trx: Trx, person: Person, now: DateTime, keepName = false): Promise<void> {
  const { id } = person
  const names = keepName
    ? {}
    : {
        ...{ name_kk: nobody.kk, name_ru: nobody.ru, name_en: nobody.en },
        ...{ address_kk: nobody.kk, address_ru: nobody.ru, address_en: nobody.en },
        ...{ consent_on: null, consent_version: null },
      }
  await trx
    .updateTable('speakers')
    .set({ ...names, email: nowhere(id), phone: null, lat: null, lon: null, account_id: null, channel: 'mail' })
    .set(it => ({ left_on: it.fn.coalesce('left_on', sql<string>`${now.toISODate()}::date`) }))
    .where('id', '=', id)
    .execute()
  for (const table of ['busy_calendars', 'busy_intervals', 'weekly_hours', 'absences', 'topic_wishes'] as const)
    await trx.deleteFrom(table).where('speaker_id', '=', id).execute()
  await trx.deleteFrom('reply_addresses').where('speaker_id', '=', id).execute()
  await trx.updateTable('credentials').set({ note: '' }).where('speaker_id', '=', id).execute()
  await trx.updateTable('replies').set({ sender: '', comment: '', arrival: '' }).where('speaker_id', '=', id).execute()
  // what is looked up by a secret is found no more: the secret of these hashes was never told
  for (const table of ['assignments', 'substitution_asks'] as const)
    for (const row of await trx.selectFrom(table).select('id').where('speaker_id', '=', id).execute())
      await trx.updateTable(table).set(newSecret()).where('id', '=', row.id).execute()
  for (const row of await trx.selectFrom('feeds').select('id').where('speaker_id', '=', id).execute())
    await trx
      .updateTable('feeds')
      .set({ nonce: newNonce(), secret_hash: hashOf(newNonce()), revoked_at: now, client: null })
      .where('id', '=', row.id)
      .execute()
  // the publisher writes them again, with what is left of the name
  await sql`delete from calendar_texts where speaker_id = ${id} or talk_id in (select talk_id from assignments where speaker_id = ${id})`.execute(
    trx,
  )
  await dropLetters(trx, `speaker:${id}`)
}

const newSecret = () => ({ nonce: newNonce(), token_hash: hashOf(newNonce()) })

/** Where letters to somebody went: also to addresses that they have no more. */
export async function formerAddresses(trx: Trx, recipients: string[]): Promise<string[]> {
  const rows = await trx
    .selectFrom('messages')
    .select('address')
    .distinct()
    .where('recipient', 'in', recipients)
    .where('address', '<>', '')
    .execute()
  return rows.map(({ address }) => address)
}

/** The letters' rows stay as counts: whom they went to, and what was added by hand, goes. */
export async function dropLetters(trx: Trx, recipient: string): Promise<void> {
  await sql`update messages set address = '', note = null, smtp_reply = null,
    state = case when state in ('waiting', 'held') then 'superseded' else state end where recipient = ${recipient}`.execute(
    trx,
  )
  await trx.deleteFrom('unsubscriptions').where('recipient', '=', recipient).execute()
}

/** An account that nothing else needs: sessions, factors and links go, and the row that others point to says nothing. */
export async function eraseAccount(trx: Trx, accountId: string, now: DateTime): Promise<void> {
  for (const table of [
    'sessions',
    'sign_in_links',
    'passkeys',
    'passwords',
    'totps',
    'recovery_codes',
    'identities',
    'challenges',
    'roles',
  ] as const)
    await trx.deleteFrom(table).where('account_id', '=', accountId).execute()
  await trx
    .updateTable('accounts')
    .set({ name_kk: nobody.kk, name_ru: nobody.ru, name_en: nobody.en, phone: null, disabled_at: now })
    .set({ address_kk: nobody.kk, address_ru: nobody.ru, address_en: nobody.en, email: nowhere(accountId) })
    .where('id', '=', accountId)
    .execute()
  await dropLetters(trx, `account:${accountId}`)
}

export async function dropSpeakerRole(trx: Trx, accountId: string, houseId: string): Promise<void> {
  for (const table of ['roles', 'sessions'] as const)
    await trx.deleteFrom(table).where('account_id', '=', accountId).where('house_id', '=', houseId).execute()
}

/** Links of a contact's requests end, and what they wrote goes. */
export async function endRequests(trx: Trx, contactId: string): Promise<void> {
  const requests = await trx.selectFrom('requests').select('id').where('contact_id', '=', contactId).execute()
  for (const { id } of requests) {
    await trx.updateTable('requests').set(newSecret()).where('id', '=', id).execute()
    await sql`update changes set detail = detail - 'text' where request_id = ${id} and kind = 'written'`.execute(trx)
  }
}

/** Who has a row of their own there may be another of the same name; letters are dropped by their reader. */
const spared = [
  'accounts',
  'speakers',
  'contacts',
  'messages',
  'journal',
  'journal_heads',
  'tombstones',
  'hosts',
  'houses',
]

/**
 * Texts that others wrote, papers, files that are being imported, histories: wherever an address, a phone or a full name
 * stands, it is struck out. The columns are those that the schema has.
 */
export async function strikeOut(trx: Trx, person: Person): Promise<void> {
  if (traces(person).length === 0) return
  const { rows: columns } = await sql<{ table: string; column: string; type: string }>`
    select c.table_name as table, c.column_name as column, c.data_type as type from information_schema.columns c
    join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name and t.table_type = 'BASE TABLE'
    where c.table_schema = 'public' and c.data_type in ('text', 'jsonb') and c.is_generated = 'NEVER' and c.table_name not like 'kysely%'
    order by 1, 2`.execute(trx)
  for (const { table, column, type } of columns) {
    if (spared.includes(table)) continue
    const { exact, near } = tracesPattern(person, type === 'jsonb')
    const text = sql`${sql.ref(column)}::text`
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = regexp_replace(${text}, ${exact}::text, '—', 'gi')::${sql.raw(type)}
      where ${text} ~* ${near}::text and ${text} ~* ${exact}::text`.execute(trx)
  }
}

export async function bury(trx: Trx, hashes: string[], now: DateTime): Promise<void> {
  if (hashes.length === 0) return
  await trx
    .insertInto('tombstones')
    .values(hashes.map(hash => ({ hash, at: now })))
    .onConflict(it => it.column('hash').doUpdateSet({ at: now }))
    .execute()
}
