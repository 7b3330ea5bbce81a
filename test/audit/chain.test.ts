import fc from 'fast-check'
import { sql } from 'kysely'
import { DateTime } from 'luxon'
import { t } from 'tap'
import { tellHeads } from '../../src/audit/head-actions.ts'
import { headsIn } from '../../src/audit/head-rules.ts'
import { along, type Head, type Row, textOf } from '../../src/audit/rules.ts'
import { verify } from '../../src/audit/verify-actions.ts'
import { findJournals, headOf, rowsOf } from '../../src/audit/verify-store.ts'
import { remember } from '../../src/base/db/changes.ts'
import { entryOf } from '../../src/base/db/journal.ts'
import { transact } from '../../src/base/db/transact.ts'
import { hashOf } from '../../src/base/secrets.ts'
import { server, world } from '../world.ts'

const house = '00000000-0000-4000-8000-000000000001'

/** A whole chain of so many rows. */
function chainOf(count: number): { rows: Row[]; head: Head } {
  const rows: Row[] = []
  for (let n = 1; n <= count; n++) {
    const previous = rows.at(-1)?.hash ?? '0'.repeat(64)
    const row = { n, micros: `${n}000000`, byWhom: 'account', actorId: null, place: '10.0.0.0', kind: 'booked' }
    const whole = { ...row, thing: 'talk', thingId: `${n}`, old: '{}', new: `{"n":${n}}`, previous, hash: '' }
    rows.push({ ...whole, hash: hashOf(textOf(house, whole, n, previous)) })
  }
  return { rows, head: { n: count, hash: rows.at(-1)?.hash ?? '' } }
}

function judge(rows: Row[], head: Head | undefined) {
  const chain = along(house, head, rows.length, hashOf)
  for (const row of rows) {
    const fault = chain.next(row)
    if (fault) return fault
  }
  return chain.end()
}

const count = fc.integer({ min: 3, max: 40 })
const places = count.chain(n => fc.record({ n: fc.constant(n), at: fc.integer({ min: 1, max: n }), seed: fc.nat() }))

t.test('a chain that nobody touched is whole', async t => {
  fc.assert(fc.property(count, n => judge(chainOf(n).rows, chainOf(n).head) === undefined))
  t.equal(judge([], { n: 0, hash: '0'.repeat(64) }), undefined)
})

t.test('any edit of any column is found at its row', async t => {
  const columns = ['micros', 'byWhom', 'actorId', 'place', 'kind', 'thing', 'thingId', 'old', 'new', 'hash'] as const
  fc.assert(
    fc.property(places, fc.constantFrom(...columns), fc.string({ minLength: 1 }), ({ n, at }, column, text) => {
      const { rows, head } = chainOf(n)
      const row = rows[at - 1]!
      fc.pre(row[column] !== text)
      rows[at - 1] = { ...row, [column]: text }
      const fault = judge(rows, head)
      return fault?.n === at && fault.how === 'changed'
    }),
  )
  t.pass()
})

t.test('an edit that was sealed anew is found at its row, at the end by the head', async t => {
  fc.assert(
    fc.property(places, ({ n, at }) => {
      const { rows, head } = chainOf(n)
      const row = { ...rows[at - 1]!, new: '{"n":0}' }
      rows[at - 1] = { ...row, hash: hashOf(textOf(house, row, at, row.previous)) }
      const fault = judge(rows, head)
      return fault?.n === at && fault.how === (at === n ? 'head' : 'changed')
    }),
  )
  t.pass()
})

t.test('a row that was taken out is missed, whether or not those behind it were numbered anew', async t => {
  fc.assert(
    fc.property(places, fc.boolean(), ({ n, at }, anew) => {
      const { rows, head } = chainOf(n)
      rows.splice(at - 1, 1)
      if (anew) for (const row of rows.slice(at - 1)) row.n--
      const fault = judge(rows, head)
      return fault?.n === at && fault.how === 'missing'
    }),
  )
  t.pass()
})

t.test('two rows that changed places are found at the first of them', async t => {
  fc.assert(
    fc.property(places, ({ n, at, seed }) => {
      const { rows, head } = chainOf(n)
      const other = 1 + (seed % n)
      fc.pre(other !== at)
      const [a, b] = [Math.min(at, other), Math.max(at, other)]
      const [first, second] = [rows[a - 1]!, rows[b - 1]!]
      ;[rows[a - 1], rows[b - 1]] = [
        { ...second, n: a },
        { ...first, n: b },
      ]
      const fault = judge(rows, head)
      return fault?.n === a && fault.how === 're-ordered'
    }),
  )
  t.pass()
})

t.test('a row put in between is found, sealed or not', async t => {
  fc.assert(
    fc.property(places, fc.boolean(), ({ n, at, seed }, sealed) => {
      const { rows, head } = chainOf(n)
      const row = { ...rows[seed % n]!, n: at, new: '{"forged":1}', previous: rows[at - 2]?.hash ?? '0'.repeat(64) }
      if (sealed) row.hash = hashOf(textOf(house, row, at, row.previous))
      for (const later of rows.slice(at - 1)) later.n++
      rows.splice(at - 1, 0, row)
      const fault = judge(rows, head)
      return fault?.n === at && fault.how === 'added'
    }),
  )
  t.pass()
})

