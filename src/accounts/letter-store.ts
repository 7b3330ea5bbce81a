import type { Db } from '../base/db/open.ts'
import type { Role } from '../base/db/tables.ts'
import type { Said } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import { type House, houseSaid } from '../houses/letter-store.ts'

export type SignInFacts = {
  house: House
  nonce: string
  expiresAt: DateTime
  usedAt: DateTime | null
  purpose: string
  names: Said
  addresses: Said
}

/** What a sign-in letter is made of; undefined when the link or the account is gone. */
export async function signInFacts(db: Db, linkId: string, houseId: string | null): Promise<SignInFacts | undefined> {
  const row = await db
    .selectFrom('sign_in_links')
    .innerJoin('accounts', 'accounts.id', 'sign_in_links.account_id')
    .select([
      'nonce',
      'expires_at',
      'used_at',
      'purpose',
      'name_kk',
      'name_ru',
      'name_en',
      'address_kk',
      'address_ru',
      'address_en',
    ])
    .where('sign_in_links.id', '=', linkId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  if (!row) return
  return {
    house: await houseSaid(db, houseId),
    nonce: row.nonce,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
    purpose: row.purpose,
    names: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
    addresses: { kk: row.address_kk, ru: row.address_ru, en: row.address_en },
  }
}

export type AccountFacts = { house: House; role: Role; names: Said; addresses: Said }

/** What the letter to a new account is made of; undefined when its role here is gone. */
export async function accountFacts(db: Db, accountId: string, houseId: string): Promise<AccountFacts | undefined> {
  const row = await db
    .selectFrom('accounts')
    .innerJoin('roles', 'roles.account_id', 'accounts.id')
    .select(['role', 'name_kk', 'name_ru', 'name_en', 'address_kk', 'address_ru', 'address_en'])
    .where('accounts.id', '=', accountId)
    .where('roles.house_id', '=', houseId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  if (!row) return
  return {
    house: await houseSaid(db, houseId),
    role: row.role,
    names: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
    addresses: { kk: row.address_kk, ru: row.address_ru, en: row.address_en },
  }
}

/** Whom a letter about an account speaks to, whatever their roles are by now; a disabled one is told too. */
export async function ownerFacts(
  db: Db,
  accountId: string,
  houseId: string | null,
): Promise<Omit<AccountFacts, 'role'> | undefined> {
  const row = await db
    .selectFrom('accounts')
    .select(['name_kk', 'name_ru', 'name_en', 'address_kk', 'address_ru', 'address_en'])
    .where('id', '=', accountId)
    .executeTakeFirst()
  if (!row) return
  return {
    house: await houseSaid(db, houseId),
    names: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
    addresses: { kk: row.address_kk, ru: row.address_ru, en: row.address_en },
  }
}
