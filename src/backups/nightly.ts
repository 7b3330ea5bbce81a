import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { endLease, takeLease } from '../base/db/lease.ts'
import { databaseNow } from '../base/db/moment.ts'
import type { Db } from '../base/db/open.ts'
import type { DateTime } from '../base/time.ts'
import { type Config, Mistake } from '../config.ts'
import { backup } from './backup.ts'
import { isDue, isTrialDue, nameAt, superfluous } from './rules.ts'
import { forgetRuns, hasHouses, lastRuns, noteRun } from './store.ts'
import { tryRestore } from './trial.ts'

export type Keeping = {
  db: Db
  embedded: boolean
  config: Pick<Config, 'databaseUrl' | 'secret' | 'backup'>
}

const leaseSeconds = 3600
const remembered = { days: 400 }

/**
 * Looks whether a backup or the restore of the week is due, and does it; of all processes one. How it ended is noted,
 * well or not, and what is no longer needed is thrown away only after a good one.
 */
export function keepBackups(world: Keeping, folder: string): () => Promise<void> {
  const { db } = world
  const holder = randomUUID()
  let began: DateTime | undefined
  return async () => {
    const now = await databaseNow(db)
    began ??= now
    const { backup: kept, trial } = await lastRuns(db)
    const backupDue = isDue(world.config.backup.at, now, began, kept.good, kept.last)
    const trialDue = kept.good !== undefined && isTrialDue(now, trial.last)
    if ((!backupDue && !trialDue) || !(await hasHouses(db))) return
    if (!(await takeLease(db, 'backup', holder, leaseSeconds))) return
    try {
      if (backupDue) await backUp(world, folder, now)
      else if (kept.good) await tryOne(world, path.join(folder, kept.good.file), now)
    } finally {
      await endLease(db, 'backup', holder)
    }
  }
}

/** Writes the backup of a night, and throws away those that are no longer needed. */
export async function backUp({ db, embedded, config }: Keeping, folder: string, now: DateTime): Promise<void> {
  const name = nameAt(now)
  const file = path.join(folder, name)
  const { passphrase } = config.backup
  await noted(db, { kind: 'backup', file: name, sealed: passphrase !== undefined, at: now }, async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await sweep(folder)
    const { rows } = await backup({ db, embedded }, { file, passphrase, secret: config.secret })
    for (const old of superfluous(await readdir(folder))) await rm(path.join(folder, old), { force: true })
    return { rows, bytes: (await stat(file)).size }
  })
  await forgetRuns(db, now.minus(remembered))
}

/** Restores a backup into a place of no use, and compares. */
export async function tryOne({ db, config }: Keeping, file: string, now: DateTime): Promise<void> {
  const about = {
    kind: 'trial',
    file: path.basename(file),
    sealed: config.backup.passphrase !== undefined,
    at: now,
  } as const
  await noted(db, about, async () => {
    const { rows } = await tryRestore(db, config.databaseUrl, file, config.backup.passphrase)
    return { rows, bytes: (await stat(file)).size }
  })
}

/** Halves and tries that a process left behind when it was killed. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (/^kezdesu-.*\.part$|^trial-\w{6}$/.test(name))
      await rm(path.join(folder, name), { recursive: true, force: true })
}

type About = { kind: 'backup' | 'trial'; file: string; sealed: boolean; at: DateTime }

async function noted(db: Db, about: About, work: () => Promise<{ rows: number; bytes: number }>): Promise<void> {
  try {
    const done = await work()
    await noteRun(db, { ...about, ...done, endedAt: await databaseNow(db), fault: null })
  } catch (error) {
    const fault = error instanceof Mistake ? error.message : error instanceof Error ? error.name : 'fault'
    await noteRun(db, { ...about, rows: 0, bytes: 0, endedAt: await databaseNow(db), fault })
    throw error
  }
}
