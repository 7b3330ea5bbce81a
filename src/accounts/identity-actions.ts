import type { Form } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { transact } from '../base/db/transact.ts'
import type { Identity } from '../base/proofs/oidc.ts'
import type { DateTime } from '../base/time.ts'
import { type Browser, enter, type SignedIn } from './actions.ts'
import { changeFactors, type World } from './factor-actions.ts'
import { dropIdentities, findByIdentity, saveIdentity } from './identity-store.ts'
import type { Person } from './proof-actions.ts'

/** Signs in whoever the provider says it is, when an account is linked with exactly that identity. */
export const signInByIdentity = (
  db: Db,
  identity: Identity,
  browser: Browser,
  now: DateTime,
): Promise<SignedIn | undefined> =>
  transact(db, async trx => {
    const accountId = await findByIdentity(trx, identity)
    return accountId === undefined ? undefined : enter(trx, accountId, 'provider', browser, now)
  })

/** Links one's account with an identity that is nobody else's. */
export const linkIdentity = (world: World, person: Person, identity: Identity, form: Form) =>
  changeFactors(world, person, form, 'provider-linked', async trx => {
    const owner = await findByIdentity(trx, identity)
    if (owner !== undefined && owner !== person.accountId) return 'key'
    await saveIdentity(trx, person.accountId, identity, form.now)
    return undefined
  })

export const unlinkIdentities = (world: World, person: Person, form: Form) =>
  changeFactors(world, person, form, 'provider-unlinked', async (trx, before) => {
    if (!before.provider) return 'missing'
    await dropIdentities(trx, person.accountId)
    return undefined
  })
