import type { Db } from '../src/base/db/open.ts'
import type { Role } from '../src/base/db/tables.ts'
import people from '../src/tools/seed/data/people.json' with { type: 'json' }
import { demoHouse, otherHouse, seedHosts, seedHouse, seedPeople, seedTopics } from '../src/tools/seed/house.ts'
import { seedReference } from '../src/tools/seed/reference.ts'

/** Monday, 23 November 2026, 08:45 in Almaty: the morning on which tests, screenshots and the demonstration begin. */
export const monday = '2026-11-23T08:45:00+05:00'

/** The same few people everywhere: the House in Almaty with its speakers and hosts, and another House that must stay unseen. */
export async function furnish(db: Db): Promise<void> {
  await seedReference(db)
  const house = await seedHouse(db, demoHouse)
  await seedTopics(db, house)
  await seedPeople(db, house)
  await seedHosts(db, house)
  const other = await seedHouse(db, otherHouse)
  await seedTopics(db, other)
  for (const person of people.coordinators)
    await account(db, house.id, person.email, person.role as Role, {
      kk: person.kk.full,
      ru: person.ru.full,
      en: person.en.full,
    })
  await account(db, other.id, 'orazbaeva@kezdesu.example', 'coordinator', {
    kk: 'Оразбаева Дина',
    ru: 'Оразбаева Дина',
    en: 'Dina Orazbaeva',
  })
  for (const person of people.members.slice(0, 4)) {
    const id = await account(db, house.id, person.email, 'speaker', {
      kk: person.kk.full,
      ru: person.ru.full,
      en: person.en.full,
    })
    await db.updateTable('speakers').set({ account_id: id }).where('email', '=', person.email).execute()
  }
}

async function account(
  db: Db,
  houseId: string,
  email: string,
  role: Role,
  names: { kk: string; ru: string; en: string },
): Promise<string> {
  const { id } = await db
    .insertInto('accounts')
    .values({
      email,
      name_kk: names.kk,
      name_ru: names.ru,
      name_en: names.en,
      address_kk: names.kk,
      address_ru: names.ru,
      address_en: names.en,
      language: 'ru',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('roles').values({ account_id: id, house_id: houseId, role }).execute()
  return id
}

/** Addresses of the people that tests speak of. */
export const cast = {
  administrator: 'sadyq@kezdesu.example',
  coordinator: 'zhaqsybek@kezdesu.example',
  viewer: 'lee@kezdesu.example',
  coordinatorOfAnotherHouse: 'orazbaeva@kezdesu.example',
  /** Psychologist, kk and ru, Bostandyk; busy on Tuesday and Thursday until 13:00. */
  psychologist: 'nurlanova@kezdesu.example',
  /** Lawyer, kk and ru, by car; busy on Monday and Wednesday 9–12. */
  lawyer: 'qasymov@kezdesu.example',
} as const
