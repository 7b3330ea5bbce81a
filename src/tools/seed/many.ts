import type { Db } from '../../base/db/open.ts'
import { transact } from '../../base/db/transact.ts'
import { fold } from '../../base/i18n/fold.ts'
import bells from './data/bells.json' with { type: 'json' }
import hosts from './data/hosts.json' with { type: 'json' }
import people from './data/people.json' with { type: 'json' }
import type { House } from './house.ts'
import { type Random, randomOf, seedId } from './random.ts'

/** More people and hosts for a House, modelled on those of people.json and hosts.json. */
export async function seedMany(
  db: Db,
  house: House,
  count: { speakers: number; hosts: number },
  seed: number,
): Promise<void> {
  const random = randomOf(seed * 31 + house.slug.length)
  const districts = await db
    .selectFrom('districts')
    .select(['kato', 'lat', 'lon'])
    .where('region', '=', house.region)
    .orderBy('kato')
    .execute()
  if (count.speakers > 0) await seedSpeakers(db, house, count.speakers, districts, random)
  if (count.hosts > 0) await seedFurtherHosts(db, house, count.hosts, districts, random)
}

type District = { kato: string; lat: number | null; lon: number | null }

async function seedSpeakers(db: Db, house: House, count: number, districts: District[], random: Random): Promise<void> {
  const made = Array.from({ length: count }, (_, n) => {
    const like = people.members[n % people.members.length] ?? random.pick(people.members)
    const named = random.pick(people.members)
    return { id: seedId('speaker', house.slug, 'further', n), like, named, n, district: random.pick(districts).kato }
  })
  await transact(db, async trx => {
    const found = await trx
      .selectFrom('groups')
      .select('id')
      .where('house_id', '=', house.id)
      .where('slug', '=', 'city')
      .executeTakeFirst()
    const group = found?.id ?? seedId('group', house.slug, 'city')
    if (!found) {
      const city = people.groups.find(({ id }) => id === 'city') ?? random.pick(people.groups)
      await trx
        .insertInto('groups')
        .values({ id: group, house_id: house.id, slug: 'city', name_kk: city.kk, name_ru: city.ru, name_en: city.en })
        .execute()
      await trx
        .insertInto('group_districts')
        .values(districts.map(({ kato }) => ({ group_id: group, district: kato })))
        .execute()
    }
    await trx
      .insertInto('speakers')
      .values(
        made.map(({ id, like, named, n, district }) => {
          // the name of one and the forename of another: enough different people
          const full = (language: 'kk' | 'ru') =>
            [named[language].full.split(' ')[0], ...like[language].full.split(' ').slice(1)].join(' ')
          return {
            id,
            house_id: house.id,
            name_kk: full('kk'),
            name_ru: full('ru'),
            name_en: [like.en.full.split(' ')[0], named.en.full.split(' ').at(-1)].join(' '),
            address_kk: like.kk.address,
            address_ru: like.ru.address,
            address_en: like.en.full,
            email: `speaker-${n + 1}@${house.slug}.example`,
            language: like.languages.includes('kk') ? ('kk' as const) : ('ru' as const),
            home_district: district,
            transport: like.travel as 'walk' | 'transit' | 'car',
            limit_day: like.limits.perDay,
            limit_week: like.limits.perWeek,
            limit_month: like.limits.perMonth,
            hours_offered_a_quarter: String(like.limits.perMonth * 3 * 1.5),
            consent_on: '2026-01-12',
            consent_version: '1',
          }
        }),
      )
      .execute()
    await trx
      .insertInto('speaker_professions')
      .values(
        made.flatMap(({ id, like }) =>
          like.professions.map((profession, position) => ({ speaker_id: id, profession, position })),
        ),
      )
      .execute()
    await trx
      .insertInto('speaker_languages')
      .values(made.flatMap(({ id, like }) => like.languages.map(language => ({ speaker_id: id, language }))))
      .execute()
    await trx
      .insertInto('group_members')
      .values(made.map(({ id }) => ({ group_id: group, speaker_id: id })))
      .execute()
    const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
    const busy = made.flatMap(({ id, like }) =>
      like.busy.flatMap(rule =>
        rule.days.map(day => ({
          speaker_id: id,
          given: false,
          weekday: weekdays.indexOf(day) + 1,
          from_time: rule.from,
          to_time: rule.to,
        })),
      ),
    )
    if (busy.length > 0) await trx.insertInto('weekly_hours').values(busy).execute()
  })
}

