import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Role } from '../base/db/tables.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import { tell } from '../messages/store.ts'
import type { AccessRefusal, AccountMistake, NewAccount } from './admin-rules.ts'
import {
  dropRole,
  endAccess,
  findByEmail,
  findRole,
  hasOtherAdministrator,
  hasRoleElsewhere,
  insertAccount,
  joinSpeaker,
  lockHouse,
  setDisabled,
  setRole,
} from './admin-store.ts'
import { tellOwner } from './factor-actions.ts'
import { dropFactors, lockAccount } from './factor-store.ts'

type By = { accountId: string; houseId: string }
const location = '/admin/accounts'

/** Lets somebody in and tells them by a letter. An address that has an account already keeps it as it is and only gets a role here. */
export async function addAccount(
  db: Db,
  jobs: Jobs,
  by: By,
  account: NewAccount,
  form: Form,
): Promise<Done | { refused: AccountMistake[] }> {
  return transactOnce<{ refused: AccountMistake[] }>(db, form, async trx => {
    await lockHouse(trx, by.houseId)
    const known = await findByEmail(trx, account.email)
    if (known && (await findRole(trx, by.houseId, known.id))) return { refused: ['known'] }
    const id = known?.id ?? (await insertAccount(trx, account))
    if (account.role === 'speaker' && !(await joinSpeaker(trx, by.houseId, id, account.email)))
      return { refused: ['no-speaker'] }
    await setRole(trx, by.houseId, id, account.role)
    await tell(trx, jobs, form.now, [
      {
        houseId: by.houseId,
        kind: 'account-added',
        cause: `account:${id}:${by.houseId}:${form.now.toMillis()}`,
        version: 1,
        recipient: `account:${id}`,
        address: account.email,
        language: account.language,
        dueAt: form.now,
        accountId: id,
      },
    ])
    await note(trx, by, 'account-added', id, form, account.role)
    return { location }
  })
}

/** Gives an account another role; whoever is signed in with the old one signs in anew. */
export async function changeRole(
  db: Db,
  by: By,
  accountId: string,
  role: Role,
  form: Form,
): Promise<Done | { refused: AccessRefusal }> {
  return transactOnce<{ refused: AccessRefusal }>(db, form, async trx => {
    await lockHouse(trx, by.houseId)
    const before = await findRole(trx, by.houseId, accountId)
    if (!before) return { refused: 'missing' }
    if (before.role === role) return { location }
    if (before.role === 'administrator' && !(await hasOtherAdministrator(trx, by.houseId, accountId)))
      return { refused: 'last-administrator' }
    if (role === 'speaker' && !(await joinSpeaker(trx, by.houseId, accountId, before.email)))
      return { refused: 'no-speaker' }
    await setRole(trx, by.houseId, accountId, role)
    await endAccess(trx, by.houseId, accountId, form.now)
    await note(trx, by, 'role-changed', accountId, form, role, before.role)
    return { location }
  })
}

/** Shuts somebody out at once, or lets them in again. Of another House's people only the role here ends. */
export async function setAccess(
  db: Db,
  by: By,
  accountId: string,
  open: boolean,
  form: Form,
): Promise<Done | { refused: AccessRefusal }> {
  return transactOnce<{ refused: AccessRefusal }>(db, form, async trx => {
    await lockHouse(trx, by.houseId)
    const before = await findRole(trx, by.houseId, accountId)
    if (!before) return { refused: 'missing' }
    if (open === (before.disabledAt === null)) return { location }
    if (!open && before.role === 'administrator' && !(await hasOtherAdministrator(trx, by.houseId, accountId)))
      return { refused: 'last-administrator' }
    if (!open && (await hasRoleElsewhere(trx, by.houseId, accountId))) await dropRole(trx, by.houseId, accountId)
    else await setDisabled(trx, accountId, open ? null : form.now)
    if (!open) await endAccess(trx, by.houseId, accountId, form.now)
    await note(trx, by, open ? 'account-enabled' : 'account-disabled', accountId, form, before.role)
    return { location }
  })
}

/** Takes a colleague's factors away, who sets them up anew with the next letter: sessions end, and the letter says so. */
export async function resetFactors(
  db: Db,
  jobs: Jobs,
  by: By,
  accountId: string,
  form: Form,
): Promise<Done | { refused: AccessRefusal }> {
  return transactOnce<{ refused: AccessRefusal }>(db, form, async trx => {
    const before = await findRole(trx, by.houseId, accountId)
    if (!before || accountId === by.accountId) return { refused: 'missing' }
    const { email, language } = await lockAccount(trx, accountId)
    await dropFactors(trx, accountId)
    await tellOwner(trx, jobs, { accountId, houseId: by.houseId, email, language }, 'factors-reset', form.now)
    await note(trx, by, 'factors-reset', accountId, form, before.role)
    return { location }
  })
}

const note = (trx: Trx, by: By, kind: string, account: string, { now }: Form, role: Role, before?: Role) =>
  remember(trx, {
    houseId: by.houseId,
    kind,
    at: now,
    byWhom: 'account',
    accountId: by.accountId,
    detail: { account, role, ...(before ? { roleBefore: before } : {}) },
  })
