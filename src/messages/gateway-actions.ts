import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { newNonce, seal } from '../base/secrets.ts'
import { dropGateway, findGateway, renewSecret, saveGateway, turnToMail } from './channel-store.ts'
import { type GatewayRefusal, gatewayAddress } from './gateway-rules.ts'

type By = { accountId: string; houseId: string }
/** What addresses are judged and sealed with. */
export type GatewayDesk = { secret: string; own: string[]; loopback: boolean }

export const gatewayPage = '/app/settings/gateway'
/** Where a new secret is to be shown. */
export const gatewayMade = `${gatewayPage}?made`

/** Keeps the address of a House's gateway; with the first one comes a secret. */
export async function keepGateway(
  db: Db,
  { secret, ...judge }: GatewayDesk,
  { accountId, houseId }: By,
  address: string,
  form: Form,
): Promise<Done | { refused: GatewayRefusal }> {
  const judged = gatewayAddress(address, judge)
  if ('refused' in judged) return judged
  return transactOnce<never>(db, form, async trx => {
    const before = await findGateway(trx, houseId)
    await saveGateway(trx, houseId, { sealedAddress: seal(secret, judged.url.href), nonce: newNonce() }, form.now)
    await remember(trx, { houseId, accountId, kind: 'gateway-kept', at: form.now, byWhom: 'account' })
    return { location: before ? gatewayPage : gatewayMade }
  })
}

/** Makes a new secret; from now on nothing is signed with the old one. */
export const renewGatewaySecret = (db: Db, { accountId, houseId }: By, form: Form) =>
  transactOnce<{ refused: 'missing' }>(db, form, async trx => {
    if (!(await renewSecret(trx, houseId, newNonce(), form.now))) return { refused: 'missing' }
    await remember(trx, { houseId, accountId, kind: 'gateway-renewed', at: form.now, byWhom: 'account' })
    return { location: gatewayMade }
  })

/** Ends the second channel: everybody gets letters, also those for whom a short message waits. */
export const removeGateway = (db: Db, { accountId, houseId }: By, form: Form) =>
  transactOnce<{ refused: 'missing' }>(db, form, async trx => {
    if (!(await dropGateway(trx, houseId))) return { refused: 'missing' }
    await turnToMail(trx, houseId)
    await remember(trx, { houseId, accountId, kind: 'gateway-removed', at: form.now, byWhom: 'account' })
    return { location: gatewayPage }
  })
