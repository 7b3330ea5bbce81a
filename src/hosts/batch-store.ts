import { insertMany, updateMany } from '../base/db/many.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { clock } from '../base/time.ts'
import type { HostContact, HostValue } from './edit-rules.ts'
import type { HostWhole } from './edit-store.ts'
import { findHalls, keepFirstSeats } from './hall-store.ts'
import { columnsOf, contactColumns } from './keep-store.ts'

// as many contact persons as the form of one host shows
const contactsShown = 10

/** All hosts of a House as their form knows them, in six queries whatever their number. */
export async function findAllHosts(db: Db | Trx, houseId: string): Promise<HostWhole[]> {
  const own = db.selectFrom('hosts').select('id').where('house_id', '=', houseId).where('merged_into', 'is', null)
  const hosts = await db
    .selectFrom('hosts')
    .select([
      ...(['id', 'kind', 'name_kk', 'name_ru', 'name_en', 'folded', 'district', 'address_kk', 'address_ru'] as const),
      ...(['week_type', 'class_hour_weekday', 'class_hour_lesson', 'lunch_from', 'lunch_to', 'hall_seats'] as const),
      ...(['online', 'visitor_list', 'lat', 'lon', 'languages'] as const),
    ])
    .where('house_id', '=', houseId)
    .where('merged_into', 'is', null)
    .orderBy('id')
    .execute()
  const shifts = await db
    .selectFrom('host_shifts')
    .select(['host_id', 'shift', 'grades', 'languages'])
    .where('host_id', 'in', own)
    .orderBy('shift')
    .execute()
  const lessons = await db
    .selectFrom('host_lessons')
    .select(['host_id', 'shift', 'n', 'from_time', 'to_time'])
    .where('host_id', 'in', own)
    .orderBy('n')
    .execute()
  const hours = await db
    .selectFrom('host_hours')
    .select(['host_id', 'weekday', 'from_time', 'to_time', 'talk_window'])
    .where('host_id', 'in', own)
    .orderBy('weekday')
    .orderBy('from_time')
    .execute()
  const halls = await findHalls(
    db,
    hosts.map(({ id }) => id),
  )
  const contacts = await db
    .selectFrom('contacts')
    .select(eb => [
      ...(['host_id', 'id', 'name', 'position', 'email', 'phone', 'language', 'channel'] as const),
      ...(['reminder_days', 'reminder_day_before_at', 'reminder_hours'] as const),
      eb
        .exists(eb.selectFrom('requests').select('requests.id').whereRef('requests.contact_id', '=', 'contacts.id'))
        .$castTo<boolean>()
        .as('used'),
    ])
    .where('host_id', 'in', own)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
  const [shiftsOf, lessonsOf, hoursOf, contactsOf] = [by(shifts), by(lessons), by(hours), by(contacts)]
  const hallsOf = by(halls)
  return hosts.map(host => ({
    ...host,
    shifts: shiftsOf(host.id).map(shift => ({
      ...shift,
      lessons: lessonsOf(host.id).filter(lesson => lesson.shift === shift.shift),
    })),
    hours: hoursOf(host.id),
    halls: hallsOf(host.id).map(({ host_id: _, ...hall }) => hall),
    contacts: contactsOf(host.id).slice(0, contactsShown),
  }))
}

function by<Each extends { host_id: string }>(all: Each[]): (id: string) => Each[] {
  const of = Map.groupBy(all, each => each.host_id)
  return id => of.get(id) ?? []
}

/** New hosts with their timetables and contact persons, under ids that the caller has made; nobody has checked them yet. */
export async function insertHosts(trx: Trx, houseId: string, all: { id: string; value: HostValue }[]): Promise<void> {
  await insertMany(
    trx,
    'hosts',
    all.map(({ id, value }) => ({ id, house_id: houseId, ...columnsOf(value) })),
  )
  await insertTimetables(trx, all)
  await insertContacts(trx, all)
}

/** Writes hosts of the House anew; `shown`: the contact persons that were known when the change was read. */
export async function updateHosts(trx: Trx, all: { id: string; value: HostValue; shown: string[] }[]): Promise<void> {
  if (all.length === 0) return
  const ids = all.map(({ id }) => id)
  await updateMany(
    trx,
    'hosts',
    all.map(({ id, value }) => ({ id, ...columnsOf(value) })),
  )
  await keepFirstSeats(trx, ids)
  await trx.deleteFrom('host_shifts').where('host_id', 'in', ids).execute()
  await trx.deleteFrom('host_hours').where('host_id', 'in', ids).execute()
  await insertTimetables(trx, all)
  const left = all.flatMap(({ value, shown }) => shown.filter(id => !value.contacts.some(each => each.id === id)))
  if (left.length > 0) await trx.deleteFrom('contacts').where('id', 'in', left).execute()
  await updateMany(
    trx,
    'contacts',
    all.flatMap(({ value }) =>
      value.contacts.flatMap(({ id, ...its }) => (id === undefined ? [] : [{ id, ...contactColumns(its) }])),
    ),
  )
  await insertContacts(
    trx,
    all.map(({ id, value }) => ({ id, value: { contacts: value.contacts.filter(each => each.id === undefined) } })),
  )
}

async function insertTimetables(
  trx: Trx,
  all: { id: string; value: Pick<HostValue, 'shifts' | 'hours' | 'windows'> }[],
): Promise<void> {
  const shifts = all.flatMap(({ id, value }) => value.shifts.map(shift => ({ host_id: id, ...shift })))
  const row = (from: number, to: number) => ({ from_time: clock(from), to_time: clock(to) })
  await insertMany(
    trx,
    'host_shifts',
    shifts.map(({ host_id, name, grades, languages }) => ({ host_id, shift: name, grades, languages })),
  )
  await insertMany(
    trx,
    'host_lessons',
    shifts.flatMap(({ host_id, name, lessons }) =>
      lessons.map(({ from, to }, at) => ({ host_id, shift: name, n: at + 1, ...row(from, to) })),
    ),
  )
  await insertMany(
    trx,
    'host_hours',
    all.flatMap(({ id, value }) => [
      ...value.hours.map(it => ({
        id: crypto.randomUUID(),
        host_id: id,
        weekday: it.weekday,
        ...row(it.from, it.to),
        talk_window: false,
      })),
      ...value.windows.map(it => ({
        id: crypto.randomUUID(),
        host_id: id,
        weekday: null,
        ...row(it.from, it.to),
        talk_window: true,
      })),
    ]),
  )
}

const insertContacts = (trx: Trx, all: { id: string; value: { contacts: HostContact[] } }[]): Promise<void> =>
  insertMany(
    trx,
    'contacts',
    all.flatMap(({ id, value }) =>
      value.contacts.map(({ id: _, ...its }) => ({ id: crypto.randomUUID(), host_id: id, ...contactColumns(its) })),
    ),
  )

/** Hosts of a House by their names, for whoever has to find them in a text. */
export const findHostNames = (db: Db | Trx, houseId: string) =>
  db
    .selectFrom('hosts')
    .select(['id', 'kind', 'district', 'name_kk', 'name_ru', 'name_en', 'folded'])
    .where('house_id', '=', houseId)
    .where('merged_into', 'is', null)
    .orderBy('id')
    .execute()
export type HostNames = Awaited<ReturnType<typeof findHostNames>>[number]
