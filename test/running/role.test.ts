import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import t from 'tap'
import { verify } from '../../src/audit/verify-actions.ts'
import { readOnly } from '../../src/base/db/grants.ts'
import { openDatabase } from '../../src/base/db/open.ts'
import { tokenOf } from '../../src/base/secrets.ts'
import { publishAll } from '../../src/calendars/publish.ts'
import { deskOf } from '../../src/calendars/texts.ts'
import { eraseAddress } from '../../src/privacy/erase.ts'
import { runRetention } from '../../src/privacy/retention.ts'
import { cast } from '../cast.ts'
import { freePort } from '../free-port.ts'
import { server } from '../postgres.ts'
import { toCheck, visitor } from '../requests/visitor.ts'
import { formOn, submit, world } from '../world.ts'
import { command, secret } from './process.ts'

const on = server()
const role = `kezdesu_test_${randomBytes(6).toString('hex')}`
const folder = mkdtempSync(path.join(tmpdir(), 'kezdesu-role-'))
t.teardown(() => rmSync(folder, { recursive: true, force: true }))

t.test(
  'a role that owns nothing does all the work of the processes, and the journal is beyond its reach',
  { skip: on ? false : 'needs a PostgreSQL' },
  async t => {
    let owner = ''
    const settings = () => ({ APP_SECRET: secret, DATA_DIR: folder, PORT: '0' })
    /** What the command prints, run as its owner runs it. */
    const grant = async () => {
      const printing = command(t, ['tools/grants.ts', role], { ...settings(), DATABASE_URL: owner })
      t.equal(await printing.ended, 0, printing.said())
      const owned = await openDatabase({ url: owner })
      t.teardown(owned.close)
      await sql.raw(printing.said()).execute(owned.db)
      return owned.db
    }
    const here = await world(t, on, {
      as: async url => {
        owner = url
        await grant()
        const own = new URL(url)
        own.username = role
        return own.href
      },
    })
    const ownersDb = await grant()
    t.teardown(async () => {
      await sql`drop owned by ${sql.id(role)}`.execute(ownersDb)
      await sql`drop role ${sql.id(role)}`.execute(ownersDb)
    })
    const { app, db, clock, signIn, deliver } = here
    t.equal((await sql<{ role: string }>`select current_user as role`.execute(db)).rows[0]?.role, role)

    await t.test('from a request to a booked talk, its letters and calendars', async t => {
      const school = visitor(here)
      await toCheck(school)
      await school.follow(await school.send('/kk/request/check', {}))
      const { nonce, number } = await db.selectFrom('requests').select(['nonce', 'number']).executeTakeFirstOrThrow()
      const link = `/r/${tokenOf(secret, 'request', nonce)}`
      await school.get(link)
      await school.follow(await school.send(`${link}/confirm`, {}))
      const cookie = await signIn(cast.coordinator)
      const offers = await app.inject({ url: `/app/requests/${number}/offers`, headers: { cookie } })
      const form = formOn(offers.body, `/app/requests/${number}/booking`)
      const done = await submit(app, form.action, form.fields, cookie)
      t.equal(done.statusCode, 303)
      t.match(String(done.headers.location), /^\/app\/talks\//)
      t.ok((await deliver()) >= 3)
      await publishAll(db, deskOf(app.config), clock.now, error => t.fail(String(error)))
      t.ok((await db.selectFrom('calendar_texts').select('talk_id').execute()).length > 0)
    })

    await t.test('a second House, terms that run out and a person who is erased', async t => {
      await sql`insert into houses select (jsonb_populate_record(h, '{"slug": "third"}'::jsonb || jsonb_build_object('id', gen_random_uuid()))).*
        from houses h where slug = 'almaty'`.execute(db)
      t.match(await verify(db, 'third'), [{ rows: 0, fault: undefined }], 'its journal began')
      const later = clock.now.plus({ years: 2 })
      await sql`update talks set state = 'held', heads_counted = 30, outcome_at = ${later}`.execute(db)
      t.match(await eraseAddress(db, { secret, dataDir: folder }, 'asel@mektep.example', later), { erased: 1 })
      await runRetention(db, later, folder)
    })

    await t.test('the processes themselves start as it, and say so', async t => {
      const url = here.url ?? ''
      const port = await freePort(20_000)
      const worker = command(t, ['worker.ts'], { ...settings(), DATABASE_URL: url })
      const web = command(t, ['web.ts'], {
        ...settings(),
        DATABASE_URL: url,
        PORT: String(port),
        DRAIN_SECONDS: '0',
      })
      await Promise.all([worker.saying('worker: ready'), web.saying('web: ')])
      t.equal((await fetch(`http://127.0.0.1:${port}/readyz`)).status, 200)
      for (const one of [worker, web]) one.child.kill('SIGTERM')
      t.same(await Promise.all([worker.ended, web.ended]), [0, 0])
      t.notMatch(worker.said() + web.said(), /permission denied/)
      const audit = command(t, ['tools/audit.ts', 'verify'], { ...settings(), DATABASE_URL: url })
      t.equal(await audit.ended, 0, audit.said())
    })

    await t.test('the journal and its heads are not its to write', async t => {
      const before = await verify(db)
      t.ok(before.some(it => it.rows > 2))
      const forbidden = [
        `update journal set kind = 'x'`,
        `delete from journal`,
        `truncate journal`,
        `insert into journal select * from journal limit 1`,
        `update journal_heads set n = 0`,
        `delete from journal_heads`,
        `insert into journal_heads values (gen_random_uuid(), 0, repeat('0', 64))`,
        `truncate journal_heads cascade`,
        `alter table journal disable trigger all`,
        `alter table journal disable trigger the_journal_is_only_added_to`,
        `drop trigger the_journal_is_only_added_to on journal`,
        `alter table journal_heads add column x int`,
        `drop table journal`,
        `create or replace function write_journal(entries jsonb) returns void language sql as 'select'`,
        `create or replace function keep_journal() returns trigger language plpgsql as 'begin return new; end'`,
        `alter function write_journal(jsonb) security invoker`,
        `drop function write_journal(jsonb)`,
        `set session_replication_role = replica`,
        `set role postgres`,
        `create table public.mine (x int)`,
        `create function public.sha256(bytea) returns bytea language sql as 'select $1'`,
      ]
      for (const statement of forbidden) {
        const code = await sql
          .raw(statement)
          .execute(db)
          .then(
            () => 'done',
            (error: { code?: string }) => error.code,
          )
        t.equal(code, '42501', statement)
      }
      // an object of its own that stands in the way of the function's names is not looked at
      await t.rejects(
        db.transaction().execute(async trx => {
          const bare = trx.withoutPlugins()
          await sql`create temporary table journal_heads (house_id uuid, n int, hash text)`.execute(bare)
          await sql`insert into pg_temp.journal_heads select id, 900, repeat('f', 64) from houses`.execute(bare)
          await sql`select write_journal(jsonb_build_array(jsonb_build_object('house_id', id, 'at', now(), 'by_whom', 'system', 'place', '', 'kind', 'x',
            'thing', 'house', 'thing_id', '', 'old', '{}', 'new', '{}'))) from houses`.execute(bare)
          const { rows } = await sql<{ n: number }>`select max(n) as n from public.journal`.execute(bare)
          throw new Error(Number(rows[0]?.n) < 900 ? 'untouched' : 'led astray')
        }),
        { message: 'untouched' },
      )
      t.same(await verify(db), before)
    })

    await t.test('the grants name every table, and the journal to be read alone', async t => {
      const { rows } = await sql<{ name: string; may: string }>`
        select c.relname as name, concat_ws(' ', case when has_table_privilege(c.oid, 'select') then 'select' end,
          case when has_table_privilege(c.oid, 'insert') then 'insert' end, case when has_table_privilege(c.oid, 'update') then 'update' end,
          case when has_table_privilege(c.oid, 'delete') then 'delete' end, case when has_table_privilege(c.oid, 'truncate') then 'truncate' end) as may
        from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`.execute(db)
      t.same(
        rows.filter(it => it.may !== 'select insert update delete'),
        readOnly.toSorted().map(name => ({ name, may: 'select' })),
      )
    })

    await t.test('a role that owns the journal, a name that is none and an embedded database are refused', async t => {
      const said = command(t, ['tools/grants.ts', 'postgres'], { ...settings(), DATABASE_URL: owner })
      t.equal(await said.ended, 0)
      await t.rejects(sql.raw(said.said()).execute(ownersDb), { message: /choose another/ })
      await sql`rollback`.execute(ownersDb)
      for (const [words, environment, message] of [
        [['x; drop'], { DATABASE_URL: owner }, /^name the role/],
        [[], { DATABASE_URL: owner }, /^name the role/],
        [[role], {}, /^DATABASE_URL is required/],
      ] as const) {
        const refused = command(t, ['tools/grants.ts', ...words], { ...settings(), ...environment })
        t.equal(await refused.ended, 2)
        t.match(refused.said(), message)
      }
    })
  },
)
