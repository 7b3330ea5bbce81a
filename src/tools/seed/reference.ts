import { createHash } from 'node:crypto'
import type { Db } from '../../base/db/open.ts'
import { keepSetting, settingOf } from '../../base/db/settings.ts'
import { type Day, plusDays } from '../../base/time.ts'
import audiences from './data/audiences.json' with { type: 'json' }
import districts from './data/districts.json' with { type: 'json' }
import formats from './data/formats.json' with { type: 'json' }
import holidays from './data/holidays.json' with { type: 'json' }
import professions from './data/professions.json' with { type: 'json' }
import regions from './data/regions.json' with { type: 'json' }
import years from './data/school-year.json' with { type: 'json' }
import support from './data/support.json' with { type: 'json' }
import { words } from './reference-words.ts'

type Names = { kk: string; ru: string; en: string }
const names = ({ kk, ru, en }: Names) => ({ name_kk: kk, name_ru: ru, name_en: en })
const one = (text: string | { one: string }) => (typeof text === 'string' ? text : text.one)
const staffAndParents = ['parents', 'school-staff']

/** What is the same in the whole country: places, holidays, school years, professions, audiences, help lines. Once for each state of the files. */
export async function seedReference(db: Db): Promise<void> {
  const files = [regions, districts, holidays, years, professions, audiences, formats, support]
  const state = createHash('sha256').update(JSON.stringify(files)).digest('base64url')
  if ((await settingOf(db, 'reference')) === state) return
  await insertAll(db)
  await keepSetting(db, 'reference', state)
}

async function insertAll(db: Db): Promise<void> {
  await db
    .insertInto('regions')
    .values(regions.regions.map(it => ({ kato: it.kato, ...names(it), zone: it.tz })))
    .onConflict(c => c.doNothing())
    .execute()
  await db
    .insertInto('districts')
    .values(
      districts.districts.map(it => ({
        kato: it.kato,
        region: it.region,
        slug: it.slug,
        ...names(it),
        lat: it.centre?.lat ?? null,
        lon: it.centre?.lon ?? null,
      })),
    )
    .onConflict(c => c.doNothing())
    .execute()
  await db
    .insertInto('holidays')
    .values(
      holidays.holidays.map(it => ({
        on_date: it.date,
        slug: it.id,
        ...names(it),
        transferable: it.transferable,
        may_shift: it.id === 'kurban-ait',
        status: it.status,
        source: 'holidays.json',
      })),
    )
    .onConflict(c => c.doNothing())
    .execute()
  await db
    .insertInto('day_swaps')
    .values(holidays.swaps.map(it => ({ off_on: it.off, work_on: it.work, ...names(it), source: it.source })))
    .onConflict(c => c.doNothing())
    .execute()
  await seedSchoolYears(db)
  await db
    .insertInto('professions')
    .values(
      professions.professions.map((it, position) => ({
        slug: it.id,
        letter: it.letter,
        position,
        name_kk: it.kk,
        name_ru: it.ru.one,
        name_en: it.en.one,
        plural_kk: it.kk,
        plural_ru: it.ru.many,
        plural_en: it.en.other,
        pair_in_schools: it.pairInSchools,
        pair_with: it.pairWith ?? [],
      })),
    )
    .onConflict(c => c.doNothing())
    .execute()
  await db
    .insertInto('audiences')
    .values(
      audiences.audiences.map((it, position) => ({
        slug: it.id,
        position,
        ...names(it),
        host_kinds: it.hostKinds,
        minors: it.minors,
        closed: it.closed,
      })),
    )
    .onConflict(c => c.doNothing())
    .execute()
  await db
    .insertInto('formats')
    .values(
      formats.formats.map(it => ({
        slug: it.id,
        name_kk: it.kk,
        name_ru: one(it.ru),
        name_en: one(it.en),
        bookable: it.bookable ?? true,
      })),
    )
    .onConflict(c => c.doNothing())
    .execute()
  await db
    .insertInto('support_lines')
    .values(
      support.entries.map((it, position) => ({
        slug: it.id,
        position,
        code: 'code' in it ? (it.code ?? null) : null,
        ...names(it),
        note_kk: it.note?.kk ?? '',
        note_ru: it.note?.ru ?? '',
        note_en: it.note?.en ?? '',
        national: it.national,
        pinned: it.pinned,
        hours: it.hours,
        free: it.free,
        check_days: it.nextCheckDays,
        kind: it.kind,
        anonymous: it.anonymous,
        languages: it.languages,
        audience: it.audience,
      })),
    )
    .onConflict(c => c.doNothing())
    .execute()
}

async function seedSchoolYears(db: Db): Promise<void> {
  const known = await db.selectFrom('school_years').select('id').execute()
  for (const year of years.years.filter(it => !known.some(row => row.id === it.id))) {
    await db
      .insertInto('school_years')
      .values({ id: year.id, from_on: year.lessons.from, to_on: year.lessons.to, status: year.status })
      .execute()
    const breaks = year.breaks.map(it => ({
      school_year: year.id,
      part: it.id,
      kind: 'break' as const,
      strength: 'ban' as const,
      from_on: it.from,
      to_on: it.to,
      host_kinds: ['school'],
      grades: 'grades' in it ? (it.grades ?? []) : [],
      except_audiences: staffAndParents,
      ...names(years.breakNames[it.id as keyof typeof years.breakNames]),
    }))
    const exams = year.exams.map(it => ({
      school_year: year.id,
      kind: 'exam' as const,
      strength: 'ban' as const,
      from_on: it.from,
      to_on: it.to,
      host_kinds: ['school'],
      grades: it.grades,
      except_audiences: staffAndParents,
      ...names({ kk: words.kk.exams, ru: words.ru.exams, en: words.en.exams }),
    }))
    const summer = {
      school_year: year.id,
      part: 'summer',
      kind: 'break' as const,
      strength: 'ban' as const,
      from_on: `${year.lessons.to.slice(0, 8)}26`,
      to_on: `${year.lessons.to.slice(0, 4)}-08-31`,
      host_kinds: ['school'],
      grades: [],
      except_audiences: staffAndParents,
      ...names(years.breakNames.summer),
    }
    const tests = (year.quarters ?? []).map(it => ({
      school_year: year.id,
      kind: 'tests' as const,
      strength: 'warn' as const,
      from_on: lastLessonDays(it.to),
      to_on: it.to,
      host_kinds: ['school'],
      grades: [],
      except_audiences: staffAndParents,
      ...names({ kk: words.kk.tests, ru: words.ru.tests, en: words.en.tests }),
    }))
    await db
      .insertInto('bans')
      .values([...breaks, ...exams, ...tests, summer])
      .execute()
  }
}

/** The week that ends on this day. */
const lastLessonDays = (to: Day): Day => plusDays(to, -6)
