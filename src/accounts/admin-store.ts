import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Role } from '../base/db/tables.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import type { NewAccount } from './admin-rules.ts'

/** Everybody who may sign in for a House, with their last visit. */
export const accountsOf = (db: Db, houseId: string, language: Language) =>
  db
    .selectFrom('roles')
    .innerJoin('accounts', 'accounts.id', 'roles.account_id')
    .select(eb => [
      'accounts.id',
      'accounts.email',
      `accounts.name_${language} as name`,
      'roles.role',
      'accounts.disabled_at as disabledAt',
      eb
        .selectFrom('sessions')
        .whereRef('sessions.account_id', '=', 'accounts.id')
        .select(sub => sub.fn.max('seen_at').as('seen'))
        .as('seenAt'),
      eb
        .or([
          eb.exists(
            eb.selectFrom('passkeys').whereRef('passkeys.account_id', '=', 'accounts.id').select('passkeys.id'),
          ),
          eb.exists(eb.selectFrom('totps').whereRef('totps.account_id', '=', 'accounts.id').select('totps.account_id')),
        ])
        .as('hasFactor'),
    ])
    .where('roles.house_id', '=', houseId)
    .orderBy('roles.role')
    .orderBy('accounts.email')
    .execute()

/** One change of who may do what in a House at a time, so that the last administrator stays. */
export async function lockHouse(trx: Trx, houseId: string): Promise<void> {
  await sql`select id from houses where id = ${houseId} for no key update`.execute(trx)
}

export const findRole = (trx: Trx, houseId: string, accountId: string) =>
  trx
    .selectFrom('roles')
    .innerJoin('accounts', 'accounts.id', 'roles.account_id')
    .select(['roles.role', 'accounts.email', 'accounts.disabled_at as disabledAt'])
    .where('house_id', '=', houseId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()

export const findByEmail = (trx: Trx, email: string) =>
  trx.selectFrom('accounts').select('id').where('email', '=', email).executeTakeFirst()

/** A new account; how to greet the person is the name unless it is told. */
export async function insertAccount(
  trx: Trx,
  { names, email, language, addresses = names }: Omit<NewAccount, 'role'> & { addresses?: NewAccount['names'] },
): Promise<string> {
  const { id } = await trx
    .insertInto('accounts')
    .values({
      email,
      language,
      name_kk: names.kk,
      name_ru: names.ru,
      name_en: names.en,
      address_kk: addresses.kk,
      address_ru: addresses.ru,
      address_en: addresses.en,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function setRole(trx: Trx, houseId: string, accountId: string, role: Role): Promise<void> {
  await trx
    .insertInto('roles')
    .values({ account_id: accountId, house_id: houseId, role })
    .onConflict(conflict => conflict.columns(['account_id', 'house_id']).doUpdateSet({ role }))
    .execute()
}

/** Whether somebody else could still let people in. */
export async function hasOtherAdministrator(trx: Trx, houseId: string, accountId: string): Promise<boolean> {
  const found = await trx
    .selectFrom('roles')
    .innerJoin('accounts', 'accounts.id', 'roles.account_id')
    .select('accounts.id')
    .where('house_id', '=', houseId)
    .where('role', '=', 'administrator')
    .where('disabled_at', 'is', null)
    .where('accounts.id', '<>', accountId)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Joins an account to the speaker of the House with the same address; false when there is none or it is somebody else's. */
export async function joinSpeaker(trx: Trx, houseId: string, accountId: string, email: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('speakers')
    .set({ account_id: accountId })
    .where('house_id', '=', houseId)
    .where('email', '=', email)
    .where(eb => eb.or([eb('account_id', 'is', null), eb('account_id', '=', accountId)]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function hasRoleElsewhere(trx: Trx, houseId: string, accountId: string): Promise<boolean> {
  return (
    (await trx
      .selectFrom('roles')
      .select('house_id')
      .where('account_id', '=', accountId)
      .where('house_id', '<>', houseId)
      .limit(1)
      .executeTakeFirst()) !== undefined
  )
}

export async function dropRole(trx: Trx, houseId: string, accountId: string): Promise<void> {
  await trx.deleteFrom('roles').where('account_id', '=', accountId).where('house_id', '=', houseId).execute()
}

export async function setDisabled(trx: Trx, accountId: string, at: DateTime | null): Promise<void> {
  await trx.updateTable('accounts').set({ disabled_at: at }).where('id', '=', accountId).execute()
}

/** Ends an account's sessions in a House, and letters on the way that could open new ones. */
export async function endAccess(trx: Trx, houseId: string, accountId: string, now: DateTime): Promise<void> {
  await trx.deleteFrom('sessions').where('account_id', '=', accountId).where('house_id', '=', houseId).execute()
  await trx
    .updateTable('sign_in_links')
    .set({ used_at: now })
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .execute()
}
