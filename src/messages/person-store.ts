import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { fold } from '../base/i18n/fold.ts'
import type { Said } from '../base/i18n/language.ts'
import { found } from '../hosts/duplicate-rules.ts'
import { type Person, personOf, recipientOf } from './ledger-rules.ts'

export type Reader = {
  recipient: string
  is: Person['is']
  id: string
  name: Said
  /** The place a contact person speaks for. */
  host: { id: string; name: Said } | undefined
  email: string | null
  phone: string | null
}

/** Who stands behind recipients of the House's letters; whoever is not of the House is left out. */
export async function findReaders(db: Db | Trx, houseId: string, recipients: string[]): Promise<Map<string, Reader>> {
  const people = recipients.flatMap(it => personOf(it) ?? [])
  const all = await allReaders(db, houseId, people)
  return new Map(all.map(it => [it.recipient, it]))
}

/** Recipients whose name, place or present address has what was typed: every word in any spelling, an address as it is written. */
export async function searchReaders(db: Db, houseId: string, search: string): Promise<string[]> {
  const typed = search.toLowerCase()
  const all = await allReaders(db, houseId, undefined)
  return all
    .filter(({ name, host, email }) =>
      typed.includes('@')
        ? (email ?? '').toLowerCase().includes(typed)
        : [name, host?.name].some(
            said => said && found(fold(`${said.kk} ${said.ru} ${said.en} ${email ?? ''}`), search),
          ),
    )
    .map(({ recipient }) => recipient)
}

async function allReaders(db: Db | Trx, houseId: string, only: Person[] | undefined): Promise<Reader[]> {
  const those = (is: Person['is']) =>
    only && sql<string>`any(${only.filter(it => it.is === is).map(it => it.id)}::uuid[])`
  const speakers = await db
    .selectFrom('speakers')
    .select(['id', 'name_kk as kk', 'name_ru as ru', 'name_en as en', 'email', 'phone'])
    .where('house_id', '=', houseId)
    .$if(only !== undefined, query => query.where('id', '=', those('speaker') ?? ''))
    .execute()
  const contacts = await db
    .selectFrom('contacts')
    .innerJoin('hosts', 'hosts.id', 'contacts.host_id')
    .select(['contacts.id', 'contacts.name', 'email', 'contacts.phone', 'hosts.id as hostId'])
    .select(['hosts.name_kk as kk', 'hosts.name_ru as ru', 'hosts.name_en as en'])
    .where('hosts.house_id', '=', houseId)
    .$if(only !== undefined, query => query.where('contacts.id', '=', those('contact') ?? ''))
    .execute()
  const accounts = await db
    .selectFrom('accounts')
    .select(['id', 'name_kk as kk', 'name_ru as ru', 'name_en as en', 'email'])
    .where(it =>
      it.exists(
        it
          .selectFrom('roles')
          .select('roles.role')
          .whereRef('roles.account_id', '=', 'accounts.id')
          .where('roles.house_id', '=', houseId),
      ),
    )
    .$if(only !== undefined, query => query.where('id', '=', those('account') ?? ''))
    .execute()
  const said = ({ kk, ru, en }: Said): Said => ({ kk, ru, en })
  const who = (is: Person['is'], id: string) => ({ is, id, recipient: recipientOf({ is, id }) })
  return [
    ...speakers.map(it => ({
      ...who('speaker', it.id),
      name: said(it),
      host: undefined,
      email: it.email,
      phone: it.phone,
    })),
    ...contacts.map(it => ({
      ...who('contact', it.id),
      name: { kk: it.name, ru: it.name, en: it.name },
      host: { id: it.hostId, name: said(it) },
      email: it.email,
      phone: it.phone,
    })),
    ...accounts.map(it => ({
      ...who('account', it.id),
      name: said(it),
      host: undefined,
      email: it.email,
      phone: null,
    })),
  ]
}
