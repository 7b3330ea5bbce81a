import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import type { Progress } from './plan-rules.ts'

/** By the database's own clock, whatever the demonstration's says: whoever dies loses a plan when this is over. */
const claimSeconds = 15
const mostAttempts = 3

/** Until when whoever takes a plan has it, by then at the latest kept again. */
const until = sql<DateTime>`clock_timestamp() + make_interval(secs => ${claimSeconds})`

/** Gives a plan that begins to work to a process before anybody else can find it. */
export const give = (trx: Trx, id: string, holder: string) =>
  trx.updateTable('plans').set({ claimed_by: holder, claimed_until: until }).where('id', '=', id).execute()

/** Takes a plan that is at work and that nobody else holds; of which House it is, or nothing where somebody has it. */
export async function claim(
  db: Db,
  id: string,
  holder: string,
): Promise<{ houseId: string; releasing: boolean } | undefined> {
  const { rows } = await sql<{ house_id: string; releasing: boolean }>`
    update plans set claimed_by = ${holder}, claimed_until = ${until}, attempts = attempts + 1
    where id = ${id} and state in ('running', 'releasing') and (claimed_by = ${holder} or claimed_until < clock_timestamp())
    returning house_id, state = 'releasing' as releasing`.execute(db)
  return rows[0] && { houseId: rows[0].house_id, releasing: rows[0].releasing }
}

/** Keeps a plan and says how far it is; whether it is to stop, or nothing where the plan was lost to somebody else. */
export async function keep(
  db: Db,
  id: string,
  holder: string,
  progress: Progress | undefined,
): Promise<{ stop: boolean } | undefined> {
  const { rows } = await sql<{ stop_asked: boolean }>`
    update plans set claimed_until = ${until},
      phase = coalesce(${progress?.phase ?? null}, phase), placed = coalesce(${progress?.placed ?? null}::int, placed),
      cost = coalesce(${progress?.cost ?? null}::double precision, cost), travel_minutes = coalesce(${progress?.travel ?? null}::int, travel_minutes),
      bound = coalesce(${progress?.bound ?? null}::double precision, bound)
    where id = ${id} and claimed_by = ${holder} and state in ('running', 'releasing') returning stop_asked`.execute(db)
  return rows[0] && { stop: rows[0].stop_asked }
}

/** Whether this process still has the plan, locked until the transaction ends. */
export async function holds(trx: Trx, id: string, holder: string, state?: 'running'): Promise<boolean> {
  const row = await trx
    .selectFrom('plans')
    .select('id')
    .where('id', '=', id)
    .where('claimed_by', '=', holder)
    .where('state', 'in', state ? [state] : ['running', 'releasing'])
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined
}

/** Plans whose process has died, to be gone on with; those that died again and again are ended. */
export async function findAbandoned(db: Db): Promise<string[]> {
  const { rows: found } = await sql<{ id: string; attempts: number }>`
    select id, attempts from plans where state in ('running', 'releasing')
      and claimed_until < clock_timestamp()`.execute(db)
  const hopeless = found.filter(({ attempts }) => attempts >= mostAttempts).map(({ id }) => id)
  if (hopeless.length > 0)
    await sql`update plans set state = case when state = 'running' then 'stopped' else 'released' end::plan_state, phase = 'failed',
        finished_at = started_at, released_at = case when state = 'releasing' then started_at end, claimed_by = null, claimed_until = null,
        taking_back = false
      where id = any(${hopeless}::uuid[]) and state in ('running', 'releasing') and claimed_until < clock_timestamp()`.execute(
      db,
    )
  return found.filter(({ id }) => !hopeless.includes(id)).map(({ id }) => id)
}
