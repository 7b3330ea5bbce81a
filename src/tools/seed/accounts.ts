import type { Db } from '../../base/db/open.ts'
import type { Role } from '../../base/db/tables.ts'
import people from './data/people.json' with { type: 'json' }
import { seedId } from './random.ts'

type Person = {
  email: string
  language: 'kk' | 'ru'
  names: { kk: string; ru: string; en: string }
  address: { kk: string; ru: string; en: string }
}

/** The staff of people.json, and an account for every speaker of the House who has none. */
export async function seedAccounts(db: Db, houseId: string): Promise<void> {
  for (const it of people.coordinators)
    await seedAccount(db, houseId, it.role as Role, {
      email: it.email,
      language: it.id === 'petrova' || it.id === 'lee' ? 'ru' : 'kk',
      names: { kk: it.kk.full, ru: it.ru.full, en: it.en.full },
      address: { kk: it.kk.address, ru: it.ru.address, en: it.en.full },
    })
  const speakers = await db
    .selectFrom('speakers')
    .selectAll()
    .where('house_id', '=', houseId)
    .where('account_id', 'is', null)
    .orderBy('email')
    .execute()
  for (const it of speakers) {
    const id = await seedAccount(db, houseId, 'speaker', {
      email: it.email,
      language: it.language === 'ru' ? 'ru' : 'kk',
      names: { kk: it.name_kk, ru: it.name_ru, en: it.name_en },
      address: { kk: it.address_kk, ru: it.address_ru, en: it.address_en },
    })
    await db.updateTable('speakers').set({ account_id: id }).where('id', '=', it.id).execute()
  }
}

export async function seedAccount(
  db: Db,
  houseId: string,
  role: Role,
  { email, language, names, address }: Person,
): Promise<string> {
  const id = seedId('account', email)
  await db
    .insertInto('accounts')
    .values({
      id,
      email,
      language,
      name_kk: names.kk,
      name_ru: names.ru,
      name_en: names.en,
      address_kk: address.kk,
      address_ru: address.ru,
      address_en: address.en,
    })
    .execute()
  await db.insertInto('roles').values({ account_id: id, house_id: houseId, role }).execute()
  return id
}
