import type { Trx } from '../base/db/transact.ts'
import { clock } from '../base/time.ts'
import { foldedNames } from './duplicate-rules.ts'
import type { HostContact, HostValue } from './edit-rules.ts'
import { insertHalls } from './hall-store.ts'

/** A new host with its timetable and contact persons; nobody has checked it yet. */
export async function insertWholeHost(trx: Trx, houseId: string, value: HostValue): Promise<string> {
  const { id } = await trx
    .insertInto('hosts')
    .values({ house_id: houseId, ...columnsOf(value) })
    .returning('id')
    .executeTakeFirstOrThrow()
  await insertTimetable(trx, id, value)
  await insertHalls(trx, id, value.halls)
  await keepContacts(trx, id, value.contacts, [])
  return id
}

/** Writes a host anew; `shown`: the contact persons the form knew. False: not there or not this House's. */
export async function updateHost(
  trx: Trx,
  houseId: string,
  id: string,
  value: HostValue,
  shown: string[],
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('hosts')
    .set(columnsOf(value))
    .where('id', '=', id)
    .where('house_id', '=', houseId)
    .where('merged_into', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await trx.deleteFrom('host_shifts').where('host_id', '=', id).execute()
  await trx.deleteFrom('host_hours').where('host_id', '=', id).execute()
  await insertTimetable(trx, id, value)
  await keepContacts(trx, id, value.contacts, shown)
  return true
}

export const columnsOf = (it: HostValue) => ({
  kind: it.kind,
  name_kk: it.names.kk,
  name_ru: it.names.ru,
  name_en: it.names.en,
  folded: foldedNames(it.names),
  address_kk: it.addressKk,
  address_ru: it.addressRu,
  district: it.district,
  lat: it.point?.lat ?? null,
  lon: it.point?.lon ?? null,
  week_type: it.weekType,
  class_hour_weekday: it.classHour?.weekday ?? null,
  class_hour_lesson: it.classHour?.lesson ?? null,
  lunch_from: it.lunch ? clock(it.lunch.from) : null,
  lunch_to: it.lunch ? clock(it.lunch.to) : null,
  hall_seats: (it.halls[0] ? it.halls[0].seats : it.seats) ?? null,
  online: it.online,
  visitor_list: it.visitorList,
  languages: it.languages,
})

export const contactColumns = ({ reminders, ...its }: Omit<HostContact, 'id'>) => ({
  ...its,
  reminder_days: reminders.days,
  reminder_day_before_at: reminders.at,
  reminder_hours: reminders.hours,
})

async function insertTimetable(trx: Trx, host_id: string, { shifts, hours, windows }: HostValue): Promise<void> {
  if (shifts.length > 0) {
    await trx
      .insertInto('host_shifts')
      .values(shifts.map(({ name, grades, languages }) => ({ host_id, shift: name, grades, languages })))
      .execute()
    await trx
      .insertInto('host_lessons')
      .values(
        shifts.flatMap(({ name, lessons }) =>
          lessons.map(({ from, to }, at) => ({
            host_id,
            shift: name,
            n: at + 1,
            from_time: clock(from),
            to_time: clock(to),
          })),
        ),
      )
      .execute()
  }
  const open = [
    ...hours.map(it => ({ ...it, talk_window: false })),
    ...windows.map(it => ({ ...it, weekday: null, talk_window: true })),
  ]
  if (open.length > 0)
    await trx
      .insertInto('host_hours')
      .values(
        open.map(({ weekday, from, to, talk_window }) => ({
          ...{ host_id, weekday, talk_window },
          from_time: clock(from),
          to_time: clock(to),
        })),
      )
      .execute()
}

async function keepContacts(trx: Trx, host_id: string, contacts: HostContact[], shown: string[]): Promise<void> {
  const left = shown.filter(id => !contacts.some(contact => contact.id === id))
  if (left.length > 0) await trx.deleteFrom('contacts').where('host_id', '=', host_id).where('id', 'in', left).execute()
  for (const { id, ...its } of contacts) {
    const contact = contactColumns(its)
    if (id === undefined)
      await trx
        .insertInto('contacts')
        .values({ host_id, ...contact })
        .execute()
    else await trx.updateTable('contacts').set(contact).where('id', '=', id).where('host_id', '=', host_id).execute()
  }
}
