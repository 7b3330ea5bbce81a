import { type SqlBool, sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language, Said } from '../base/i18n/language.ts'
import { newNonce } from '../base/secrets.ts'
import type { DateTime } from '../base/time.ts'
import type { LineValue } from './edit-rules.ts'
import { checkDaysOf } from './rules.ts'

export type KeptLine = Awaited<ReturnType<typeof findKeptLines>>[number]

/** The lines that a House keeps or shares with the country, those off the public page, too; one of them where `id` is given. */
export async function findKeptLines(db: Db | Trx, houseId: string, language: Language, id?: string) {
  const rows = await db
    .selectFrom('support_lines as l')
    .leftJoin('accounts as a', 'a.id', 'l.checked_by')
    .selectAll('l')
    .select(({ exists, selectFrom, case: when }) => [
      // a colleague by name; who checked in another House is that House's business
      when()
        .when(
          exists(
            selectFrom('roles')
              .select('role')
              .whereRef('roles.account_id', '=', 'l.checked_by')
              .where('roles.house_id', '=', houseId),
          ),
        )
        .then(sql<string | null>`a.${sql.ref(`name_${language}`)}`)
        .end()
        .as('checkedBy'),
    ])
    .where('removed_at', 'is', null)
    .where(eb => eb.or([eb('l.house_id', 'is', null), eb('l.house_id', '=', houseId)]))
    .$if(id !== undefined, query => query.where('l.id', '=', id ?? ''))
    .orderBy('position')
    .orderBy(`l.name_${language}`)
    .orderBy('l.id')
    .execute()
  return rows.map(row => ({
    ...row,
    names: { kk: row.name_kk, ru: row.name_ru, en: row.name_en } satisfies Said,
    checkedAt: row.checked_at,
    checkDays: row.check_days,
    doubtedAt: row.doubted_at,
    offAt: row.off_at,
  }))
}

/** A line of this House or of the country, held until the transaction ends. */
export const lockLine = (trx: Trx, houseId: string, id: string) =>
  trx
    .selectFrom('support_lines')
    .select(['id', 'house_id', 'version', 'doubted_at as doubtedAt', 'off_at as offAt'])
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .where(eb => eb.or([eb('house_id', 'is', null), eb('house_id', '=', houseId)]))
    .forUpdate()
    .executeTakeFirst()

const columnsOf = (it: LineValue) => ({
  ...{ name_kk: it.names.kk, name_ru: it.names.ru, name_en: it.names.en },
  ...{ kind: it.kind, code: it.code, phone: it.phone, url: it.url, hours: it.hours },
  ...{ languages: it.languages, audience: it.audience, free: it.free, anonymous: it.anonymous },
  check_days: checkDaysOf(it),
})

export async function insertLine(
  trx: Trx,
  by: { houseId: string; accountId: string },
  value: LineValue,
  now: DateTime,
): Promise<string> {
  const { id } = await trx
    .insertInto('support_lines')
    .values({
      ...columnsOf(value),
      ...{ house_id: by.houseId, slug: newNonce().slice(0, 16), position: 100, national: false, pinned: false },
      ...{ added_at: now, added_by: by.accountId },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Another number or page has to be called anew: what was known of the old one says nothing of it. */
export const updateLine = (trx: Trx, id: string, value: LineValue) =>
  trx
    .updateTable('support_lines')
    .set(eb => ({
      ...columnsOf(value),
      version: eb('version', '+', 1),
      ...Object.fromEntries(
        (['checked_at', 'checked_by', 'doubted_at', 'off_at'] as const).map(column => [
          column,
          eb
            .case()
            .when(
              sql<SqlBool>`(code, phone) is not distinct from (${value.code}::text, ${value.phone}::text) and (phone is not null or code is not null or url is not distinct from ${value.url}::text)`,
            )
            .then(eb.ref(column))
            .else(null)
            .end(),
        ]),
      ),
    }))
    .where('id', '=', id)
    .execute()

/** Somebody called the number and it answers: it is back, whatever was said against it. */
export const markChecked = (trx: Trx, id: string, accountId: string, now: DateTime) =>
  trx
    .updateTable('support_lines')
    .set({ checked_at: now, checked_by: accountId, doubted_at: null, off_at: null })
    .where('id', '=', id)
    .execute()

export const markSilent = (trx: Trx, id: string, as: 'doubt' | 'off', now: DateTime) =>
  trx
    .updateTable('support_lines')
    .set(as === 'doubt' ? { doubted_at: now } : { off_at: now })
    .where('id', '=', id)
    .execute()

export const markRemoved = (trx: Trx, id: string, now: DateTime) =>
  trx.updateTable('support_lines').set({ removed_at: now }).where('id', '=', id).execute()

export type Deed = { kind: string; at: DateTime; by: string | null; detail: unknown }

/** What this House did to a line, newest first. */
export const findDeeds = (db: Db, houseId: string, language: Language, id: string): Promise<Deed[]> =>
  db
    .selectFrom('changes')
    .leftJoin('accounts', 'accounts.id', 'changes.account_id')
    .select(['kind', 'at', `accounts.name_${language} as by`, 'detail'])
    .where('house_id', '=', houseId)
    .where('kind', 'like', 'support-%')
    .where(sql<SqlBool>`detail ->> 'line' = ${id}`)
    .orderBy('at', 'desc')
    .orderBy('changes.id', 'desc')
    .limit(30)
    .execute()

export type Removed = { id: string; name: string; at: DateTime }

/** Lines that a House took out; they stay in its history. */
export const findRemoved = (db: Db, houseId: string, language: Language): Promise<Removed[]> =>
  db
    .selectFrom('support_lines')
    .select(['id', `name_${language} as name`, 'removed_at as at'])
    .where('house_id', '=', houseId)
    .where('removed_at', 'is not', null)
    .orderBy('removed_at', 'desc')
    .limit(20)
    .$narrowType<{ at: DateTime }>()
    .execute()
