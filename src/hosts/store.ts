import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { fold } from '../base/i18n/fold.ts'
import type { Said } from '../base/i18n/language.ts'
import { clock } from '../base/time.ts'
import { foldedNames, foundAmong, maybeSame } from './duplicate-rules.ts'
import type { HostKind } from './rules.ts'
import { typicalTimetable } from './typical-rules.ts'

/** A host in a list. */
export type HostRow = {
  id: string
  kind: HostKind
  name: Said
  folded: string
  district: string
  districtName: Said
  checked: boolean
  shifts: string[]
}
export type NewHost = { kind: HostKind; names: Said; district: string }

const rows = (db: Db | Trx, houseId: string) =>
  db
    .selectFrom('hosts')
    .innerJoin('districts', 'districts.kato', 'hosts.district')
    .select([
      'hosts.id',
      'kind',
      'hosts.name_kk',
      'hosts.name_ru',
      'hosts.name_en',
      'folded',
      'district',
      'checked_at',
      'districts.name_kk as district_kk',
      'districts.name_ru as district_ru',
      'districts.name_en as district_en',
      sql<string[]>`array(select shift from host_shifts s where s.host_id = hosts.id order by shift)`.as('shifts'),
    ])
    .where('house_id', '=', houseId)
    .where('merged_into', 'is', null)
    .orderBy('hosts.id')

type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number]
const read = (row: Row): HostRow => ({
  id: row.id,
  kind: row.kind,
  folded: row.folded,
  district: row.district,
  checked: row.checked_at !== null,
  shifts: row.shifts,
  name: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
  districtName: { kk: row.district_kk, ru: row.district_ru, en: row.district_en },
})

/** Hosts by a folded search: every word must occur, a number whole or, where none is, as a beginning. An empty search finds all. `open`: without places that are never shown to visitors. */
export async function searchHosts(
  db: Db,
  houseId: string,
  search: string,
  { open = false, district = '', typing = false } = {},
): Promise<HostRow[]> {
  const words = fold(search).split(' ').filter(Boolean).slice(0, 8)
  if (search.trim() !== '' && words.length === 0) return []
  const hits = await words
    .reduce((query, word) => query.where('folded', 'like', `%${word}%`), rows(db, houseId))
    .$if(open, query => query.where('kind', '<>', 'custody'))
    .$if(district !== '', query => query.where('district', '=', district))
    .execute()
  const all = hits.map(read)
  return words.length === 0 ? all : foundAmong(all, search, typing)
}

export async function findHostRow(db: Db | Trx, houseId: string, id: string): Promise<HostRow | undefined> {
  const row = await rows(db, houseId).where('hosts.id', '=', id).executeTakeFirst()
  return row && read(row)
}

/** Entries that may be the same place as this one. */
export async function findDuplicates(
  db: Db | Trx,
  houseId: string,
  host: { id?: string; kind: HostKind; district: string; folded: string },
): Promise<HostRow[]> {
  const all = await rows(db, houseId).execute()
  return all.map(read).filter(each => each.id !== host.id && maybeSame(each, host))
}

/** A new host with the usual timetable of its kind; nobody has checked it yet. */
export async function insertHost(trx: Trx, houseId: string, { kind, names, district }: NewHost): Promise<string> {
  const { weekType, shifts, hours, lunch } = typicalTimetable(kind)
  const { id } = await trx
    .insertInto('hosts')
    .values({
      house_id: houseId,
      kind,
      name_kk: names.kk,
      name_ru: names.ru,
      name_en: names.en,
      folded: foldedNames(names),
      district,
      week_type: weekType,
      lunch_from: lunch ? clock(lunch.from) : null,
      lunch_to: lunch ? clock(lunch.to) : null,
      online: true,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (shifts.length > 0) {
    await trx
      .insertInto('host_shifts')
      .values(
        shifts.map(shift => ({ host_id: id, shift: shift.name, grades: shift.grades, languages: shift.languages })),
      )
      .execute()
    await trx
      .insertInto('host_lessons')
      .values(
        shifts.flatMap(shift =>
          shift.lessons.map(({ n, from, to }) => ({
            host_id: id,
            shift: shift.name,
            n,
            from_time: clock(from),
            to_time: clock(to),
          })),
        ),
      )
      .execute()
  }
  if (hours.length > 0)
    await trx
      .insertInto('host_hours')
      .values(
        hours.map(({ weekday, from, to }) => ({
          host_id: id,
          weekday,
          from_time: clock(from),
          to_time: clock(to),
          talk_window: false,
        })),
      )
      .execute()
  return id
}
