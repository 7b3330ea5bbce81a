import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { DateTime } from '../base/time.ts'
import type { Run } from './rules.ts'

/** The last run of a kind, and the last one that went well. */
export type Last = { last: Run | undefined; good: Run | undefined }

export async function noteRun(db: Db, run: Run): Promise<void> {
  const { endedAt, bytes, ...rest } = run
  await db
    .insertInto('backup_runs')
    .values({ ...rest, ended_at: endedAt, bytes })
    .execute()
}

/** How the last backups and trial restores went. */
export async function lastRuns(db: Db): Promise<{ backup: Last; trial: Last }> {
  const { rows } = await sql<Run & { good: boolean }>`
    select distinct on (kind, good) kind, file, sealed, at, ended_at as "endedAt", rows, bytes::int8 as bytes, fault, fault is null as good
    from backup_runs order by kind, good, at desc`.execute(db)
  const of = (kind: Run['kind']): Last => {
    const good = rows.find(row => row.kind === kind && row.good)
    const bad = rows.find(row => row.kind === kind && !row.good)
    return { good, last: good && bad ? (good.at > bad.at ? good : bad) : (good ?? bad) }
  }
  return { backup: of('backup'), trial: of('trial') }
}

/** What was noted so long ago says nothing any more. */
export async function forgetRuns(db: Db, before: DateTime): Promise<void> {
  await db.deleteFrom('backup_runs').where('at', '<', before).execute()
}

/** Whether there is anything to keep. */
export const hasHouses = async (db: Db): Promise<boolean> =>
  (await db.selectFrom('houses').select('id').limit(1).executeTakeFirst()) !== undefined

/** Where the chain of each House's journal ends now. */
export const journalEnds = (db: Db): Promise<{ houseId: string; n: number; hash: string }[]> =>
  db.selectFrom('journal_heads').select(['house_id as houseId', 'n', 'hash']).orderBy('house_id').execute()
