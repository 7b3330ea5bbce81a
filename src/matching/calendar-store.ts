import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Ban, Closure, HostKind } from '../hosts/rules.ts'
import { isConfirmed } from '../houses/calendar-rules.ts'
import type { Calendar } from '../houses/rules.ts'
import type { Audience, ProfessionRule } from '../topics/rules.ts'
import type { Travel } from './travel-rules.ts'

export type CalendarRows = {
  calendar: Calendar
  bans: Ban[]
  closures: Closure[]
  audiences: Map<string, Audience>
  professions: ProfessionRule[]
}

/** Days off, breaks, exams and closures of a House, and the words of the field they are judged with. */
export async function findCalendar(db: Db | Trx, houseId: string): Promise<CalendarRows> {
  const holidays = await db
    .selectFrom('holidays')
    .select(['on_date', 'name_kk', 'name_ru', 'name_en', 'transferable', 'may_shift'])
    .orderBy('on_date')
    .execute()
  const swaps = await db.selectFrom('day_swaps').select(['off_on', 'work_on']).orderBy('off_on').execute()
  const bans = await db
    .selectFrom('bans')
    .leftJoin('school_years', 'school_years.id', 'bans.school_year')
    .selectAll('bans')
    .select(['school_years.status', 'school_years.confirmed_at'])
    .where(eb => eb.or([eb('house_id', 'is', null), eb('house_id', '=', houseId)]))
    .orderBy('bans.from_on')
    .execute()
  const closures = await db
    .selectFrom('closures')
    .select(['districts', 'host_kinds', 'shifts', 'grades', 'from_on', 'to_on', 'outcome'])
    .where('house_id', '=', houseId)
    .where('lifted_at', 'is', null)
    .orderBy('from_on')
    .execute()
  const audiences = await db.selectFrom('audiences').select(['slug', 'host_kinds', 'minors', 'closed']).execute()
  const professions = await db
    .selectFrom('professions')
    .select(['slug', 'pair_in_schools', 'pair_with'])
    .orderBy('position')
    .execute()
  return {
    calendar: {
      holidays: holidays.map(it => ({
        day: it.on_date,
        names: { kk: it.name_kk, ru: it.name_ru, en: it.name_en },
        transferable: it.transferable,
        movable: it.may_shift,
      })),
      swaps: swaps.map(it => ({ off: it.off_on, work: it.work_on })),
    },
    bans: bans.map(it => ({
      kind: it.kind,
      strength: it.strength,
      from: it.from_on,
      to: it.to_on,
      hostKinds: it.host_kinds as HostKind[],
      grades: it.grades,
      hostId: it.host_id ?? undefined,
      exceptAudiences: it.except_audiences,
      names: { kk: it.name_kk, ru: it.name_ru, en: it.name_en },
      ...(it.status !== null &&
        !isConfirmed({ status: it.status, confirmedOn: it.confirmed_at }) && { guess: true as const }),
    })),
    closures: closures.map(it => ({
      districts: it.districts,
      hostKinds: it.host_kinds as HostKind[],
      shifts: it.shifts,
      grades: it.grades,
      from: it.from_on,
      to: it.to_on,
      outcome: it.outcome,
    })),
    audiences: new Map(
      audiences.map(it => [
        it.slug,
        { id: it.slug, hostKinds: it.host_kinds as HostKind[], minors: it.minors, closed: it.closed },
      ]),
    ),
    professions: professions.map(it => ({ id: it.slug, pairInSchools: it.pair_in_schools, pairWith: it.pair_with })),
  }
}

const usual: Travel['speeds'] = {
  walk: { kmh: 4.5, fixedMinutes: 2, detour: 1.3 },
  transit: { kmh: 14, fixedMinutes: 12, detour: 1.35 },
  car: { kmh: 24, fixedMinutes: 8, detour: 1.35 },
}

/** The House's table of journeys and speeds, and the centres of its region's districts. */
export async function findTravel(db: Db | Trx, houseId: string, region: string): Promise<Travel> {
  const table = await db
    .selectFrom('travel_times')
    .select(['from_district', 'to_district', 'transport', 'minutes'])
    .where('house_id', '=', houseId)
    .execute()
  const speeds = await db
    .selectFrom('travel_speeds')
    .select(['transport', 'kmh', 'fixed_minutes', 'detour'])
    .where('house_id', '=', houseId)
    .execute()
  const districts = await db
    .selectFrom('districts')
    .select(['kato', 'lat', 'lon'])
    .where('region', '=', region)
    .execute()
  return {
    table: table.map(it => ({
      from: it.from_district,
      to: it.to_district,
      transport: it.transport,
      minutes: it.minutes,
    })),
    speeds: {
      ...usual,
      ...Object.fromEntries(
        speeds.map(it => [it.transport, { kmh: it.kmh, fixedMinutes: it.fixed_minutes, detour: it.detour }]),
      ),
    },
    centres: districts.flatMap(it =>
      it.lat === null || it.lon === null ? [] : [{ district: it.kato, point: { lat: it.lat, lon: it.lon } }],
    ),
  }
}
