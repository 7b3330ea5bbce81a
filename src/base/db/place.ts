import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Where the data lie: a PostgreSQL server, a folder of the embedded database, or nowhere but in memory. */
export type Place = { url: string } | { folder: string } | { memory: true }

/** A folder that this process cannot have, and why. */
export class Unusable extends Error {}
/** Another process has it. */
export class InUse extends Unusable {}

// a lock that nothing refers to would be collected, and with it closed
const held = new Set<DatabaseSync>()

/**
 * Takes the folder for this process. SQLite's kernel lock ends with the process, however it ends, so a kill -9
 * leaves nothing in the way; a second process is refused within a millisecond. PGlite itself would let it in and lose rows.
 */
export function claim(folder: string): () => void {
  const owner = path.join(folder, 'owner')
  const lock = openLock(folder)
  try {
    lock.exec('begin exclusive')
  } catch (cause) {
    lock.close()
    const process = readOwner(owner)
    throw new InUse(
      `${folder} is in use by process ${process}: stop it first, or set DATABASE_URL to share one PostgreSQL`,
      { cause },
    )
  }
  writeFileSync(owner, String(process.pid))
  held.add(lock)
  return () => {
    held.delete(lock)
    lock.close()
  }
}

function openLock(folder: string): DatabaseSync {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return new DatabaseSync(path.join(folder, 'lock'))
  } catch (cause) {
    throw new Unusable(`DATA_DIR cannot be used: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

function readOwner(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return 'unknown'
  }
}
