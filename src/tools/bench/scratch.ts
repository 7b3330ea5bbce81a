import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { openDatabase } from '../../base/db/open.ts'

/** An empty database of this run on a PostgreSQL; `drop` takes it away, whoever is still connected. */
export async function scratchOn(server: string) {
  const name = `kezdesu_bench_${randomBytes(4).toString('hex')}`
  const outer = await openDatabase({ url: server })
  await sql`create database ${sql.id(name)}`.execute(outer.db)
  const url = new URL(server)
  url.pathname = `/${name}`
  const drop = async () => {
    await sql`drop database ${sql.id(name)} with (force)`.execute(outer.db)
    await outer.close()
  }
  return { url: url.href, database: await openDatabase({ url: url.href }), drop }
}