async function seedFurtherHosts(
  db: Db,
  house: House,
  count: number,
  districts: District[],
  random: Random,
): Promise<void> {
  // the House itself exists once
  const models = hosts.hosts.filter(it => it.kind !== 'house-of-friendship')
  const made = Array.from({ length: count }, (_, n) => {
    const like = models[n % models.length] ?? random.pick(models)
    const { kato, lat, lon } = random.pick(districts)
    const near = {
      lat: (lat ?? 43.2) + (random.next() - 0.5) * 0.05,
      lon: (lon ?? 76.9) + (random.next() - 0.5) * 0.06,
    }
    const number = 1000 + n
    const names =
      like.kind === 'school'
        ? { kk: `№ ${number} мектеп (үлгі)`, ru: `Школа № ${number} (пример)`, en: `School No. ${number} (demo)` }
        : { kk: `${like.kk} ${number}`, ru: `${like.ru} ${number}`, en: `${like.en} ${number}` }
    return {
      id: seedId('host', house.slug, 'further', n),
      like,
      kato,
      near: lat === null ? { lat: null, lon: null } : near,
      names,
    }
  })
  const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
  for (let from = 0; from < made.length; from += 300) {
    const some = made.slice(from, from + 300)
    await transact(db, async trx => {
      await trx
        .insertInto('hosts')
        .values(
          some.map(({ id, like, kato, near, names }) => {
            const workday = bells.workdays.find(day => day.id === like.workday)
            const lunch = workday && 'lunch' in workday ? workday.lunch : null
            return {
              id,
              house_id: house.id,
              kind: like.kind as 'school',
              name_kk: names.kk,
              name_ru: names.ru,
              name_en: names.en,
              folded: fold(`${names.kk} ${names.ru} ${names.en}`),
              district: kato,
              ...near,
              week_type: like.weekType,
              class_hour_weekday: like.classHour ? weekdays.indexOf(like.classHour.day) + 1 : null,
              class_hour_lesson: like.classHour?.lesson ?? null,
              lunch_from: lunch?.from ?? null,
              lunch_to: lunch?.to ?? null,
              hall_seats: like.hallSeats || null,
              online: like.online,
              visitor_list: like.visitorList,
              languages: like.languages ?? [],
              checked_at: null,
            }
          }),
        )
        .execute()
      const shifts = some.flatMap(({ id, like }) => {
        const table = bells.bells.find(entry => entry.id === like.bells)
        return (table?.shifts ?? []).map(shift => {
          const its = like.shifts?.find(entry => entry.shift === shift.id)
          return {
            host_id: id,
            shift: shift.id,
            grades: its?.grades ?? [],
            languages: its?.languages ?? like.languages ?? [],
            lessons: shift.lessons,
          }
        })
      })
      if (shifts.length > 0) {
        await trx
          .insertInto('host_shifts')
          .values(shifts.map(({ lessons: _, ...shift }) => shift))
          .execute()
        await trx
          .insertInto('host_lessons')
          .values(
            shifts.flatMap(it =>
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
      }
      const hours = some.flatMap(({ id, like }) => {
        const workday = bells.workdays.find(day => day.id === like.workday)
        if (!workday) return []
        const windows = ('talkWindows' in workday ? (workday.talkWindows ?? []) : []).map(window => ({
          host_id: id,
          weekday: null,
          from_time: window.from,
          to_time: window.to,
          talk_window: true,
        }))
        const own = 'shifts' in workday ? (workday.shifts ?? []) : []
        const opens = workday.from ?? own[0]?.from
        const closes = workday.to ?? (own.length > 0 ? '23:59' : undefined)
        return [
          ...windows,
          ...(opens && closes
            ? workday.days.map(day => ({
                host_id: id,
                weekday: weekdays.indexOf(day) + 1,
                from_time: opens,
                to_time: closes,
                talk_window: false,
              }))
            : []),
        ]
      })
      if (hours.length > 0) await trx.insertInto('host_hours').values(hours).execute()
    })
  }
}
