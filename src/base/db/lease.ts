import { sql } from 'kysely'
import type { Db } from './open.ts'

/**
 * Takes or keeps what only one process may do at a time, for so many seconds; false while somebody else has it. By the
 * database's own clock: whoever dies loses it when it runs out.
 */
export async function takeLease(db: Db, name: string, holder: string, seconds: number): Promise<boolean> {
  const { rows } = await sql`
    insert into leases (name, holder, until) values (${name}, ${holder}, clock_timestamp() + make_interval(secs => ${seconds}))
    on conflict (name) do update set holder = excluded.holder, until = excluded.until
      where leases.holder = excluded.holder or leases.until < clock_timestamp()
    returning holder`.execute(db)
  return rows.length > 0
}

export const endLease = async (db: Db, name: string, holder: string): Promise<void> => {
  await db.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute()
}
