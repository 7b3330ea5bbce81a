import { promises as fs } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { FileMigrationProvider, Migrator } from 'kysely/migration'
import type { Db } from './open.ts'

const migrationFolder = path.join(import.meta.dirname, '../../../migrations')

const migrator = (db: Db) => new Migrator({ db, provider: new FileMigrationProvider({ fs, path, migrationFolder }) })

/** Brings the schema to this version; names what it ran. An advisory lock lets one process at a time do it. */
export async function migrate(db: Db): Promise<string[]> {
  // the migrator loads every migration and asks for all tables first: half a second of a start that has nothing to do
  if ((await pending(db)).length === 0) return []
  const { error, results = [] } = await migrator(db).migrateToLatest()
  if (error) throw error
  return results.filter(result => result.status === 'Success').map(result => result.migrationName)
}

/** Names of migrations that the database still lacks. */
export async function pending(db: Db): Promise<string[]> {
  const done = await applied(db)
  const files = await fs.readdir(migrationFolder)
  return files.map(file => path.parse(file).name).filter(name => !done.includes(name))
}

/** Names of migrations that the database has. */
export async function applied(db: Db): Promise<string[]> {
  const {
    rows: [table],
  } = await sql<{ there: boolean }>`select to_regclass('kysely_migration') is not null as there`.execute(db)
  if (!table?.there) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return rows.map(({ name }) => name)
}
