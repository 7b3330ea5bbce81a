import { remember } from '../base/db/changes.ts'
import { brokenConstraint } from '../base/db/errors.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Jobs } from '../base/jobs.ts'
import type { Problem } from '../houses/field-rules.ts'
import { insertHouse } from '../houses/founding-store.ts'
import { tell } from '../messages/store.ts'
// biome-ignore lint/style/noRestrictedImports: the catalogue of topics is data of the product, and the seed alone knows how to lay it
import { seedTopics } from '../tools/seed/house.ts'
import { findByEmail, insertAccount, setRole } from './admin-store.ts'
import type { HouseValue } from './house-rules.ts'

/** Founds one more House with its catalogue of topics; who founds it administers it, and its first coordinator gets a letter. */
export async function foundAnother(
  db: Db,
  jobs: Jobs,
  form: Form,
  founder: string,
  value: HouseValue,
): Promise<Done | { refused: Problem[] }> {
  const { coordinator, zone, phone, ...house } = value
  try {
    return await transactOnce<{ refused: Problem[] }>(db, form, async trx => {
      const known = await findByEmail(trx, coordinator.email)
      if (known?.id === founder) return { refused: [{ field: 'email', code: 'taken' }] }
      const houseId = await insertHouse(trx, { ...house, phone, ...(zone === undefined ? {} : { zone }) })
      await seedTopics(trx, { ...house, id: houseId, slug: house.slug, district: '', phone: phone ?? '' })
      const accountId = known?.id ?? (await insertAccount(trx, coordinator))
      await setRole(trx, houseId, founder, 'administrator')
      await setRole(trx, houseId, accountId, 'coordinator')
      await tell(trx, jobs, form.now, [
        {
          houseId,
          kind: 'account-added',
          cause: `account:${accountId}:${houseId}`,
          version: 1,
          recipient: `account:${accountId}`,
          address: coordinator.email,
          language: coordinator.language,
          dueAt: form.now,
          accountId,
        },
      ])
      await remember(trx, { houseId, kind: 'house-founded', at: form.now, byWhom: 'account', accountId: founder })
      return { location: '/admin/houses' }
    })
  } catch (error) {
    const broken = brokenConstraint(error)
    if (broken === 'a_house_has_its_own_slug') return { refused: [{ field: 'slug', code: 'taken' }] }
    if (broken === 'an_address_belongs_to_one_account') return { refused: [{ field: 'email', code: 'taken' }] }
    throw error
  }
}
