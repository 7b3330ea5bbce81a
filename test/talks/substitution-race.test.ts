import { sql } from 'kysely'
import t from 'tap'
import { transact } from '../../src/base/db/transact.ts'
import { sleeping } from '../../src/base/jobs.ts'
import { hashOf, newNonce, tokenOf } from '../../src/base/secrets.ts'
import { aloneInHouse } from '../../src/talks/closing-lock-store.ts'
import { moveSearchesOn } from '../../src/talks/substitution-actions.ts'
import { server, submit, world } from '../world.ts'
import { ask, bookedTalk, names } from './situation.ts'

const postgres = server()
if (!postgres) t.plan(0, 'no PostgreSQL here')
else {
  const here = await world(t, postgres)
  const named = await names(here)
  const { app, db, clock } = here
  const { secret } = app.config
  const fail = (error: unknown) => {
    throw error
  }
  const step = () => moveSearchesOn(db, sleeping, secret, clock.now, fail)

  /** A copy of a speaker: as able, and somebody else. */
  async function doubles(of: string, count: number): Promise<string[]> {
    const original = await db.selectFrom('speakers').selectAll().where('id', '=', of).executeTakeFirstOrThrow()
    const { id: _, account_id: __, person_id: ___, ...like } = original
    const ids: string[] = []
    for (let n = 0; n < count; n++) {
      const { id } = await db
        .insertInto('speakers')
        .values({ ...like, email: `double-${of.slice(0, 4)}-${n}@kezdesu.example` })
        .returning('id')
        .executeTakeFirstOrThrow()
      for (const [table, column] of [
        ['speaker_professions', 'profession, position'],
        ['speaker_languages', 'language'],
        ['speaker_topics', 'topic_id'],
        ['speaker_audiences', 'audience'],
        ['group_members', 'group_id'],
      ] as const)
        await copyRows(table, column, of, id)
      ids.push(id)
    }
    return ids
  }
  const copyRows = (table: string, columns: string, from: string, to: string) =>
    sql`insert into ${sql.table(table)} (speaker_id, ${sql.raw(columns)}) select ${to}::uuid, ${sql.raw(columns)} from ${sql.table(table)} where speaker_id = ${from}`.execute(
      db,
    )

  async function declined(day: string): Promise<string> {
    const talkId = await bookedTalk(
      here,
      named,
      await ask(here, named, { windows: [{ from: day, to: day }] }),
      `${day}T10:20`,
      ['zhunisov'],
    )
    const { nonce } = await db
      .selectFrom('assignments')
      .select('nonce')
      .where('talk_id', '=', talkId)
      .executeTakeFirstOrThrow()
    await submit(app, `/i/${tokenOf(secret, 'invitation', nonce)}/response`, { response: 'decline' })
    return talkId
  }

  await doubles(named.speaker('bekuly'), 20)

  t.test('twenty yes at once: one has the place, nineteen hear that it is filled', async t => {
    const talkId = await declined('2026-12-03')
    await step()
    const search = await db
      .selectFrom('substitutions')
      .selectAll()
      .where('talk_id', '=', talkId)
      .executeTakeFirstOrThrow()
    const people = await db.selectFrom('speakers').select('id').where('email', 'like', 'double-%').execute()
    await db.deleteFrom('substitution_asks').where('substitution_id', '=', search.id).execute()
    const links: string[] = []
    for (const { id } of people) {
      const nonce = newNonce()
      const token = tokenOf(secret, 'question', nonce)
      links.push(token)
      await db
        .insertInto('substitution_asks')
        .values({
          substitution_id: search.id,
          speaker_id: id,
          profession: 'historian',
          asked_at: clock.now,
          until: clock.now.plus({ hours: 4 }),
          nonce,
          token_hash: hashOf(token),
          reasons: '[]',
        })
        .execute()
    }
    const answers = await Promise.all(links.map(token => submit(app, `/s/${token}/response`, { response: 'yes' })))
    const codes = Map.groupBy(answers, ({ statusCode }) => statusCode)
    t.same([...codes].map(([code, list]) => `${code}: ${list.length}`).sort(), ['303: 1', '409: 19'])
    for (const { body } of codes.get(409) ?? []) t.match(body, 'Орын толды, рақмет!')
    const standing = await db
      .selectFrom('assignments')
      .select('state')
      .where('talk_id', '=', talkId)
      .where('state', 'in', ['invited', 'accepted'])
      .execute()
    t.same(standing, [{ state: 'accepted' }])
    const letters = await db
      .selectFrom('messages')
      .select('kind')
      .where('talk_id', '=', talkId)
      .where('version', '=', 2)
      .where('kind', 'in', ['invitation', 'talk-changed', 'talk-booked'])
      .orderBy('kind')
      .execute()
    t.same(
      letters.map(({ kind }) => kind),
      ['invitation', 'talk-booked'],
      'one invitation, and one letter to the host',
    )
  })

  t.test('a yes waits for a closure without holding the talk that the closure is about to take', async t => {
    const talkId = await declined('2026-12-04')
    await step()
    const { nonce } = await db
      .selectFrom('substitution_asks')
      .innerJoin('substitutions', 'substitutions.id', 'substitution_id')
      .select('nonce')
      .where('talk_id', '=', talkId)
      .limit(1)
      .executeTakeFirstOrThrow()
    const held = Promise.withResolvers<void>()
    const closing = transact(db, async trx => {
      await aloneInHouse(trx, named.house)
      held.resolve()
      const waits = sql<{ n: number }>`select count(*)::int as n from pg_locks l
        join pg_database d on d.oid = l.database and d.datname = current_database()
        where locktype = 'advisory' and not granted`
      for (let look = 0; look < 200 && (await waits.execute(trx)).rows[0]?.n === 0; look++)
        await new Promise(done => setTimeout(done, 20))
      await sql`select id from talks where id = ${talkId} for no key update nowait`.execute(trx)
    })
    await held.promise
    const [answer] = await Promise.all([
      submit(app, `/s/${tokenOf(secret, 'question', nonce)}/response`, { response: 'yes' }),
      closing,
    ])
    t.equal(answer.statusCode, 303)
  })

  t.test('ten workers move the searches on: nobody is asked for two places of one hour', async t => {
    const days = ['2026-12-07', '2026-12-08', '2026-12-09']
    for (const day of days) await declined(day)
    // a second talk at the same hours, at another school
    for (const day of days) {
      const talkId = await bookedTalk(
        here,
        named,
        await ask(here, named, { host: 'school-912', windows: [{ from: day, to: day }] }),
        `${day}T10:20`,
        ['suleimenova'],
      )
      const { nonce } = await db
        .selectFrom('assignments')
        .select('nonce')
        .where('talk_id', '=', talkId)
        .executeTakeFirstOrThrow()
      await submit(app, `/i/${tokenOf(secret, 'invitation', nonce)}/response`, { response: 'decline' })
    }
    await Promise.all(Array.from({ length: 10 }, step))
    // whoever found a House in work left it; the next look finishes
    await step()
    const rows = await db
      .selectFrom('substitution_asks')
      .innerJoin('substitutions', 'substitutions.id', 'substitution_id')
      .innerJoin('talks', 'talks.id', 'talk_id')
      .select(['held_on', 'speaker_id', 'talk_id'])
      .where('held_on', 'in', days)
      .execute()
    t.equal(rows.length, 12, 'two for each')
    t.equal(new Set(rows.map(row => `${row.held_on} ${row.speaker_id}`)).size, 12)
    const told = await db.selectFrom('messages').select('cause').where('kind', '=', 'substitution-asked').execute()
    t.equal(new Set(told.map(({ cause }) => cause)).size, told.length)
  })

  t.test('a yes and the coordinator at once: one of them has the place', async t => {
    for (const day of ['2026-12-10', '2026-12-11']) {
      const talkId = await declined(day)
      await step()
      const [asked] = await db
        .selectFrom('substitution_asks')
        .innerJoin('substitutions', 'substitutions.id', 'substitution_id')
        .select(['nonce'])
        .where('talk_id', '=', talkId)
        .execute()
      const cookie = await here.signIn('zhaqsybek@kezdesu.example')
      const answers = await Promise.all([
        submit(app, `/s/${tokenOf(secret, 'question', asked?.nonce ?? '')}/response`, { response: 'yes' }),
        submit(
          app,
          `/app/talks/${talkId}/team`,
          { out: named.speaker('zhunisov'), in: named.speaker('suleimenova') },
          cookie,
        ),
        step(),
      ])
      const codes = answers.slice(0, 2).map(it => (typeof it === 'number' ? it : it.statusCode))
      t.same(codes.sort(), [303, 409], day)
      const standing = await db
        .selectFrom('assignments')
        .select('id')
        .where('talk_id', '=', talkId)
        .where('state', 'in', ['invited', 'accepted'])
        .execute()
      t.equal(standing.length, 1, day)
    }
  })
}
