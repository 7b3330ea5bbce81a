import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { codeOf } from '../base/db/errors.ts'
import { migrate } from '../base/db/migrate.ts'
import { type Db, openDatabase } from '../base/db/open.ts'
import type { Place } from '../base/db/place.ts'
import type { Proved } from './file.ts'
import { restore } from './restore.ts'

/**
 * Restores a backup into a database made for that alone and thrown away afterwards: beside ours on the same server where
 * we may make one, else an embedded one beside the file. The restore itself compares the rows.
 */
export async function tryRestore(
  db: Db,
  databaseUrl: string | undefined,
  file: string,
  passphrase: string | undefined,
): Promise<Proved> {
  const url = databaseUrl && (await scratchOnServer(db, databaseUrl))
  if (url) return fill({ url: url.url }, file, passphrase).finally(url.drop)
  const folder = await mkdtemp(path.join(path.dirname(file), 'trial-'))
  return fill({ folder }, file, passphrase).finally(() => rm(folder, { recursive: true, force: true }))
}

async function fill(place: Place, file: string, passphrase: string | undefined): Promise<Proved> {
  const scratch = await openDatabase(place)
  try {
    await migrate(scratch.db)
    return await restore(scratch.db, file, passphrase)
  } finally {
    await scratch.close()
  }
}

/** Nothing where the role may make no database. */
async function scratchOnServer(db: Db, databaseUrl: string) {
  const { rows } = await sql<{ name: string }>`select left(current_database(), 50) || '_trial' as name`.execute(db)
  const name = rows[0]?.name ?? ''
  const drop = async () => {
    await sql`drop database if exists ${sql.id(name)} with (force)`.execute(db)
  }
  try {
    await drop()
    await sql`create database ${sql.id(name)}`.execute(db)
  } catch (error) {
    if (codeOf(error) === '42501') return
    throw error
  }
  const url = new URL(databaseUrl)
  url.pathname = `/${name}`
  return { url: url.href, drop }
}
