import type { Db } from '../../base/db/open.ts'
import { fold } from '../../base/i18n/fold.ts'
import bells from './data/bells.json' with { type: 'json' }
import hosts from './data/hosts.json' with { type: 'json' }
import people from './data/people.json' with { type: 'json' }
import topics from './data/topics.json' with { type: 'json' }
import { seedId } from './random.ts'

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const weekday = (name: string) => weekdays.indexOf(name) + 1

export type House = {
  id: string
  slug: string
  region: string
  district: string
  names: { kk: string; ru: string; en: string }
  phone: string
}
export const demoHouse = {
  slug: 'almaty',
  region: '750000000',
  district: '751710000',
  phone: '+77270000000',
  names: { kk: 'Достық үйі', ru: 'Дом дружбы', en: 'House of Friendship' },
}
export const otherHouse = {
  slug: 'shymkent',
  region: '790000000',
  district: '791110000',
  phone: '+77250000000',
  names: { kk: 'Шымкент Достық үйі', ru: 'Дом дружбы Шымкента', en: 'House of Friendship, Shymkent' },
}

export async function seedHouse(db: Db, house: Omit<House, 'id'>): Promise<House> {
  const { zone } = await db
    .selectFrom('regions')
    .select('zone')
    .where('kato', '=', house.region)
    .executeTakeFirstOrThrow()
  const parent = people.houses[0]?.parent
  const { id } = await db
    .insertInto('houses')
    .values({
      id: seedId('house', house.slug),
      slug: house.slug,
      region: house.region,
      district: house.district,
      zone,
      phone: house.phone,
      undo_seconds: 0,
      reads_calendars: true,
      name_kk: house.names.kk,
      name_ru: house.names.ru,
      name_en: house.names.en,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (parent)
    await db
      .insertInto('house_parents')
      .values({ house_id: id, valid_from: '2026-01-01', name_kk: parent.kk, name_ru: parent.ru, name_en: parent.en })
      .execute()
  await db
    .insertInto('travel_speeds')
    .values([
      { house_id: id, transport: 'walk', kmh: 4.5, fixed_minutes: 2, detour: 1.3 },
      { house_id: id, transport: 'transit', kmh: 14, fixed_minutes: 12, detour: 1.35 },
      { house_id: id, transport: 'car', kmh: 24, fixed_minutes: 8, detour: 1.35 },
    ])
    .execute()
  return { ...house, id }
}

/** The catalogue of topics; ids by slug. */
export async function seedTopics(db: Db, house: House): Promise<Map<string, string>> {
  const rows = await db
    .insertInto('topics')
    .values(
      topics.topics.map(it => ({
        id: seedId('topic', house.slug, it.id),
        house_id: house.id,
        slug: it.id,
        position: it.no,
        title_kk: it.kk,
        title_ru: it.ru,
        title_en: it.en,
        summary_kk: it.summary.kk,
        summary_ru: it.summary.ru,
        summary_en: it.summary.en,
        minutes: it.minutes,
        format: it.format,
        grade_from: it.grades?.[0] ?? null,
        grade_to: it.grades?.[1] ?? null,
        min_audience: it.minAudience,
        max_audience: it.maxAudience,
        quotes_law: it.quotesLaw,
        law_as_of: it.legalAsOf,
        rules: it.rules,
      })),
    )
    .returning(['id', 'slug'])
    .execute()
  const ids = new Map(rows.map(row => [row.slug, row.id]))
  const idOf = (slug: string) => ids.get(slug) ?? ''
  await db
    .insertInto('topic_audiences')
    .values(topics.topics.flatMap(it => it.audiences.map(audience => ({ topic_id: idOf(it.id), audience }))))
    .execute()
  await db
    .insertInto('topic_languages')
    .values(topics.topics.flatMap(it => it.languages.map(language => ({ topic_id: idOf(it.id), language }))))
    .execute()
  await db
    .insertInto('topic_places')
    .values(
      topics.topics.flatMap(it =>
        it.team.map((place, position) => ({
          topic_id: idOf(it.id),
          position,
          any_of: place.anyOf,
          count: place.count,
        })),
      ),
    )
    .execute()
  return ids
}

/** The groups and their members of people.json; ids by the names there. */
export async function seedPeople(
  db: Db,
  house: House,
): Promise<{ speakers: Map<string, string>; groups: Map<string, string> }> {
  const groups = await db
    .insertInto('groups')
    .values(
      people.groups.map(it => ({
        id: seedId('group', house.slug, it.id),
        house_id: house.id,
        slug: it.id,
        name_kk: it.kk,
        name_ru: it.ru,
        name_en: it.en,
      })),
    )
    .returning(['id', 'slug'])
    .execute()
  const groupIds = new Map(groups.map(row => [row.slug, row.id]))
  await db
    .insertInto('group_districts')
    .values(
      people.groups.flatMap(it => it.districts.map(district => ({ group_id: groupIds.get(it.id) ?? '', district }))),
    )
    .execute()
  const rows = await db
    .insertInto('speakers')
    .values(
      people.members.map(it => ({
        id: seedId('speaker', house.slug, it.id),
        house_id: house.id,
        name_kk: it.kk.full,
        name_ru: it.ru.full,
        name_en: it.en.full,
        address_kk: it.kk.address,
        address_ru: it.ru.address,
        address_en: it.en.full,
        email: it.email,
        language: it.languages.includes('kk') ? ('kk' as const) : ('ru' as const),
        home_district: it.homeDistrict,
        transport: it.travel as 'walk' | 'transit' | 'car',
        limit_day: it.limits.perDay,
        limit_week: it.limits.perWeek,
        limit_month: it.limits.perMonth,
        hours_offered_a_quarter: String(it.limits.perMonth * 3 * 1.5),
        consent_on: '2026-01-12',
        consent_version: '1',
      })),
    )
    .returning(['id', 'email'])
    .execute()
  const byMail = new Map(rows.map(row => [row.email, row.id]))
  const speakers = new Map(people.members.map(it => [it.id, byMail.get(it.email) ?? '']))
  const idOf = (key: string) => speakers.get(key) ?? ''
  await db
    .insertInto('speaker_professions')
    .values(
      people.members.flatMap(it =>
        it.professions.map((profession, position) => ({ speaker_id: idOf(it.id), profession, position })),
      ),
    )
    .execute()
  await db
    .insertInto('speaker_languages')
    .values(people.members.flatMap(it => it.languages.map(language => ({ speaker_id: idOf(it.id), language }))))
    .execute()
  await db
    .insertInto('group_members')
    .values(
      people.members.flatMap(it =>
        it.groups.map(group => ({ group_id: groupIds.get(group) ?? '', speaker_id: idOf(it.id) })),
      ),
    )
    .execute()
  const busy = people.members.flatMap(it =>
    it.busy.flatMap(rule =>
      rule.days.map(day => ({
        speaker_id: idOf(it.id),
        given: false,
        weekday: weekday(day),
        from_time: rule.from,
        to_time: rule.to,
      })),
    ),
  )
  if (busy.length > 0) await db.insertInto('weekly_hours').values(busy).execute()
  return { speakers, groups: groupIds }
}

/** The schools and organisations of hosts.json, each with a copy of its table of bells; ids by the names there. */
export async function seedHosts(db: Db, house: House, list = hosts.hosts): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  const insertedHosts = await db
    .insertInto('hosts')
    .values(
      list.map(it => {
        const workday = bells.workdays.find(day => day.id === it.workday)
        const lunch = workday && 'lunch' in workday ? workday.lunch : null
        return {
          id: seedId('host', house.slug, it.id),
          house_id: house.id,
          kind: it.kind as 'school',
          name_kk: it.kk,
          name_ru: it.ru,
          name_en: it.en,
          folded: fold(`${it.kk} ${it.ru} ${it.en}`),
          district: it.district,
          lat: it.location.lat,
          lon: it.location.lon,
          week_type: it.weekType,
          class_hour_weekday: it.classHour ? weekday(it.classHour.day) : null,
          class_hour_lesson: it.classHour?.lesson ?? null,
          lunch_from: lunch?.from ?? null,
          lunch_to: lunch?.to ?? null,
          hall_seats: it.hallSeats || null,
          online: it.online,
          visitor_list: it.visitorList,
          languages: it.languages ?? [],
          checked_at: null,
        }
      }),
    )
    .returning(['id', 'name_kk'])
    .execute()
  for (const [index, row] of insertedHosts.entries()) ids.set(list[index]?.id ?? '', row.id)
  const withBells = list.flatMap(it => {
    const table = bells.bells.find(entry => entry.id === it.bells)
    return (table?.shifts ?? []).map(shift => {
      const its = it.shifts?.find(entry => entry.shift === shift.id)
      return {
        host_id: ids.get(it.id) ?? '',
        shift: shift.id,
        grades: its?.grades ?? [],
        languages: its?.languages ?? it.languages ?? [],
        lessons: shift.lessons,
      }
    })
  })
  await db
    .insertInto('host_shifts')
    .values(withBells.map(({ lessons: _, ...shift }) => shift))
    .execute()
  await db
    .insertInto('host_lessons')
    .values(
      withBells.flatMap(it =>
        it.lessons.map(lesson => ({
          host_id: it.host_id,
          shift: it.shift,
          n: lesson.n,
          from_time: lesson.start,
          to_time: lesson.end,
        })),
      ),
    )
    .execute()
  const hours = list.flatMap(it => {
    const workday = bells.workdays.find(day => day.id === it.workday)
    if (!workday) return []
    const host_id = ids.get(it.id) ?? ''
    const windows = ('talkWindows' in workday ? (workday.talkWindows ?? []) : []).map(window => ({
      host_id,
      weekday: null,
      from_time: window.from,
      to_time: window.to,
      talk_window: true,
    }))
    const shifts = 'shifts' in workday ? (workday.shifts ?? []) : []
    const from = workday.from ?? shifts[0]?.from
    const to = workday.to ?? (shifts.length > 0 ? '23:59' : undefined)
    const open =
      from && to
        ? workday.days.map(day => ({
            host_id,
            weekday: weekday(day),
            from_time: from,
            to_time: to,
            talk_window: false,
          }))
        : []
    return [...windows, ...open]
  })
  await db.insertInto('host_hours').values(hours).execute()
  return ids
}
