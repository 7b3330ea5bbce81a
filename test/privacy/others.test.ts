import { sql } from 'kysely'
import t from 'tap'
import { transact } from '../../src/base/db/transact.ts'
import { tracesPattern } from '../../src/privacy/erase-rules.ts'
import { questions } from '../../src/privacy/held-store.ts'
import { cast } from '../cast.ts'
import { world } from '../world.ts'

const { app, db, clock, signIn } = await world(t)
const start = clock.now
const coordinator = await signIn(cast.coordinator)
const get = (url: string, cookie = coordinator) => app.inject({ url, headers: { cookie } })

t.test('staff of a House are not shown what the same account has to do with another', async t => {
  const { id, account_id, house_id } = await db
    .selectFrom('speakers')
    .select(['id', 'account_id', 'house_id'])
    .where('email', '=', cast.psychologist)
    .executeTakeFirstOrThrow()
  const other = await db
    .selectFrom('houses')
    .select(['id', 'name_ru'])
    .where('id', '!=', house_id)
    .executeTakeFirstOrThrow()
  await sql`insert into roles (account_id, house_id, role) values (${account_id}, ${other.id}, 'coordinator')`.execute(
    db,
  )
  await sql`insert into sessions (id_hash, account_id, house_id, created_at, seen_at, ends_at, ip_prefix, agent)
    values ('there', ${account_id}, ${other.id}, ${start}, ${start}, ${start.plus({ hours: 1 })}, '203.0.113', 'there')`.execute(
    db,
  )
  await sql`insert into messages (house_id, kind, cause, version, recipient, account_id, address, language, created_at, due_at, state)
    values (${other.id}, 'digest', 'there', 1, ${`account:${account_id}`}, ${account_id}, 'there@work.example', 'ru', ${start}, ${start}, 'skipped')`.execute(
    db,
  )
  const all = [other.name_ru, '203.0.113', 'there@work.example']
  const said = (text: string) => all.filter(it => text.includes(it))
  const mine = await get('/me/data.json', await signIn(cast.psychologist))
  t.same(said(mine.body), all)
  t.same(said((await get(`/app/speakers/${id}/data.json`)).body), [])
  t.same(said((await get(`/app/speakers/${id}/data?l=ru`)).body), [])
})

t.test(
  'no other address and no other number is cut by a person who is struck out, and none of theirs is missed',
  async t => {
    const person = {
      ...({ is: 'contact', id: 'x', houseId: 'x', accountId: null } as const),
      ...{ names: ['Ли Анна (директор)'], email: 'ali@mail.kz', phone: '+77010000008' },
    }
    const struck = async (text: string, json = false) => {
      const pattern = sql`${tracesPattern(person, json).exact}::text`
      const { rows } = await sql<{
        it: string
      }>`select regexp_replace(${text}::text, ${pattern}, '—', 'gi') as it`.execute(db)
      return rows[0]?.it
    }
    for (const text of [
      'vali@mail.kz',
      'm.ali@mail.kz',
      'ali@mail.kz.example',
      'ali@mail.kzn',
      '187010000008',
      '0.87010000008',
      '870100000081',
    ])
      t.equal(await struck(text), text)
    for (const text of ['ALI@mail.kz', '+7 701 000-00-08', '8(701)0000008', 'Ли\u00a0Анна (директор)'])
      t.equal(await struck(`${text}.`), '—.')
    t.equal(await struck('тел.87010000008, ali@mail.kz; <ali@mail.kz>'), 'тел.—, —; <—>')
    t.equal(await struck('Али Анна (директор)'), 'Али Анна (директор)')
    t.equal(await struck('Ли Анна (директор)ға'), '—ға', 'words have endings')
    const lines = JSON.stringify({ text: 'мына\nали\nali@mail.kz\n\tЛи Анна (директор)\n87010000008' })
    t.equal(await struck(lines, true), JSON.stringify({ text: 'мына\nали\n—\n\t—\n—' }))
  },
)

t.test('a link that is forgotten does not have all letters of all Houses read for its own', async t => {
  const { rows } = await sql<{ column: string }>`
    select a.attname as column from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where i.indrelid = 'messages'::regclass and a.attname = 'sign_in_link_id'`.execute(db)
  t.same(rows, [{ column: 'sign_in_link_id' }])
})

t.test('what somebody did is found in the journal without reading what all others did', async t => {
  const { id, account_id, house_id } = await db
    .selectFrom('speakers')
    .select(['id', 'account_id', 'house_id'])
    .where('email', '=', cast.psychologist)
    .executeTakeFirstOrThrow()
  const values: Record<string, string | null> = { $1: id, $2: account_id, $3: house_id }
  for (const { journal } of [questions.speaker, questions.account]) {
    const text = journal.replace(/\$\w+/g, name => (name === '$most' ? '51' : `'${values[name]}'`))
    const plan = await transact(db, async trx => {
      // tables of a test are so small that all of them is read at once
      await sql`set local enable_seqscan = off`.execute(trx)
      await sql`set local enable_indexonlyscan = off`.execute(trx)
      return sql<{ 'QUERY PLAN': string }>`explain ${sql.raw(text)}`.execute(trx)
    })
    t.match(plan.rows.map(row => row['QUERY PLAN']).join('\n'), /Index Cond: .*house_id = .*actor_id = /)
  }
})
