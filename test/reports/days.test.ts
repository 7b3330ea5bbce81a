import fc from 'fast-check'
import { type RawBuilder, sql } from 'kysely'
import t from 'tap'
import { tablesInOrder } from '../../src/backups/contents.ts'
import { forgetOldMarks } from '../../src/base/db/diary.ts'
import type { Db } from '../../src/base/db/open.ts'
import { utcOrThrow } from '../../src/base/time.ts'
import { findFairness } from '../../src/matching/fairness-store.ts'
import { findLoad } from '../../src/reports/load-store.ts'
import { findReport } from '../../src/reports/report-store.ts'
import { type Cut, spreadOf, type Wish } from '../../src/reports/rules.ts'
import { findKept, findTalks } from '../../src/reports/talk-store.ts'
import { chosen, countOf } from '../../src/reports/wish-rules.ts'
import { seedDemonstration } from '../../src/tools/seed/demonstration.ts'
import { server } from '../postgres.ts'
import { world } from '../world.ts'

const period = { kind: 'days' as const, from: '2026-09-01', to: '2027-02-28' }
const further = { since: '2026-05-24', today: '2026-11-24', lists: true }

/** What a wish means, said once more in SQL over the tables themselves. */
const meant: Record<Cut, (value: string) => RawBuilder<unknown>> = {
  district: value => sql`h.district = ${value}`,
  topic: value => sql`k.topic_id = ${value}::uuid`,
  format: value => sql`o.format = ${value}`,
  audience: value => sql`coalesce(q.audience, '') = ${value === '-' ? '' : value}`,
  language: value =>
    sql`coalesce(k.held_in, (select case when count(*) = 1 then min(l.language) end from request_languages l where l.request_id = q.id), '') = ${value === '-' ? '' : value}`,
  host: value => sql`k.host_id = ${value}::uuid`,
  group: value =>
    sql`exists (select from assignments a join group_members m using (speaker_id) where a.talk_id = k.id and a.state in ('invited', 'accepted') and m.group_id = ${value}::uuid)`,
  speaker: value =>
    sql`exists (select from assignments a where a.talk_id = k.id and a.state in ('invited', 'accepted') and a.speaker_id = ${value}::uuid)`,
  body: value => sql`exists (select from talk_reporters b where b.talk_id = k.id and b.body_id = ${value}::uuid)`,
}
type Sums = { talks: number; planned: number; counted: number; confirmed: number; answers: number; ids: string }
async function askDatabase(db: Db, house: string, wish: Wish, condition = sql`true`): Promise<Sums> {
  const { rows } =
    await sql<Sums>`select count(*)::int as talks, coalesce(string_agg(k.id::text, ' ' order by k.held_on, k.id), '') as ids,
      coalesce(sum(k.heads_planned) filter (where k.state = 'held'), 0)::int as planned,
      coalesce(sum(k.heads_counted) filter (where k.state = 'held'), 0)::int as counted,
      coalesce(sum(k.heads_confirmed) filter (where k.state = 'held'), 0)::int as confirmed,
      coalesce(sum((select count(*) from feedback f where f.talk_id = k.id)), 0)::int as answers
    from talks k join hosts h on h.id = k.host_id join topics o on o.id = k.topic_id left join requests q on q.id = k.request_id
    where k.house_id = ${house} and k.held_on between ${period.from} and ${period.to} and ${condition}
      ${sql.join(
        Object.entries(wish).map(([cut, value]) => sql`and ${meant[cut as Cut](value)}`),
        sql` `,
      )}`.execute(db)
  return rows[0] as Sums
}

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

    /** Every figure of a list and the talks in it, by the rows of numbers and by the database. */
    async function both(wish: Wish) {
      const { total } = await findReport(db, house, period, wish, further)
      const kept = await findKept(db, house, period)
      const fates = [
        ['held', total.held, sql`k.state = 'held'`],
        ['not-held', total.notHeld, sql`k.state = 'not-held'`],
        ['cancelled', total.cancelled, sql`k.state = 'cancelled'`],
        ['open', total.open, sql`k.state = 'booked'`],
        ['confirmed', total.confirmedTalks, sql`k.state = 'held' and k.heads_confirmed is not null`],
      ] as const
      const listed = (fate?: (typeof fates)[number][0]) => [...chosen(kept, { wish, fate, reason: undefined })]
      const all = await askDatabase(db, house, wish)
      const lines = [...(await findTalks(db, house, kept, listed()))]
      const asked = await Promise.all(
        fates.map(async ([, , state]) => (await askDatabase(db, house, wish, state)).talks),
      )
      return [
        [
          ...fates.map(([, count]) => count),
          ...fates.map(([fate]) => listed(fate).length),
          ...[total.planned, total.counted, total.confirmed, total.answers],
          countOf(listed()),
          lines.map(({ id }) => id).join(' '),
          lines.reduce((sum, { counted }) => sum + (counted ?? 0), 0),
        ],
        [
          ...asked,
          ...asked,
          ...[all.planned, all.counted, all.confirmed, all.answers],
          (({ ids: _, ...sums }) => sums)(all),
          all.ids,
          all.counted,
        ],
      ]
    }

    /** The load as the page of fairness reckons it, from everybody's talks. */
    async function fair() {
      const all = await findFairness(db, house, utcOrThrow(further.today, 720, 'Asia/Almaty'))
      return spreadOf((all?.people ?? []).map(({ reckoned }) => Math.round(reckoned * 100)))
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
      fc.tuple(one(talks), fc.constantFrom(30, 90)).map(
        ([id, minutes]) =>
          () =>
            db.updateTable('assignments').set({ travel_minutes: minutes }).where('talk_id', '=', id).execute(),
      ),
      one(talks).map(
        id => () =>
          sql`update assignments set state = 'declined', ended_at = now() where talk_id = ${id} and state = 'invited'`.execute(
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
            t.same(await findLoad(db, house, further.today, 'Asia/Almaty'), await fair())
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
        const counted = async () => (await findReport(db, house, period, {}, further)).total.counted
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
