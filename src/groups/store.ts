import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Day } from '../base/time.ts'
import { type GroupValue, slugOf } from './rules.ts'

/** The groups of a House with codes of districts and ids of speakers, those who left included. */
export const findGroups = (db: Db | Trx, houseId: string) =>
  db
    .selectFrom('groups')
    .select([
      'id',
      'slug',
      'name_kk',
      'name_ru',
      'name_en',
      sql<string[]>`array(select district from group_districts where group_id = groups.id order by district)`.as(
        'districts',
      ),
      sql<
        string[]
      >`array(select speaker_id::text from group_members where group_id = groups.id order by speaker_id)`.as('members'),
    ])
    .where('house_id', '=', houseId)
    .orderBy('slug')
    .execute()
export type GroupRow = Awaited<ReturnType<typeof findGroups>>[number]

/** Speakers of a House who have not left, with the names of their professions. */
export const findPeople = (db: Db | Trx, houseId: string, today: Day) =>
  db
    .selectFrom('speakers')
    .select([
      'id',
      'name_kk',
      'name_ru',
      'name_en',
      sql<
        { kk: string; ru: string; en: string }[]
      >`coalesce((select jsonb_agg(jsonb_build_object('kk', p.name_kk, 'ru', p.name_ru, 'en', p.name_en) order by s.position)
        from speaker_professions s join professions p on p.slug = s.profession where s.speaker_id = speakers.id), '[]')`.as(
        'professions',
      ),
    ])
    .where('house_id', '=', houseId)
    .where(eb => eb.or([eb('left_on', 'is', null), eb('left_on', '>', today)]))
    .orderBy('id')
    .execute()
export type PersonRow = Awaited<ReturnType<typeof findPeople>>[number]

/** The id of a new group; one of a House at a time, so that two never get the same slug. */
export async function insertGroup(trx: Trx, houseId: string, value: GroupValue): Promise<string> {
  await trx.selectFrom('houses').select('id').where('id', '=', houseId).forNoKeyUpdate().execute()
  const taken = (await findGroups(trx, houseId)).map(({ slug }) => slug)
  const { id } = await trx
    .insertInto('groups')
    .values({ house_id: houseId, slug: slugOf(value.names.en, taken), ...namesOf(value) })
    .returning('id')
    .executeTakeFirstOrThrow()
  await insertParts(trx, id, value)
  return id
}

/** Whether there was such a group; `shown`: the people of whom the form knew, so that those who left stay as they were. */
export async function updateGroup(
  trx: Trx,
  houseId: string,
  id: string,
  value: GroupValue,
  shown: string[],
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('groups')
    .set(namesOf(value))
    .where('id', '=', id)
    .where('house_id', '=', houseId)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await trx.deleteFrom('group_districts').where('group_id', '=', id).execute()
  if (shown.length > 0)
    await trx.deleteFrom('group_members').where('group_id', '=', id).where('speaker_id', 'in', shown).execute()
  await insertParts(trx, id, value)
  return true
}

/** Puts a speaker into these groups of the House and takes them out of its others. */
export async function joinGroups(trx: Trx, houseId: string, speakerId: string, groups: string[]): Promise<void> {
  const own = trx.selectFrom('groups').select('id').where('house_id', '=', houseId)
  await trx
    .deleteFrom('group_members')
    .where('speaker_id', '=', speakerId)
    .where('group_id', 'in', own)
    .$if(groups.length > 0, query => query.where('group_id', 'not in', groups))
    .execute()
  if (groups.length > 0)
    await trx
      .insertInto('group_members')
      .values(groups.map(group_id => ({ group_id, speaker_id: speakerId })))
      .onConflict(conflict => conflict.doNothing())
      .execute()
}

const namesOf = ({ names }: GroupValue) => ({ name_kk: names.kk, name_ru: names.ru, name_en: names.en })

async function insertParts(trx: Trx, id: string, { districts, members }: GroupValue): Promise<void> {
  if (districts.length > 0)
    await trx
      .insertInto('group_districts')
      .values(districts.map(district => ({ group_id: id, district })))
      .execute()
  if (members.length > 0)
    await trx
      .insertInto('group_members')
      .values(members.map(speaker => ({ group_id: id, speaker_id: speaker })))
      .execute()
}
