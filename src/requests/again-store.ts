import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'

/** What a request lets the next one begin with, for whoever has its link: place, audience, languages, and nobody's name. */
export const findForAgain = (db: Db, tokenHash: string) =>
  db
    .selectFrom('requests as r')
    .select([
      'host_id as hostId',
      'audience',
      sql<string[]>`array(select language from request_languages l where l.request_id = r.id order by 1)`.as('spoken'),
    ])
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
