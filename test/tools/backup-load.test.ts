import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import t from 'tap'
import { backup } from '../../src/backups/backup.ts'
import { sumOf, tablesInOrder } from '../../src/backups/contents.ts'
import { restore } from '../../src/backups/restore.ts'
import { databaseNow } from '../../src/base/db/moment.ts'
import type { Db } from '../../src/base/db/open.ts'
import { transact } from '../../src/base/db/transact.ts'
import { sleeping } from '../../src/base/jobs.ts'
import { listMailer, type Mail } from '../../src/base/mail.ts'
import { makers } from '../../src/letters.ts'
import { deliverDue } from '../../src/messages/actions.ts'
import { releaseMail } from '../../src/messages/ledger-actions.ts'
import { tell } from '../../src/messages/store.ts'
import { freshDatabase } from '../database.ts'
import { server } from '../postgres.ts'
import { booked, secret } from '../talks/booked.ts'

// all twenty take two minutes: ROUNDS=20
const rounds = Number(process.env['ROUNDS'] ?? 3)
const on = server()
const passphrase = 'a passphrase of the tests'

t.test(
  `${rounds} backups at random moments under load come back equal, and nothing is sent again`,
  { skip: on ? false : 'needs a PostgreSQL' },
  async t => {
    const folder = mkdtempSync(path.join(tmpdir(), 'kezdesu-load-'))
    t.teardown(() => rmSync(folder, { recursive: true, force: true }))
    const first = await freshDatabase(on)
    t.teardown(first.close)
    const mails: Mail[] = []
    const desk = { publicUrl: 'http://127.0.0.1:3000', secret, mailFrom: 'kezdesu@kezdesu.example' }
    const postOf = (db: Db, into: Mail[]) => ({ db, mailer: listMailer(into), makers, desk, now: databaseNow })

    let loading = true
    let told = 0
    const talk = await booked(first.db, await databaseNow(first.db), { day: '2030-11-26', team: [] })
    // each writes a letter and what caused it in one transaction, so a snapshot has both or neither
    const write = async () => {
      while (loading) {
        const now = await databaseNow(first.db)
        const n = told++
        await transact(first.db, async trx => {
          await sql`insert into changes (house_id, kind, at, by_whom, detail) values (${talk.houseId}, ${`load ${n}`}, now(), 'system', '{}')`.execute(
            trx,
          )
          await tell(trx, sleeping, now, [
            {
              ...{ houseId: talk.houseId, kind: 'talk-booked', cause: `talk:${talk.talkId}`, version: 1 },
              ...{ recipient: `contact:${n}`, address: `host${n}@mektep.example`, language: 'kk' },
              ...{ dueAt: now, talkId: talk.talkId, requestId: talk.requestId },
            },
          ])
        })
        await pause(5)
      }
    }
    const send = async () => {
      while (loading) {
        await deliverDue(postOf(first.db, mails))
        await pause(30)
      }
    }
    const load = [write(), write(), send(), send()]
    const restored: { sums: Record<string, unknown>; mails: Mail[] }[] = []
    for (let round = 0; round < rounds; round++) {
      await pause(Math.random() * 400)
      const file = path.join(folder, `${round}`)
      const { sums, rows } = await backup(first, { file, passphrase, secret })
      const into = await freshDatabase(on)
      for (const table of (await tablesInOrder(into.db)).toReversed())
        await sql`delete from ${sql.table(table)}`.execute(into.db)
      t.equal((await restore(into.db, file, passphrase)).rows, rows)
      for (const [table, sum] of Object.entries(sums))
        if (table !== 'messages' && table !== 'settings') t.same(await sumOf(into.db, table), sum, table)
      const { rows: halves } = await sql`
        select from (select substr(kind, 6) as n from changes where kind like 'load %') c
        full join (select substr(recipient, 9) as n from messages where recipient ~ '^contact:\\d+$') m using (n)
        where c.n is null or m.n is null`.execute(into.db)
      t.equal(halves.length, 0, 'no half of a transaction')
      const again: Mail[] = []
      t.equal(await deliverDue(postOf(into.db, again)), 0)
      await releaseMail(into.db)
      await deliverDue(postOf(into.db, again))
      restored.push({ sums, mails: again })
      await into.close()
    }
    loading = false
    await Promise.all(load)
    t.ok(mails.length > rounds * 3, `${mails.length} letters were sent meanwhile`)
    t.equal(new Set(mails.map(({ messageId }) => messageId)).size, mails.length)
    t.same(
      restored.map(it => it.mails.length),
      restored.map(() => 0),
      'none of them again',
    )
  },
)
