import fc from 'fast-check'
import { sql } from 'kysely'
import t from 'tap'
import { tablesInOrder } from '../../src/backups/contents.ts'
import { forgetOldMarks } from '../../src/base/db/diary.ts'
import { findReport } from '../../src/reports/report-store.ts'
import type { Wish } from '../../src/reports/rules.ts'
import { countTalks } from '../../src/reports/talk-store.ts'
import { seedDemonstration } from '../../src/tools/seed/demonstration.ts'
import { server } from '../postgres.ts'
import { world } from '../world.ts'

const period = { kind: 'days' as const, from: '2026-09-01', to: '2027-02-28' }
const further = { since: '2026-05-24', today: '2026-11-24', hosts: true }

for (const on of [undefined, ...(server() ? [server()] : [])])
  t.test(`days that a process keeps, on ${on ? 'PostgreSQL' : 'the embedded database'}`, async t => {
    const { db, clock, app } = await world(t, on)
    for (const table of (await tablesInOrder(db)).toReversed()) await sql`delete from ${sql.table(table)}`.execute(db)
    await seedDemonstration(db, { size: 'small', seed: 1, now: clock.now, secret: app.config.secret, say: () => {} })
    const { id: house } = await db
      .selectFrom('houses')
      .select('id')
      .where('slug', '=', 'almaty')
      .executeTakeFirstOrThrow()
    const idsOf = async (table: 'talks' | 'topics' | 'speakers' | 'groups' | 'hosts') =>
      (await db.selectFrom(table).select('id').where('house_id', '=', house).orderBy('id').execute()).map(
        ({ id }) => id,
      )
    const [talks, topics, speakers, groups, hosts] = await Promise.all(
      (['talks', 'topics', 'speakers', 'groups', 'hosts'] as const).map(idsOf),
    )
    const { id: body } = await db
      .insertInto('reporting_bodies')
      .values({ house_id: house, name_kk: 'Басқарма', name_ru: 'Управление', name_en: 'Office' })
      .returning('id')
      .executeTakeFirstOrThrow()

    /** Every figure that a list of talks can be counted for, by the rows of numbers and by the database. */
    async function both(wish: Wish) {
      const { total } = await findReport(db, house, period, wish, further)
      const fates = [
        ['held', total.held],
        ['not-held', total.notHeld],
        ['cancelled', total.cancelled],
        ['open', total.open],
        ['confirmed', total.confirmedTalks],
      ] as const
      const counted = await Promise.all(
        fates.map(async ([fate]) => (await countTalks(db, house, { period, wish, fate, reason: undefined })).talks),
      )
      const all = await countTalks(db, house, { period, wish, fate: undefined, reason: undefined })
      return [
        [...fates.map(([, count]) => count), total.planned, total.counted, total.confirmed, total.answers],
        [...counted, all.planned, all.counted, all.confirmed, all.answers],
      ]
    }

    const one = (ids: string[] | undefined) => fc.constantFrom(...(ids ?? []))
    const changes: fc.Arbitrary<() => Promise<unknown>> = fc.oneof(
      fc.tuple(one(talks), fc.integer({ min: 0, max: 99 })).map(
        ([id, heads]) =>
          () =>
            db
              .updateTable('talks')
              .set({ heads_counted: heads })
              .where('id', '=', id)
              .where('state', '=', 'held')
              .execute(),
      ),
      fc.tuple(one(talks), one(speakers)).map(
        ([id]) =>
          () =>
            sql`insert into talk_reporters (talk_id, body_id, said_at) values (${id}, ${body}, now()) on conflict do nothing`.execute(
              db,
            ),
      ),
      one(talks).map(id => () => db.deleteFrom('talk_reporters').where('talk_id', '=', id).execute()),
      fc.tuple(one(talks), one(topics)).map(
        ([id, topic]) =>
          () =>
            db.updateTable('talks').set({ topic_id: topic }).where('id', '=', id).execute(),
      ),
      one(talks).map(
        id => () =>
          db
            .insertInto('feedback')
            .values({ talk_id: id, clear: 5, useful: 4, respectful: 3, again: 2, given_on: '2026-11-20' })
            .execute(),
      ),
      fc.tuple(one(groups), one(speakers)).map(
        ([group, speaker]) =>
          () =>
            db
              .insertInto('group_members')
              .values({ group_id: group, speaker_id: speaker })
              .onConflict(it => it.doNothing())
              .execute(),
      ),
      one(hosts).map(
        id => () =>
          sql`update hosts set district = (select kato from districts where region = (select region from districts where kato = hosts.district) order by random() limit 1) where id = ${id}`.execute(
            db,
          ),
      ),
      fc.constant(() => forgetOldMarks(db)),
    )
    const some = (values: string[] | undefined) => fc.option(one(values), { nil: undefined })
    const wishes = fc.record({
      topic: some(topics),
      group: some(groups),
      speaker: some(speakers),
      host: some(hosts?.slice(0, 5)),
      language: some(['kk', 'ru', '-']),
      audience: some(['pupils', 'parents', '-']),
      body: some([body]),
      format: some(['lecture', 'training', 'dialogue']),
      district: some(await districtsOf()),
    })
    async function districtsOf() {
      const rows = await db.selectFrom('hosts').select('district').distinct().where('house_id', '=', house).execute()
      return rows.map(({ district }) => district)
    }

    await t.test('whatever changes, a report says what the database counts', t =>
      fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(changes, wishes), { minLength: 1, maxLength: 6 }), async steps => {
          for (const [change, wish] of steps) {
            await change()
            const wished = Object.fromEntries(Object.entries(wish).filter(([, value]) => value)) as Wish
            for (const each of [{}, wished, ...Object.entries(wished).map(([cut, value]) => ({ [cut]: value }))]) {
              const [own, database] = await both(each)
              t.same(own, database, JSON.stringify(each))
            }
          }
        }),
        { numRuns: on ? 2 : 4 },
      ),
    )

    await t.test('a talk that goes to another day, and one that goes away, leave the old day', async t => {
      const talk = await db
        .selectFrom('talks')
        .select(['id', 'held_on'])
        .where('house_id', '=', house)
        .where('state', '=', 'held')
        .orderBy('id')
        .executeTakeFirstOrThrow()
      const dayOf = async (day: string) => (await findReport(db, house, period, {}, further)).days.get(day)?.held ?? 0
      const there = await dayOf(talk.held_on)
      const marked = () => sql`insert into diary_marks (house_id) values (${house}) on conflict do nothing`.execute(db)
      await sql`update report_talks set held_on = '2027-02-01' where talk_id = ${talk.id}`.execute(db)
      await marked()
      t.same([await dayOf(talk.held_on), await dayOf('2027-02-01')], [there - 1, 1])
      await sql`delete from report_talks where talk_id = ${talk.id}`.execute(db)
      await marked()
      t.same([await dayOf(talk.held_on), await dayOf('2027-02-01')], [there - 1, 0])
    })

    if (on)
      await t.test('what an open transaction writes is seen when it is done', async t => {
        const wrote = Promise.withResolvers<void>()
        const go = Promise.withResolvers<void>()
        const off = await db
          .selectFrom('talks')
          .select('id')
          .where('state', '=', 'cancelled')
          .where('house_id', '=', house)
          .executeTakeFirstOrThrow()
        const counted = async () => (await both({}))[0]?.[6] ?? 0
        const before = await counted()
        const open = db.transaction().execute(async trx => {
          await sql`update talks set heads_counted = heads_counted + 1000 where id = (select id from talks
            where house_id = ${house} and heads_counted is not null order by id desc limit 1)`.execute(trx)
          wrote.resolve()
          await go.promise
        })
        await wrote.promise
        // a later one leaves its mark on another day meanwhile, and everything is read beside the open one
        await db
          .insertInto('feedback')
          .values({ talk_id: off.id, clear: 5, useful: 4, respectful: 3, again: 2, given_on: '2026-11-20' })
          .execute()
        t.equal(await counted(), before)
        go.resolve()
        await open
        t.equal(await counted(), before + 1000)
      })
  })
