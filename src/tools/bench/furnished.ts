import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { migrate } from '../../base/db/migrate.ts'
import { databaseNow } from '../../base/db/moment.ts'
import { type Db, openDatabase } from '../../base/db/open.ts'
import { keepSetting } from '../../base/db/settings.ts'
import { transact } from '../../base/db/transact.ts'
import { publishAll } from '../../calendars/publish.ts'
import { deskOf } from '../../calendars/texts.ts'
import { seedDemonstration } from '../seed/demonstration.ts'
import type { Size } from '../seed/sizes.ts'

/** What every process on a furnished database is started with. */
export const furnishedSecret = 'a secret of the benchmark, 32 characters'

const migrations = path.join(import.meta.dirname, '../../../migrations')

/**
 * A database of this run with a whole demonstration and the texts of its calendars. They are made once and copied: a
 * nation's 200,000 talks take ten minutes to make and half a minute to copy.
 */
export async function furnishedOn(server: string, size: Size, publicUrl = 'http://127.0.0.1:3000') {
  const outer = await openDatabase({ url: server })
  const made = `kezdesu_made_${size}_${createHash('sha256').update(readdirSync(migrations).join()).digest('hex').slice(0, 12)}`
  const urlOf = (name: string) => {
    const url = new URL(server)
    url.pathname = `/${name}`
    return url.href
  }
  const { rows } = await sql`select from pg_database where datname = ${made}`.execute(outer.db)
  if (rows.length === 0) {
    const part = `${made}_part`
    await sql`drop database if exists ${sql.id(part)}`.execute(outer.db)
    await sql`create database ${sql.id(part)}`.execute(outer.db)
    const { db, close } = await openDatabase({ url: urlOf(part) })
    await furnish(db, size, publicUrl).finally(close)
    await sql`alter database ${sql.id(part)} rename to ${sql.id(made)}`.execute(outer.db)
  }
  const name = `kezdesu_bench_${size}_${process.pid}`
  await outer.db.connection().execute(async one => {
    await sql`set statement_timeout = 0`.execute(one)
    await sql`create database ${sql.id(name)} template ${sql.id(made)}`.execute(one)
  })
  const drop = async () => {
    await sql`drop database ${sql.id(name)} with (force)`.execute(outer.db)
    await outer.close()
  }
  return { url: urlOf(name), database: await openDatabase({ url: urlOf(name) }), drop }
}

export async function furnish(db: Db, size: Size, publicUrl: string): Promise<void> {
  await migrate(db)
  const now = await databaseNow(db)
  const secret = furnishedSecret
  await seedDemonstration(db, { size, seed: 1, now, secret, say: () => {} })
  await keepSetting(db, 'clock_shift_ms', '0')
  await keepSetting(db, 'letter_suffices', 'demonstration')
  // nine tenths of the talks lie behind every feed's window: nothing is to be written of them
  await transact(db, async trx => {
    await sql`set local statement_timeout = 0`.execute(trx)
    await sql`update talk_calendars c set written = revision from talks t
      where t.id = c.talk_id and upper(t.during) < ${now.minus({ days: 60 })}`.execute(trx)
  })
  await publishAll(db, deskOf({ publicUrl, mailFrom: 'kezdesu@kezdesu.example' }), now, error => {
    throw error
  })
  await db.connection().execute(async one => {
    await sql`set statement_timeout = 0`.execute(one)
    await sql`vacuum analyze`.execute(one)
  })
}