t.test('a head that is gone or another is found', async t => {
  const { rows, head } = chainOf(5)
  t.same(judge(rows, undefined), { n: 5, how: 'head' })
  t.same(judge(rows, { ...head, hash: 'f'.repeat(64) }), { n: 5, how: 'head' })
  t.same(judge(rows, { ...head, n: 6 }), { n: 6, how: 'missing' })
})

t.test('of a text, a token, an address or a phone the journal keeps only that there was one', async t => {
  const at = DateTime.fromISO('2026-11-23T03:45:00Z', { zone: 'utc' })
  const secrets = [
    'Сәуле Ахметқызы',
    'saule@mektep.example',
    '+77010000008',
    'aB3_'.repeat(10),
    'two words',
    '77010000008',
  ]
  for (const text of secrets) {
    const entry = entryOf({ houseId: house, kind: 'written', at, byWhom: 'contact', detail: { text } }, '10.0.0.0')
    t.equal(entry.new, '{"text":"…"}', text)
  }
  const { old, new: now } = entryOf(
    {
      houseId: house,
      kind: 'role-changed',
      at,
      byWhom: 'account',
      accountId: house,
      detail: { account: house, role: 'viewer', roleBefore: 'coordinator' },
    },
    '',
  )
  t.same([old, now], ['{"role":"coordinator"}', '{"role":"viewer"}'])
})

const url = server()
for (const on of [undefined, ...(url ? [url] : [])])
  t.test(`on ${on ? 'PostgreSQL' : 'PGlite'}: rows are only added, and what a superuser does is found`, async t => {
    const { db, clock } = await world(t, on)
    const { id: houseId } = await db
      .selectFrom('houses')
      .select('id')
      .where('slug', '=', 'almaty')
      .executeTakeFirstOrThrow()
    const command = (n: number) =>
      transact(db, trx =>
        remember(trx, { houseId, kind: 'group-kept', at: clock.now, byWhom: 'system', detail: { group: houseId, n } }),
      )
    await Promise.all(Array.from({ length: 50 }, (_, n) => command(n)))
    const [verdict] = await verify(db, 'almaty')
    t.match(verdict, { rows: 50, fault: undefined }, 'fifty commands at once make one chain')

    for (const change of [
      sql`update journal set kind = 'nothing' where n = 7`,
      sql`delete from journal where n = 7`,
      sql`truncate journal`,
    ])
      await t.rejects(change.execute(db), { message: /never changed or taken away/ })

    const tampered = async (...statements: ReturnType<typeof sql>[]) => {
      try {
        await db.transaction().execute(async trx => {
          const bare = trx.withoutPlugins()
          await sql`alter table journal disable trigger all`.execute(bare)
          for (const statement of statements) await statement.execute(bare)
          const [house] = await findJournals(bare, 'almaty')
          const chain = along(houseId, headOf(house!), Number(house!.total), hashOf)
          for await (const row of rowsOf(bare, houseId)) {
            const fault = chain.next(row)
            if (fault) throw Object.assign(new Error('rolled back'), { fault })
          }
          throw Object.assign(new Error('rolled back'), { fault: chain.end() })
        })
      } catch (error) {
        return (error as { fault?: unknown }).fault
      }
      return undefined
    }
    t.same(await tampered(sql`update journal set at = at + interval '1 microsecond' where n = 7`), {
      n: 7,
      how: 'changed',
    })
    t.same(await tampered(sql`delete from journal where n = 7`), { n: 7, how: 'missing' })
    t.same(await tampered(sql`delete from journal where n = 50`), { n: 50, how: 'missing' })
    t.same(
      await tampered(
        sql`update journal set n = 1000 where n = 7`,
        sql`update journal set n = 7 where n = 9`,
        sql`update journal set n = 9 where n = 1000`,
      ),
      { n: 7, how: 're-ordered' },
    )
    await command(51)
    t.match(await verify(db), [
      { slug: 'almaty', rows: 51, fault: undefined },
      { rows: 0, fault: undefined },
    ])

    const said: Record<string, unknown>[] = []
    await tellHeads(db, clock.now, line => said.push(line))
    t.same(
      said.map(it => it['where']),
      said.map(() => 'journal'),
    )
    const kept = headsIn(said.map(it => it['head']).join('\n')) ?? []
    t.match(
      await verify(db, 'almaty', kept),
      [{ fault: undefined }],
      'a log kept elsewhere holds heads to compare with',
    )
    t.match(
      await verify(
        db,
        'almaty',
        kept.map(it => ({ ...it, hash: 'f'.repeat(64) })),
      ),
      [{ fault: { n: 51, how: 'rewritten' } }],
    )

    // what says that a House was restored, and is damaged, explains nothing away
    for (const told of ['{', 'null', '[]', '5', ''])
      await sql`select write_journal(jsonb_build_array(jsonb_build_object('house_id', ${houseId}::text, 'at', '2026-11-23T04:00:00Z', 'by_whom', 'system',
        'place', '', 'kind', 'restored', 'thing', 'house', 'thing_id', '', 'old', '{}', 'new', ${told}::text)))`.execute(
        db,
      )
    t.match(await verify(db, 'almaty'), [{ rows: 56, fault: undefined, restored: [] }])
  })
