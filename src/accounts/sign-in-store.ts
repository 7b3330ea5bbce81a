import type { Db } from '../base/db/open.ts'
import type { Language, Role } from '../base/db/tables.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import { codeTries } from './rules.ts'

/** The account of an address, with the role in its first House; nothing for a disabled one or one without a role. */
export async function findAccount(
  trx: Trx,
  email: string,
): Promise<{ id: string; houseId: string; language: Language } | undefined> {
  return trx
    .selectFrom('accounts')
    .innerJoin('roles', 'roles.account_id', 'accounts.id')
    .innerJoin('houses', 'houses.id', 'roles.house_id')
    .select(['accounts.id', 'roles.house_id as houseId', 'accounts.language'])
    .where('accounts.email', '=', email)
    .where('accounts.disabled_at', 'is', null)
    .orderBy('houses.created_at')
    .limit(1)
    .executeTakeFirst()
}

export type NewLink = {
  accountId: string
  nonce: string
  tokenHash: string
  codeHash: string
  browserHash: string
  expiresAt: DateTime
  /** A letter that proves somebody again, or a new address of theirs, signs nobody in. */
  purpose?: Purpose
  /** The address that is to be the account's. */
  address?: string
}
export type Purpose = 'sign-in' | 'again' | 'address'

export async function insertLink(trx: Trx, link: NewLink, now: DateTime): Promise<string> {
  await trx
    .deleteFrom('sign_in_links')
    .where('account_id', '=', link.accountId)
    .where('expires_at', '<', now.minus({ days: 1 }))
    .execute()
  const { id } = await trx
    .insertInto('sign_in_links')
    .values({
      account_id: link.accountId,
      nonce: link.nonce,
      token_hash: link.tokenHash,
      code_hash: link.codeHash,
      browser_hash: link.browserHash,
      created_at: now,
      expires_at: link.expiresAt,
      purpose: link.purpose ?? 'sign-in',
      address: link.address ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Whether a link could still be used; looking at it uses nothing up. */
export async function isOpen(db: Db, tokenHash: string, now: DateTime): Promise<boolean> {
  const found = await db
    .selectFrom('sign_in_links')
    .select('id')
    .where('token_hash', '=', tokenHash)
    .where('purpose', '=', 'sign-in')
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return found !== undefined
}

/** Uses a link up; of several who try at once one gets the account. */
export async function consumeLink(trx: Trx, tokenHash: string, now: DateTime): Promise<string | undefined> {
  const used = await trx
    .updateTable('sign_in_links')
    .set({ used_at: now })
    .where('token_hash', '=', tokenHash)
    .where('purpose', '=', 'sign-in')
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('account_id')
    .executeTakeFirst()
  return used?.account_id
}

/** Counts a try of the code that this browser asked for, and says which link it may open; nothing after the fifth. */
export async function tryCode(
  trx: Trx,
  browserHash: string,
  now: DateTime,
  purpose: Purpose = 'sign-in',
): Promise<{ id: string; tokenHash: string; codeHash: string; address: string | null } | undefined> {
  return trx
    .updateTable('sign_in_links')
    .set(eb => ({ tries: eb('tries', '+', 1) }))
    .where('browser_hash', '=', browserHash)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .where('tries', '<', codeTries)
    .returning(['id', 'token_hash as tokenHash', 'code_hash as codeHash', 'address'])
    .executeTakeFirst()
}

/** Letters of this purpose that a browser asked for before are of no use any more. */
export async function outdoLinks(trx: Trx, browserHash: string, now: DateTime): Promise<void> {
  await trx
    .updateTable('sign_in_links')
    .set({ used_at: now })
    .where('browser_hash', '=', browserHash)
    .where('used_at', 'is', null)
    .execute()
}

export async function useLink(trx: Trx, id: string, now: DateTime): Promise<void> {
  await trx.updateTable('sign_in_links').set({ used_at: now }).where('id', '=', id).execute()
}

/** The account behind a used link, locked; its other links and codes are of no use any more. */
export async function admit(
  trx: Trx,
  accountId: string,
  now: DateTime,
): Promise<{ houseId: string; role: Role } | undefined> {
  await trx
    .updateTable('sign_in_links')
    .set({ used_at: now })
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .execute()
  return trx
    .selectFrom('accounts')
    .innerJoin('roles', 'roles.account_id', 'accounts.id')
    .innerJoin('houses', 'houses.id', 'roles.house_id')
    .select(['roles.house_id as houseId', 'roles.role'])
    .where('accounts.id', '=', accountId)
    .where('accounts.disabled_at', 'is', null)
    .orderBy('houses.created_at')
    .limit(1)
    .forShare('accounts')
    .executeTakeFirst()
}
