import { remember } from '../base/db/changes.ts'
import type { Db } from '../base/db/open.ts'
import { transact } from '../base/db/transact.ts'
import type { Language } from '../base/i18n/language.ts'
import { hashOf } from '../base/secrets.ts'
import type { DateTime } from '../base/time.ts'
import type { Founding } from '../houses/founding-rules.ts'
import { insertHouse } from '../houses/founding-store.ts'
// biome-ignore lint/style/noRestrictedImports: the catalogue of topics is data of the product, and the seed alone knows how to lay it
import { seedTopics } from '../tools/seed/house.ts'
import { type Browser, open, type SignedIn } from './actions.ts'
import { insertAccount, setRole } from './admin-store.ts'
import { consumeFirstLink, hasAdministrator } from './first-store.ts'

/** Makes the first House with its catalogue of topics and its administrator, by the link that the start printed; once. */
export async function found(
  db: Db,
  token: string,
  founding: Founding,
  language: Language,
  browser: Browser,
  now: DateTime,
): Promise<SignedIn | undefined> {
  return transact(db, async trx => {
    if (!(await consumeFirstLink(trx, hashOf(token), now)) || (await hasAdministrator(trx))) return
    const houseId = await insertHouse(trx, founding)
    await seedTopics(trx, {
      id: houseId,
      slug: '',
      region: founding.region,
      district: '',
      names: founding.names,
      phone: '',
    })
    const accountId = await insertAccount(trx, {
      names: { kk: founding.person, ru: founding.person, en: founding.person },
      email: founding.email,
      language,
    })
    await setRole(trx, houseId, accountId, 'administrator')
    await remember(trx, { houseId, kind: 'house-founded', at: now, byWhom: 'account', accountId })
    const role = 'administrator' as const
    const session = await open(trx, { accountId, houseId, role }, browser, now)
    return { session, role, accountId, strength: 'letter' as const }
  })
}
