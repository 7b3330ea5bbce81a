import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { DateTime } from 'luxon'
import t, { type Test } from 'tap'
import { headsIn, isRewritten } from '../../src/audit/head-rules.ts'
import { newestOf } from '../../src/backups/rules.ts'
import { remember } from '../../src/base/db/changes.ts'
import { databaseNow } from '../../src/base/db/moment.ts'
import { type Db, openDatabase } from '../../src/base/db/open.ts'
import { transact } from '../../src/base/db/transact.ts'
import { folderMailer, type Mail } from '../../src/base/mail.ts'
import { cast } from '../cast.ts'
import { freshDatabase, freshFolder } from '../database.ts'
import { server } from '../postgres.ts'
import { leaveTraces, where } from '../privacy/traces.ts'
import { command, secret } from '../running/process.ts'
import { booked } from '../talks/booked.ts'

const passphrase = 'a passphrase of the tests'
const folder = mkdtempSync(path.join(tmpdir(), 'kezdesu-care-'))
t.teardown(() => rmSync(folder, { recursive: true, force: true }))

/** A database that commands open themselves; `inside` is where this test looks into it in between. */
type House = {
  settings: Record<string, string>
  inside: <Result>(work: (db: Db) => Promise<Result>) => Promise<Result>
  /** The same settings with a database that has no tables yet. */
  emptied: () => Promise<House>
}

async function onServer(t: Test, on: string, dataDir: string, bare = false): Promise<House> {
  const database = await freshDatabase(on)
  t.teardown(database.close)
  if (bare) await sql`drop schema public cascade; create schema public; drop schema pgboss cascade`.execute(database.db)
  return {
    settings: {
      DATABASE_URL: database.url ?? '',
      DATA_DIR: dataDir,
      APP_SECRET: secret,
      BACKUP_PASSPHRASE: passphrase,
    },
    inside: work => work(database.db),
    emptied: () => onServer(t, on, dataDir, true),
  }
}

async function embedded(dataDir: string): Promise<House> {
  const place = path.join(dataDir, 'database')
  const house: House = {
    settings: { DATA_DIR: dataDir, APP_SECRET: secret, BACKUP_PASSPHRASE: passphrase },
    inside: async work => {
      const database = await openDatabase({ folder: place }, undefined, false)
      return work(database.db).finally(database.close)
    },
    emptied: async () => {
      rmSync(place, { recursive: true, force: true })
      return house
    },
  }
  mkdirSync(dataDir, { recursive: true })
  await freshFolder(place)
  return house
}

const run = async (t: Test, { settings }: Pick<House, 'settings'>, tool: string, ...words: string[]) => {
  const quick = { NODE_COMPILE_CACHE: path.join(import.meta.dirname, '../../node_modules/.cache/node') }
  const one = command(t, [`tools/${tool}.ts`, ...words], { ...quick, ...settings }, [], ['--liftoff-only'])
  const code = await one.ended
  return { code, said: one.said() }
}

const houseId = async (db: Db) =>
  (await db.selectFrom('houses').select('id').where('slug', '=', 'almaty').executeTakeFirstOrThrow()).id
const write = (db: Db, house: string, at: DateTime, n: number) =>
  transact(db, trx =>
    remember(trx, { houseId: house, kind: 'group-kept', at, byWhom: 'system', detail: { group: house, n } }),
  )
/** What somebody does who may do everything: the triggers are off for as long. */
const asSuperuser = (db: Db, ...statements: string[]) =>
  db.transaction().execute(async trx => {
    const bare = trx.withoutPlugins()
    for (const statement of [
      'alter table journal disable trigger all',
      ...statements,
      'alter table journal enable trigger all',
    ])
      await sql.raw(statement).execute(bare)
  })

const on = server()
const places: [string, (t: Test) => Promise<House>][] = [
  ...(on ? [['PostgreSQL', (t: Test) => onServer(t, on, path.join(folder, 'server'))] as const] : []),
  ['the embedded database', () => embedded(path.join(folder, 'embedded'))],
].map(([name, make]) => [name as string, make as (t: Test) => Promise<House>])

