import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Day } from '../base/time.ts'
import { personOf, rowsOfPerson } from '../speakers/person-store.ts'

/** Talks of a person that were held in `[from, before)`, in all their Houses, and how many listened. */
export async function findGiven(
  db: Db,
  speakerId: string,
  { from, before }: { from: Day; before: Day },
): Promise<{ held: number; heads: number }> {
  return db
    .selectFrom('assignments')
    .innerJoin('talks', 'talks.id', 'assignments.talk_id')
    .select([
      sql<number>`count(*)::int`.as('held'),
      sql<number>`coalesce(sum(talks.heads_counted), 0)::int`.as('heads'),
    ])
    .where('assignments.person_id', '=', personOf(speakerId))
    .where('assignments.state', 'in', ['invited', 'accepted'])
    .where('talks.state', '=', 'held')
    .where('talks.held_on', '>=', from)
    .where('talks.held_on', '<', before)
    .executeTakeFirstOrThrow()
}

/** Papers and trainings of a person, as their Houses keep them. */
export const findPapers = (db: Db, speakerId: string) =>
  db
    .selectFrom('credentials')
    .select(['kind', 'note', 'valid_from as from', 'valid_until as until'])
    .where('speaker_id', 'in', rowsOfPerson(speakerId))
    .orderBy('valid_from', 'desc')
    .orderBy('kind')
    .execute()
