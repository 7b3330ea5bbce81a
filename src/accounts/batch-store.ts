import { sql } from 'kysely'
import { insertMany } from '../base/db/many.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Entrant } from './speaker-store.ts'

/** Addresses whose accounts belong to a speaker of the House that is written to at another address. */
export const findTakenAddresses = async (db: Db | Trx, houseId: string): Promise<string[]> =>
  (
    await db
      .selectFrom('accounts')
      .innerJoin('speakers', 'speakers.account_id', 'accounts.id')
      .select('accounts.email')
      .where('house_id', '=', houseId)
      .whereRef('accounts.email', '<>', 'speakers.email')
      .execute()
  ).map(({ email }) => email)

type Entering = Entrant & { speakerId: string }

// as with all that is done for many: no statement lasts long
const atOnce = 500

/** The same as `letSpeakerIn` for many; the addresses of those who may sign in now. */
export async function letSpeakersIn(trx: Trx, houseId: string, all: Entering[]): Promise<Set<string>> {
  const joined = new Set<string>()
  for (let at = 0; at < all.length; at += atOnce)
    for (const email of await letSomeIn(trx, houseId, all.slice(at, at + atOnce))) joined.add(email)
  return joined
}

async function letSomeIn(trx: Trx, houseId: string, all: Entering[]): Promise<string[]> {
  const known = await trx
    .selectFrom('accounts')
    .select(eb => [
      'id',
      'email',
      eb
        .exists(
          eb
            .selectFrom('roles')
            .select('role')
            .whereRef('roles.account_id', '=', 'accounts.id')
            .where('roles.house_id', '<>', houseId),
        )
        .as('elsewhere'),
    ])
    .where(
      'email',
      'in',
      all.map(({ email }) => email),
    )
    .execute()
  const accounts = new Map(known.map(it => [it.email, it]))
  const rows = all.flatMap(({ email, names, addresses, language }) =>
    accounts.has(email)
      ? []
      : [
          {
            ...{ id: crypto.randomUUID() as string, email, language },
            ...{ name_kk: names.kk, name_ru: names.ru, name_en: names.en },
            ...{ address_kk: addresses.kk, address_ru: addresses.ru, address_en: addresses.en },
          },
        ],
  )
  await insertMany(trx, 'accounts', rows)
  const accountOf = new Map([...known.filter(it => !it.elsewhere), ...rows].map(({ id, email }) => [email, id]))
  const pairs = all.flatMap(({ speakerId, email }) => {
    const account = accountOf.get(email)
    return account === undefined ? [] : [{ id: speakerId, account, email }]
  })
  const joined = await sql<{ id: string; email: string }>`update speakers set account_id = its.account
    from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as its(id uuid, account uuid, email text)
    where speakers.house_id = ${houseId} and speakers.id = its.id
      and (speakers.account_id is null or speakers.account_id = its.account)
    returning its.account as id, its.email`.execute(trx)
  await sql`insert into roles (account_id, house_id, role)
    select id, ${houseId}, 'speaker' from unnest(${joined.rows.map(({ id }) => id)}::uuid[]) id
    on conflict (account_id, house_id) do nothing`.execute(trx)
  return joined.rows.map(({ email }) => email)
}