for (const [name, make] of places)
  t.test(`on ${name}`, async t => {
    const house = await make(t)
    const heads = path.join(folder, `${name}.heads`)
    const audit = (...words: string[]) => run(t, house, 'audit', ...words)
    // a start of the embedded database costs seconds: what does not depend on it is asked of the server alone
    const all = name === 'PostgreSQL' || !on

    await t.test(
      'npm run audit reads the journal whole, and heads kept elsewhere tell a chain that was rewritten',
      async t => {
        await house.inside(async db => {
          const now = await databaseNow(db)
          for (let n = 1; n <= 5; n++) await write(db, await houseId(db), now, n)
        })
        const printed = await audit('head')
        t.equal(printed.code, 0)
        t.match(printed.said, /^[0-9a-f-]{36} 5 [0-9a-f]{64} almaty 20\S+Z\n[0-9a-f-]{36} 0 0{64} \w+ 20\S+Z\n$/)
        writeFileSync(heads, printed.said)
        const [kept] = headsIn(printed.said) ?? []
        const whole = await audit('verify', 'almaty', '--heads', heads)
        t.match(whole, {
          code: 0,
          said: `almaty: 5 rows, whole, head ${kept?.hash}\ncompared with the heads in ${heads}\n`,
        })

        // everything anew, one row more, and the head as it should be: the chain itself is whole
        await house.inside(async db => {
          const [id, now] = [await houseId(db), await databaseNow(db)]
          await asSuperuser(
            db,
            `delete from journal where house_id = '${id}'`,
            `update journal_heads set n = 0, hash = repeat('0', 64) where house_id = '${id}'`,
          )
          for (let n = 11; n <= 16; n++) await write(db, id, now, n)
        })
        if (all) t.match(await audit('verify', 'almaty'), { code: 0, said: /^almaty: 6 rows, whole, .*\nnot compared/ })
        t.match(await audit('verify', '--heads', heads), {
          code: 1,
          said: /^almaty: 6 rows, BROKEN at row 5: rewritten\n/m,
        })
        if (all) {
          await house.inside(async db => {
            const id = await houseId(db)
            await asSuperuser(
              db,
              `delete from journal where house_id = '${id}' and n > 3`,
              `update journal_heads h set n = 3, hash = (select hash from journal where house_id = h.house_id and n = 3) where house_id = '${id}'`,
            )
          })
          t.match(await audit('verify', '--heads', heads), {
            code: 1,
            said: /^almaty: 3 rows, BROKEN at row 4: missing\n/m,
          })
        }
        await house.inside(db => asSuperuser(db, `update journal set kind = 'nothing' where n = 2`))
        t.match(await audit('verify'), { code: 1, said: /^almaty: \d rows, BROKEN at row 2: changed\n/m })
        await house.inside(db =>
          asSuperuser(db, 'delete from journal', `update journal_heads set n = 0, hash = repeat('0', 64)`),
        )
      },
    )

    await t.test('npm run forget erases a person by their address, and says what stands in the way', async t => {
      const mail = path.join(house.settings['DATA_DIR'] ?? '', 'mail')
      const backup = path.join(folder, `kezdesu-20261101T000000Z.backup`)
      const { speaker, needles } = await house.inside(async db => {
        const now = await databaseNow(db)
        const day = (days: number) => now.plus({ days }).toISODate() ?? ''
        const talk = await booked(db, now.minus({ days: 9 }), { day: day(-3), team: [cast.psychologist] })
        await booked(db, now, { day: day(3), team: [cast.lawyer], host: 1 })
        const speaker = await leaveTraces(db, talk, now.minus({ days: 9 }))
        await sql`update talks set state = 'held', heads_counted = 61, outcome_at = ${now} where id = ${talk.talkId}`.execute(
          db,
        )
        await write(db, talk.houseId, now, 1)
        const names = [speaker.name_kk, speaker.name_ru, speaker.name_en, speaker.address_kk, speaker.address_ru]
        return {
          speaker,
          needles: [...new Set([...names, speaker.email, speaker.phone ?? '', 'moved@kezdesu.example'])],
        }
      })
      await catchLetters(mail, [
        { to: speaker.email, text: 'Шақыру' },
        { to: 'saule@mektep.example', text: `Дәріскер: ${speaker.name_kk}` },
        { to: cast.lawyer, text: 'Шақыру' },
      ])
      rmSync(backup, { force: true })
      t.match(await run(t, house, 'backup', backup), { code: 0, said: /rows in .*, read back and compared; sealed/ })

      const forget = (address: string) => run(t, house, 'forget', address)
      if (all) t.match(await forget('nobody@kezdesu.example'), { code: 0, said: 'nobody has this address\n' })
      t.match(await forget(cast.lawyer), { code: 2, said: /^first settle what is ahead: request \d+\n$/ })
      if (all)
        t.match(await forget(cast.coordinator), { code: 2, said: /^this is an account of staff: close it first at/ })
      // who had another address when the backup was made is known again all the same
      await house.inside(db =>
        sql`update speakers set email = 'moved@kezdesu.example' where id = ${speaker.id}`.execute(db),
      )
      t.match(await forget('Moved@kezdesu.example'), { code: 0, said: '1 people were erased\n' })
      t.same(await house.inside(db => where(db, needles)), [])
      t.same(
        readdirSync(mail).map(
          file => JSON.parse(readFileSync(path.join(mail, file.replace(/eml$/, 'json')), 'utf8')).to,
        ),
        [cast.lawyer, cast.lawyer],
        'letters to and about the erased are no files any more',
      )

      const later = path.join(folder, `${name}.later`)
      writeFileSync(later, (await run(t, house, 'audit', 'head', 'almaty')).said)
      const restored = await house.emptied()
      t.match(await run(t, restored, 'restore', backup), {
        code: 0,
        said: /^1 people who had been erased are erased again\n/,
      })
      t.same(await restored.inside(db => where(db, needles)), [])
      t.match(
        await restored.inside(db =>
          db.selectFrom('talks').select(['state', 'heads_counted']).orderBy('during').execute(),
        ),
        [{ state: 'held', heads_counted: 61 }, { state: 'booked' }],
      )
      t.ok((await restored.inside(db => where(db, [cast.lawyer]))).length > 0, 'nobody else is erased')
      t.match(
        await restored.inside(async db =>
          db
            .selectFrom('journal')
            .select(['n', 'kind', 'thing_id'])
            .where('house_id', '=', await houseId(db))
            .orderBy('n')
            .execute(),
        ),
        [{ kind: 'group-kept' }, { kind: 'restored', n: 2 }, { kind: 'person-erased', thing_id: speaker.id }],
      )
      // the backup of before knows where the journal ended: by itself, when it lies where backups are
      const settings = { ...house.settings, ...restored.settings, BACKUP_DIR: folder }
      t.match(await run(t, { settings }, 'audit', 'verify', 'almaty'), {
        code: 0,
        said: `compared with the heads in ${path.join(folder, newestOf(readdirSync(folder)) ?? '')}\n`,
      })
      t.match(await run(t, { settings }, 'audit', 'verify', 'almaty', '--heads', later), {
        code: 0,
        said: /^almaty: 3 rows, whole, head .{64}\nalmaty: row 2 says that the House was restored on 20\S+Z from the backup of 20\S+Z; what was written after that backup, up to row 2, went with the old database\ncompared/,
      })
      await restored.inside(async db => {
        const id = await houseId(db)
        await asSuperuser(db, `delete from journal`, `update journal_heads set n = 0, hash = repeat('0', 64)`)
        for (const n of [7, 8]) await write(db, id, await databaseNow(db), n)
      })
      t.match(await run(t, { settings }, 'audit', 'verify'), {
        code: 1,
        said: /^almaty: 2 rows, BROKEN at row 1: rewritten\n/m,
      })
    })
  })

