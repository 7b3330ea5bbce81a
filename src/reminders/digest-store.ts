import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language, Said } from '../base/i18n/language.ts'
import type { DateTime, Day } from '../base/time.ts'

export const findHouses = (db: Db) =>
  db.selectFrom('houses').select(['id', 'zone', 'digest_day_at', 'digest_week_at']).execute()

/** The hours that speakers of a House chose for Sunday instead of its own. */
export async function findOwnHours(db: Db, houseId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('speakers')
    .select('digest_week_at')
    .distinct()
    .where('house_id', '=', houseId)
    .where('digest_week_at', 'is not', null)
    .orderBy('digest_week_at')
    .execute()
  return rows.flatMap(row => row.digest_week_at ?? [])
}

export type Reader = { recipient: string; accountId: string | null; address: string; language: Language }

/** Who keeps the day of a House: its coordinators and administrators. */
export const findKeepers = (trx: Trx, houseId: string): Promise<Reader[]> =>
  trx
    .selectFrom('roles')
    .innerJoin('accounts', 'accounts.id', 'roles.account_id')
    .select([
      sql<string>`'account:' || accounts.id`.as('recipient'),
      'accounts.id as accountId',
      'email as address',
      'language',
    ])
    .where('roles.house_id', '=', houseId)
    .where('roles.role', 'in', ['coordinator', 'administrator'])
    .where('disabled_at', 'is', null)
    .orderBy('accounts.id')
    .execute()

/** Speakers of a House with talks on these days: all, those with this hour of their own, or with none (`null`). */
export async function findBusySpeakers(
  trx: Db | Trx,
  houseId: string,
  from: Day,
  to: Day,
  own?: string | null,
): Promise<Reader[]> {
  const { rows } = await sql<Reader>`
    select distinct 'speaker:' || s.id as recipient, null::uuid as "accountId", s.email as address, s.language
    from talks t join assignments a on a.talk_id = t.id join speakers s on s.id = a.speaker_id
    where t.house_id = ${houseId} and t.held_on between ${from}::date and ${to}::date and t.state = 'booked'
      and a.state in ('invited', 'accepted') and s.email is not null
      and ${own === undefined ? sql`true` : sql`s.digest_week_at is not distinct from ${own}::time`}
    order by 1`.execute(trx)
  return rows
}

export type DayCounts = {
  fresh: number
  waiting: number
  unanswered: number
  open: number
  unreported: number
  expired: number
}

/** What a coordinator has before them: `since` is the morning before, `soon` the moment until which answers should be in. */
export async function countDay(
  db: Db,
  houseId: string,
  { now, since, soon }: { now: DateTime; since: DateTime; soon: DateTime },
): Promise<DayCounts> {
  const { rows } = await sql<DayCounts>`select
    (select count(*)::int from requests where house_id = ${houseId} and state = 'waiting' and confirmed_at > ${since.toISO()}::timestamptz) as fresh,
    (select count(*)::int from requests where house_id = ${houseId} and state = 'waiting') as waiting,
    (select count(*)::int from talks t join assignments a on a.talk_id = t.id where t.house_id = ${houseId} and t.state = 'booked'
      and a.state = 'invited' and upper(t.during) > ${now.toISO()}::timestamptz
      and coalesce(a.answer_by, lower(t.during)) < ${soon.toISO()}::timestamptz) as unanswered,
    (select count(distinct t.id)::int from talks t join assignments a on a.talk_id = t.id where t.house_id = ${houseId} and t.state = 'booked'
      and a.state = 'declined' and a.ended_at is null and lower(t.during) > ${now.toISO()}::timestamptz) as open,
    (select count(*)::int from talks where house_id = ${houseId} and state = 'booked' and upper(during) < ${now.toISO()}::timestamptz) as unreported,
    (select count(*)::int from requests where house_id = ${houseId} and state = 'expired' and confirmed_at is not null
      and ended_at > ${since.toISO()}::timestamptz) as expired`.execute(db)
  return rows[0] ?? { fresh: 0, waiting: 0, unanswered: 0, open: 0, unreported: 0, expired: 0 }
}

/** Help lines of a House that nobody has called for too long, or that did not answer; the country's where a check ran out. */
export async function countLinesToCheck(db: Db, houseId: string, now: DateTime): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from support_lines
    where (house_id = ${houseId} or house_id is null) and removed_at is null and num_nonnulls(code, phone, url) > 0
      and (checked_at + make_interval(days => check_days) < ${now.toISO()}::timestamptz
        or doubted_at is not null or (checked_at is null and house_id is not null))`.execute(db)
  return rows[0]?.count ?? 0
}

export type DigestTalk = { id: string; day: Day; from: string; topic: Said; host: Said; district: Said }

/** Booked talks of these days, of a House or of one of its speakers, in the order of time. */
export async function findDigestTalks(
  db: Db,
  whose: { houseId: string } | { speakerId: string },
  from: Day,
  to: Day,
): Promise<DigestTalk[]> {
  const rows = await db
    .selectFrom('talks')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .innerJoin('topics', 'topics.id', 'talks.topic_id')
    .innerJoin('districts', 'districts.kato', 'hosts.district')
    .select([
      'talks.id',
      'held_on',
      'from_time',
      'title_kk',
      'title_ru',
      'title_en',
      'hosts.name_kk as host_kk',
      'hosts.name_ru as host_ru',
      'hosts.name_en as host_en',
      'districts.name_kk as district_kk',
      'districts.name_ru as district_ru',
      'districts.name_en as district_en',
    ])
    .where('talks.state', '=', 'booked')
    .where('held_on', '>=', from)
    .where('held_on', '<=', to)
    .where(it =>
      'houseId' in whose
        ? it('talks.house_id', '=', whose.houseId)
        : it.exists(
            it
              .selectFrom('assignments')
              .select('assignments.id')
              .whereRef('assignments.talk_id', '=', 'talks.id')
              .where('assignments.speaker_id', '=', whose.speakerId)
              .where('assignments.state', 'in', ['invited', 'accepted']),
          ),
    )
    .orderBy('held_on')
    .orderBy('from_time')
    .orderBy('talks.id')
    .limit(60)
    .execute()
  return rows.map(row => ({
    id: row.id,
    day: row.held_on,
    from: row.from_time,
    topic: { kk: row.title_kk, ru: row.title_ru, en: row.title_en },
    host: { kk: row.host_kk, ru: row.host_ru, en: row.host_en },
    district: { kk: row.district_kk, ru: row.district_ru, en: row.district_en },
  }))
}

export async function findSpeakerSaid(db: Db, id: string): Promise<{ names: Said; addresses: Said } | undefined> {
  const row = await db
    .selectFrom('speakers')
    .select(['name_kk', 'name_ru', 'name_en', 'address_kk', 'address_ru', 'address_en'])
    .where('id', '=', id)
    .executeTakeFirst()
  return (
    row && {
      names: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
      addresses: { kk: row.address_kk, ru: row.address_ru, en: row.name_en },
    }
  )
}
