import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import type { Factors } from './factor-rules.ts'

/** What somebody can prove themselves with, in one look. */
export async function factorsOf(db: Db | Trx, accountId: string): Promise<Factors> {
  const found = await db
    .selectFrom('accounts')
    .select(eb => [
      eb
        .selectFrom('passkeys')
        .whereRef('passkeys.account_id', '=', 'accounts.id')
        .select(sub => sub.fn.countAll<number>().as('many'))
        .as('passkeys'),
      eb.selectFrom('totps').whereRef('totps.account_id', '=', 'accounts.id').select('created_at').as('codes'),
      eb
        .selectFrom('passwords')
        .whereRef('passwords.account_id', '=', 'accounts.id')
        .select('changed_at')
        .as('password'),
      eb
        .selectFrom('recovery_codes')
        .whereRef('recovery_codes.account_id', '=', 'accounts.id')
        .where('used_at', 'is', null)
        .select(sub => sub.fn.countAll<number>().as('many'))
        .as('recovery'),
      eb
        .selectFrom('identities')
        .whereRef('identities.account_id', '=', 'accounts.id')
        .select(sub => sub.fn.countAll<number>().as('many'))
        .as('identities'),
    ])
    .where('accounts.id', '=', accountId)
    .executeTakeFirstOrThrow()
  return {
    passkeys: Number(found.passkeys),
    codes: found.codes !== null,
    password: found.password !== null,
    recovery: Number(found.recovery),
    provider: Number(found.identities) > 0,
  }
}

/** One change of a person's factors at a time. */
export async function lockAccount(
  trx: Trx,
  accountId: string,
): Promise<{ email: string; language: 'kk' | 'ru' | 'en' }> {
  return trx
    .selectFrom('accounts')
    .select(['email', 'language'])
    .where('id', '=', accountId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
}

export async function savePassword(trx: Trx, accountId: string, hash: string, now: DateTime): Promise<void> {
  await trx
    .insertInto('passwords')
    .values({ account_id: accountId, hash, changed_at: now })
    .onConflict(conflict => conflict.column('account_id').doUpdateSet({ hash, changed_at: now }))
    .execute()
}

/** The account of an address with what its password and codes are, when it may sign in by them. */
export const findByPassword = (db: Db, email: string) =>
  db
    .selectFrom('accounts')
    .innerJoin('passwords', 'passwords.account_id', 'accounts.id')
    .innerJoin('totps', 'totps.account_id', 'accounts.id')
    .select(['accounts.id', 'passwords.hash'])
    .where('accounts.email', '=', email)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()

export async function saveTotp(
  trx: Trx,
  accountId: string,
  { sealed, step }: { sealed: string; step: number },
  now: DateTime,
): Promise<void> {
  const row = { sealed, last_step: step, created_at: now }
  await trx
    .insertInto('totps')
    .values({ account_id: accountId, ...row })
    .onConflict(conflict => conflict.column('account_id').doUpdateSet(row))
    .execute()
}

export const findTotp = (trx: Trx, accountId: string) =>
  trx.selectFrom('totps').select('sealed').where('account_id', '=', accountId).executeTakeFirst()

/** Uses a step up; false when this one or a later one was used before. */
export async function useStep(trx: Trx, accountId: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('totps')
    .set({ last_step: step })
    .where('account_id', '=', accountId)
    .where('last_step', '<', step)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function dropTotp(trx: Trx, accountId: string): Promise<void> {
  await trx.deleteFrom('totps').where('account_id', '=', accountId).execute()
}

/** New recovery codes; those before are of no use any more. */
export async function replaceRecovery(trx: Trx, accountId: string, hashes: string[]): Promise<void> {
  await trx.deleteFrom('recovery_codes').where('account_id', '=', accountId).execute()
  await trx
    .insertInto('recovery_codes')
    .values(hashes.map(code_hash => ({ account_id: accountId, code_hash })))
    .execute()
}

/** Uses a recovery code up; of several who try at once one succeeds. */
export async function useRecovery(trx: Trx, accountId: string, hash: string, now: DateTime): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('recovery_codes')
    .set({ used_at: now })
    .where('account_id', '=', accountId)
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Takes away everything somebody could prove themselves with, but for the letter. */
export async function dropFactors(trx: Trx, accountId: string): Promise<void> {
  for (const table of ['passkeys', 'passwords', 'totps', 'recovery_codes', 'identities', 'sessions'] as const)
    await trx.deleteFrom(table).where('account_id', '=', accountId).execute()
}
