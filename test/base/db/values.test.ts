import { sql } from 'kysely'
import { DateTime } from 'luxon'
import t, { type Test } from 'tap'
import { brokenConstraint } from '../../../src/base/db/errors.ts'
import type { Db } from '../../../src/base/db/open.ts'
import type { Span } from '../../../src/base/time.ts'
import { freshDatabase } from '../../database.ts'
import { server } from '../../postgres.ts'

const at = (iso: string) => DateTime.fromISO(iso, { zone: 'utc' })

for (const on of [undefined, server()].slice(0, server() ? 2 : 1))
  t.test(on ? 'on PostgreSQL' : 'on the embedded database', async t => {
    const { db, close } = await freshDatabase(on)
    t.teardown(close)
    await sameValues(t, db)
  })

async function sameValues(t: Test, db: Db): Promise<void> {
  await t.test('each type comes out as the same value', async t => {
    const { rows } = await sql<Record<string, unknown>>`select
      true as bool, 7::int2 as int2, 7::int4 as int4, 9007199254740991::int8 as int8, count(*) as count,
      1.5::float8 as float8, 1.50::numeric as numeric, 'қазақ'::text as text, 'x'::varchar as varchar,
      '0196f8a4-7c6e-4c1b-9d39-0b1f1d0f6a11'::uuid as uuid, '2026-11-24'::date as date, '09:05'::time as time,
      '2024-02-29T23:30:00+06'::timestamptz as timestamptz, interval '90 minutes' as interval,
      '{"a":[1,null]}'::jsonb as jsonb, '{"a":1}'::json as json, array['a','b'] as texts, array[1,2] as ints,
      'kk'::language as enum, 'booked'::talk_state as state, null::text as nothing,
      tstzrange('2026-11-25T10:00+05', '2026-11-25T10:45+05') as tstzrange`.execute(db)
    const { timestamptz, tstzrange, ...plain } = rows[0] as { timestamptz: DateTime; tstzrange: Span }
    t.strictSame(plain, {
      bool: true,
      int2: 7,
      int4: 7,
      int8: 9_007_199_254_740_991,
      count: 1,
      float8: 1.5,
      numeric: '1.50',
      text: 'қазақ',
      varchar: 'x',
      uuid: '0196f8a4-7c6e-4c1b-9d39-0b1f1d0f6a11',
      date: '2026-11-24',
      time: '09:05',
      interval: '01:30:00',
      jsonb: { a: [1, null] },
      json: { a: 1 },
      texts: ['a', 'b'],
      ints: [1, 2],
      enum: 'kk',
      state: 'booked',
      nothing: null,
    })
    t.ok(DateTime.isDateTime(timestamptz))
    t.equal(timestamptz.toISO(), '2024-02-29T17:30:00.000Z')
    t.same([tstzrange.from.toISO(), tstzrange.to.toISO()], ['2026-11-25T05:00:00.000Z', '2026-11-25T05:45:00.000Z'])
  })

  await t.test('a number beyond 2^53 is a fault, not a rounded number', async t => {
    await t.rejects(sql`select 9007199254740993::int8 as n`.execute(db), { message: /beyond 2\^53/ })
  })

  await t.test('what is written comes back: instants, spans, lists and objects', async t => {
    const instant = at('2026-11-25T05:00:00.123Z')
    const span = { from: at('2026-11-25T05:00:00Z'), to: at('2026-11-25T05:45:00Z') }
    const { rows } = await sql<{ instant: DateTime; span: Span; texts: string[]; json: unknown }>`select
      ${instant}::timestamptz as instant, ${span}::tstzrange as span, ${['a', 'b,"c"']}::text[] as texts, ${JSON.stringify([1, { b: 2 }])}::jsonb as json`.execute(
      db,
    )
    const [row] = rows
    t.equal(row?.instant.toMillis(), instant.toMillis())
    t.same([row?.span.from.toMillis(), row?.span.to.toMillis()], [span.from.toMillis(), span.to.toMillis()])
    t.same(
      [row?.texts, row?.json],
      [
        ['a', 'b,"c"'],
        [1, { b: 2 }],
      ],
    )
  })

  await t.test('instants of a list of values are found again', async t => {
    const instants = [at('2026-11-25T05:00:00Z'), at('2026-11-26T05:00:00Z')]
    await db
      .insertInto('limits')
      .values(instants.map((starts_at, count) => ({ key: 'values', starts_at, count })))
      .execute()
    const found = await db
      .selectFrom('limits')
      .select('count')
      .where('starts_at', 'in', instants)
      .orderBy('count')
      .execute()
    t.same(found, [{ count: 0 }, { count: 1 }])
  })

  await t.test('a broken constraint is known by its name', async t => {
    const error = await db
      .insertInto('limits')
      .values({ key: 'values', starts_at: at('2026-11-25T05:00:00Z'), count: 1 })
      .execute()
      .catch(error => error)
    t.equal(brokenConstraint(error), 'limits_pkey')
    const swap = { off_on: '2030-01-04', work_on: '2030-01-04', name_kk: '', name_ru: '', name_en: '' }
    t.equal(
      brokenConstraint(
        await db
          .insertInto('day_swaps')
          .values(swap)
          .execute()
          .catch(error => error),
      ),
      'a_swap_has_two_days',
    )
    t.equal(brokenConstraint(new Error('other')), undefined)
  })
}
