import { promises as fs } from 'node:fs'
import path from 'node:path'
import { FileMigrationProvider, Migrator } from 'kysely/migration'
import type { Db } from './open.ts'

const migrationFolder = path.join(import.meta.dirname, '../../../migrations')

const migrator = (db: Db) => new Migrator({ db, provider: new FileMigrationProvider({ fs, path, migrationFolder }) })

/** Brings the schema to this version; names what it ran. An advisory lock lets one process at a time do it. */
export async function migrate(db: Db): Promise<string[]> {
  const { error, results = [] } = await migrator(db).migrateToLatest()
  if (error) throw error
  return results.filter(result => result.status === 'Success').map(result => result.migrationName)
}

/** Names of migrations that the database still lacks. */
export async function pending(db: Db): Promise<string[]> {
  const all = await migrator(db).getMigrations()
  return all.filter(migration => !migration.executedAt).map(migration => migration.name)
}

/** Names of migrations that the database has. */
export async function applied(db: Db): Promise<string[]> {
  const all = await migrator(db).getMigrations()
  return all.filter(migration => migration.executedAt).map(migration => migration.name)
}