/** Letters as files, as an installation without a mail server writes them. */
async function catchLetters(mail: string, letters: { to: string; text: string }[]): Promise<void> {
  rmSync(mail, { recursive: true, force: true })
  const mailer = folderMailer(mail)
  for (const [n, { to, text }] of letters.entries())
    await mailer.send({
      id: `00000000-0000-4000-8000-00000000000${n}`,
      kind: 'invitation',
      messageId: `${n}@kezdesu.example`,
      date: { toMillis: () => 1_795_000_000_000 + n, toJSDate: () => new Date(1_795_000_000_000 + n) } as Mail['date'],
      from: { name: 'Kezdesu', address: 'kezdesu@kezdesu.example' },
      to: { name: '', address: to },
      language: 'kk',
      subject: 'Шақыру',
      text,
      html: `<p>${text}</p>`,
    })
}

t.test('what a command cannot do is told in one line, exit code 2', async t => {
  const dataDir = path.join(folder, 'refused')
  const house = await embedded(dataDir)
  const other = on ? await onServer(t, on, dataDir) : house
  const bare = on ? await onServer(t, on, dataDir, true) : await (await embedded(path.join(folder, 'bare'))).emptied()
  const away = { settings: { ...house.settings, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x' } }
  const nothing = path.join(folder, 'nothing')
  writeFileSync(nothing, 'this is no head\n')
  const usage = /^npm run audit -- verify \[HOUSE\] \[--heads FILE\], or npm run audit -- head\n$/
  const cases: [Pick<House, 'settings'>, string, string[], RegExp][] = [
    [other, 'audit', [], usage],
    [other, 'audit', ['mend'], usage],
    [other, 'audit', ['verify', '--heads'], usage],
    [other, 'audit', ['verify', 'almaty', 'astana'], usage],
    [other, 'audit', ['verify', 'nowhere'], /^there is no House nowhere\n$/],
    [other, 'audit', ['head', 'nowhere'], /^there is no House nowhere\n$/],
    [other, 'audit', ['verify', '--heads', path.join(folder, 'gone')], /^[^\n]*gone cannot be read\n$/],
    [other, 'audit', ['verify', '--heads', nothing], /^[^\n]*nothing holds no heads: [^\n]*\n$/],
    [bare, 'audit', ['verify'], /^the database lacks migrations: run npm run migrate\n$/],
    [bare, 'forget', ['a@b.kz'], /^the database lacks migrations: run npm run migrate\n$/],
    [other, 'forget', [], /^name the address of the person: npm run forget -- ADDRESS\n$/],
    [other, 'forget', ['nurlanova'], /^name the address of the person: [^\n]*\n$/],
    [away, 'audit', ['verify'], /^the database does not answer: check DATABASE_URL\n$/],
    [away, 'forget', ['a@b.kz'], /^the database does not answer: check DATABASE_URL\n$/],
  ]
  for (const [place, tool, words, said] of cases)
    t.match(await run(t, place, tool, ...words), { code: 2, said }, `${tool} ${words.join(' ')}`)
  await house.inside(async () => {
    for (const [tool, word] of [
      ['audit', 'verify'],
      ['forget', 'a@b.kz'],
    ] as const)
      t.match(await run(t, house, tool, word), {
        code: 2,
        said: /^[^\n]* is in use by process \d+: stop it first[^\n]*\n$/,
      })
  })
  t.notOk(existsSync(path.join(dataDir, 'tombstones')))
})

t.test('a file of heads may hold those of many days', async t => {
  const id = '0190a0a0-0000-4000-8000-000000000001'
  const [a, b] = ['a'.repeat(64), 'b'.repeat(64)]
  const kept = headsIn(`${id} 3 ${a} almaty\n\n${id} 9 ${b}\r\n`)
  t.same(kept, [
    { houseId: id, n: 3, hash: a },
    { houseId: id, n: 9, hash: b },
  ])
  t.equal(isRewritten(kept ?? [], { n: 3, hash: a }), false)
  t.equal(isRewritten(kept ?? [], { n: 4, hash: b }), false)
  t.equal(isRewritten(kept ?? [], { n: 9, hash: a }), true)
  const dated = headsIn(`${id} 9 ${b} almaty 2026-11-24T08:00:00.000Z\n`)
  t.same(dated, [{ houseId: id, n: 9, hash: b, at: '2026-11-24T08:00:00.000Z' }])
  // a restore explains a head that was kept before it and beyond its row, and no other
  const restoredAt = (n: number, iso: string) => [{ n, at: DateTime.fromISO(iso), backup: '' }]
  for (const [n, iso, lost] of [
    [4, '2026-11-24T08:00:01Z', true],
    [9, '2026-11-24T08:00:01Z', true],
    [10, '2026-11-24T08:00:01Z', false],
    [4, '2026-11-24T08:00:00Z', false],
  ] as const) {
    t.equal(isRewritten(dated ?? [], { n: 9, hash: a }, restoredAt(n, iso)), !lost, `row ${n} at ${iso}`)
    t.equal(isRewritten(kept ?? [], { n: 9, hash: a }, restoredAt(n, iso)), true, 'a head without its time stays one')
  }
  for (const text of ['', '\n', `${id} 3 ${a} almaty\nx`, `${id} three ${a}`]) t.equal(headsIn(text), undefined)
})
