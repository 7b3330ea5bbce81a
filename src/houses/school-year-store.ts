import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime, Day } from '../base/time.ts'
import type { Said } from './field-rules.ts'
import type { Part, SchoolYearValue } from './school-year-rules.ts'

/** A school year with the breaks that its form knows. */
export async function findSchoolYear(db: Db | Trx, id: string) {
  const row = await db
    .selectFrom('school_years')
    .select(['id', 'from_on', 'to_on', 'status', 'source', 'confirmed_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return
  const breaks = await db
    .selectFrom('bans')
    .select(['part', 'from_on', 'to_on'])
    .where('school_year', '=', id)
    .where('part', 'is not', null)
    .execute()
  return { ...row, breaks }
}
export type SchoolYear = NonNullable<Awaited<ReturnType<typeof findSchoolYear>>>

/** The school year in which a day lies, summer included. */
export const yearOfDay = async (db: Db | Trx, day: Day): Promise<string | undefined> =>
  (
    await db
      .selectFrom('school_years')
      .select('id')
      .where('from_on', '<=', day)
      .orderBy('from_on', 'desc')
      .limit(1)
      .executeTakeFirst()
  )?.id

/** Who keeps a year, and what a break that is new is called. */
type By = { accountId: string; now: DateTime; breakNames: Record<Part, Said> }

/** When a year was confirmed, and by whom, stays as long as it is said to be confirmed. */
const columnsOf = ({ from, to, source, confirmed }: SchoolYearValue, { accountId, now }: By, before?: SchoolYear) => ({
  from_on: from,
  to_on: to,
  source,
  status: confirmed ? 'confirmed' : 'unconfirmed',
  ...(confirmed
    ? before?.confirmed_at || before?.status === 'confirmed'
      ? {}
      : { confirmed_by: accountId, confirmed_at: now }
    : { confirmed_by: null, confirmed_at: null }),
})

export async function insertSchoolYear(trx: Trx, value: SchoolYearValue, by: By): Promise<void> {
  await trx
    .insertInto('school_years')
    .values({ id: value.id, ...columnsOf(value, by) })
    .execute()
  await writeBreaks(trx, value, by)
}

export async function updateSchoolYear(trx: Trx, before: SchoolYear, value: SchoolYearValue, by: By): Promise<void> {
  await trx
    .updateTable('school_years')
    .set(columnsOf(value, by, before))
    .where('id', '=', before.id)
    .execute()
  await writeBreaks(trx, { ...value, id: before.id }, by)
}

/** With its breaks, exams and tests. */
export const deleteSchoolYear = async (trx: Trx, id: string): Promise<boolean> =>
  (await trx.deleteFrom('school_years').where('id', '=', id).executeTakeFirst()).numDeletedRows > 0n

/** A break that is there keeps all but its dates. */
async function writeBreaks(trx: Trx, { id, breaks }: SchoolYearValue, { breakNames }: By): Promise<void> {
  const kept = breaks.map(({ part }): string => part)
  await trx
    .deleteFrom('bans')
    .where('school_year', '=', id)
    .where('part', 'is not', null)
    .$if(kept.length > 0, query => query.where('part', 'not in', kept))
    .execute()
  if (breaks.length === 0) return
  await trx
    .insertInto('bans')
    .values(
      breaks.map(({ part, from, to }) => ({
        school_year: id,
        part,
        kind: 'break' as const,
        strength: 'ban' as const,
        from_on: from,
        to_on: to,
        host_kinds: ['school'],
        grades: part === 'grade1' ? [1] : [],
        except_audiences: ['parents', 'school-staff'],
        name_kk: breakNames[part].kk,
        name_ru: breakNames[part].ru,
        name_en: breakNames[part].en,
      })),
    )
    .onConflict(conflict =>
      conflict
        .columns(['school_year', 'part'])
        .where('part', 'is not', null)
        .doUpdateSet(eb => ({ from_on: eb.ref('excluded.from_on'), to_on: eb.ref('excluded.to_on') })),
    )
    .execute()
}
