import { sql } from 'kysely'
import type { Db } from '../../../base/db/open.ts'
import { type Trx, transact } from '../../../base/db/transact.ts'
import { demoHouse, type House, seedHosts, seedHouse, seedPeople, seedTopics } from '../../seed/house.ts'
import { seedReference } from '../../seed/reference.ts'

/** The half-year that is reported: all talks of a nation in one House, which no House of the world has. */
export const halfYear = { from: '2026-07-01', days: 184 }
export const size = { talks: 200_000, hosts: 20_000, speakers: 5_000 }

/** 200,000 talks with requests, two speakers each, answers of listeners, and a twentieth of it in the half-year before. */
export async function seedNation(db: Db): Promise<string> {
  await seedReference(db)
  const house = await seedHouse(db, demoHouse)
  await seedTopics(db, house)
  await seedPeople(db, house)
  await seedHosts(db, house)
  await transact(db, trx => fill(trx, house))
  await sql`vacuum analyze`.execute(db)
  return house.id
}

async function fill(db: Trx, house: House): Promise<void> {
  await sql`set local statement_timeout = 0`.execute(db)
  // rows of a bench need no calendars, and what reports count is written once at the end
  await sql`set local session_replication_role = replica`.execute(db)
  await sql`insert into hosts (house_id, kind, name_kk, name_ru, name_en, folded, district)
    select ${house.id}::uuid, 'school', '№ ' || n || ' мектеп', 'Школа № ' || n, 'School No. ' || n, 'школа ' || n,
      (array(select kato from districts where region = ${house.region} order by kato))[1 + n % 8]
    from generate_series(1001, ${size.hosts}) n`.execute(db)
  await sql`insert into speakers (house_id, name_kk, name_ru, name_en, address_kk, address_ru, address_en, email, home_district, person_id)
    select ${house.id}::uuid, 'Дәріскер ' || n, 'Лектор ' || n, 'Speaker ' || n, '', '', '', 'speaker-' || n || '@bench.example', ${house.district}, gen_random_uuid()
    from generate_series(1, ${size.speakers}) n`.execute(db)
  await sql`insert into group_members (group_id, speaker_id)
    select g.ids[1 + (row_number() over (order by s.email)) % cardinality(g.ids)], s.id
    from speakers s cross join (select array_agg(id order by slug) as ids from groups where house_id = ${house.id}) g where s.house_id = ${house.id} on conflict do nothing`.execute(
    db,
  )
  for (const table of ['hosts', 'topics', 'speakers'])
    await sql`create temporary table ${sql.table(`numbered_${table}`)} on commit drop as
      select id, row_number() over (order by id) - 1 as n from ${sql.table(table)} where house_id = ${house.id}`.execute(
      db,
    )
  await sql`insert into requests (house_id, number, host_id, topic_id, audience, heads, state, source, language, nonce, token_hash, asked_at)
    select ${house.id}::uuid, n, (select id from numbered_hosts where n = 0), (select id from numbered_topics where n = 0),
      (array['pupils', 'pupils', 'pupils', 'parents'])[1 + n % 4], 20 + n % 60, 'held', 'form', 'kk', n::text, 'request ' || n, '2026-06-01'
    from generate_series(1, ${size.talks}) n`.execute(db)
  await sql`insert into request_languages (request_id, language)
    select id, (array['kk', 'kk', 'ru'])[1 + number % 3] from requests`.execute(db)
  await seedTalks(db, house.id, 0, size.talks, halfYear.from)
  await seedTalks(db, house.id, size.talks, size.talks / 20, '2025-12-28')
  await sql`insert into feedback (talk_id, clear, useful, respectful, again, given_on)
    select id, 3 + abs(hashtext(id::text)) % 3, 4, 5, 4, held_on from talks where state = 'held' and abs(hashtext(id::text)) % 2 = 0`.execute(
    db,
  )
  await sql`select report_on(array(select id from talks))`.execute(db)
}

/** A talk a place and an hour, so that nobody and no hall is taken twice. */
async function seedTalks(db: Trx, houseId: string, offset: number, count: number, from: string): Promise<void> {
  await sql`
    insert into talks (house_id, request_id, host_id, topic_id, zone, held_on, from_time, minutes, during, mode, state, heads_planned, heads_counted,
      heads_confirmed, held_in, cancel_reason, created_at, revised_at)
    select ${houseId}::uuid, r.id, h.id, t.id,
      'Asia/Almaty', ${from}::date + day, time '09:00' + (k % 8) * interval '1 hour', 40,
      tstzrange((${from}::date + day + time '04:00' + (k % 8) * interval '1 hour') at time zone 'utc',
        (${from}::date + day + time '04:40' + (k % 8) * interval '1 hour') at time zone 'utc'),
      'onsite', (case i % 25 when 0 then 'cancelled' when 1 then 'not-held' when 2 then 'booked' else 'held' end)::talk_state,
      20 + i % 60, case when i % 25 > 2 then 15 + i % 70 end, case when i % 25 > 2 and i % 5 < 2 then 14 + i % 70 end,
      case when i % 2 = 0 and i % 25 > 2 then 'kk' end, case when i % 25 = 0 then 'weather'::cancel_reason end, '2026-06-01', '2026-06-01'
    from (select i, i % 184 as day, i / 184 as k from generate_series(0, ${count}::int - 1) i) g
    join numbered_hosts h on h.n = (g.k / 8 + g.day * 199) % (select count(*) from numbered_hosts)
    join numbered_topics t on t.n = g.i % (select count(*) from numbered_topics)
    left join requests r on r.number = g.i + 1 and ${offset}::int = 0`.execute(db)
  await sql`
    insert into assignments (talk_id, speaker_id, person_id, profession, state, busy, nonce, token_hash, invited_at, answer_by, answered_at)
    select t.id, s.id, (select person_id from speakers where id = s.id), 'psychologist',
      'accepted', t.during, 'n', t.id::text || seat, t.created_at, t.created_at + interval '1 day', t.created_at + (t.place % 30) * interval '1 hour'
    from (select id, during, held_on, created_at, (row_number() over (partition by during order by id))::int as place from talks
      where held_on >= ${from}::date and held_on < ${from}::date + 184 and state <> 'cancelled') t
    cross join generate_series(0, 1) seat
    join numbered_speakers s on s.n = (2 * t.place + seat + extract(doy from t.held_on)::int * 397) % (select count(*) from numbered_speakers)`.execute(
    db,
  )
}
