import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { RequestState } from '../base/db/tables.ts'

/** The House's newest confirmed request in one of these states or with words of its host, else its newest, to show a letter with. */
export function newestRequest(
  db: Db,
  houseId: string,
  wish: RequestState[] | 'written',
): Promise<{ id: string; text: string | null } | undefined> {
  const text = sql<string | null>`(select detail ->> 'text' from changes c
    where c.request_id = requests.id and c.kind = 'written' order by c.id desc limit 1)`
  const fits =
    wish === 'written' ? sql<boolean>`${text} is not null` : sql<boolean>`requests.state::text in (${sql.join(wish)})`
  return db
    .selectFrom('requests')
    .select(['requests.id', text.as('text')])
    .where('requests.house_id', '=', houseId)
    .where('requests.confirmed_at', 'is not', null)
    .orderBy(fits, 'desc')
    .orderBy('requests.asked_at', 'desc')
    .orderBy('requests.id')
    .limit(1)
    .executeTakeFirst()
}
