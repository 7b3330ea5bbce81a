import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'

/** Who wishes reminders otherwise since they were planned. */
export const findMarks = async (db: Db): Promise<string[]> =>
  (await db.selectFrom('wish_marks').select('recipient').orderBy('recipient').limit(200).execute()).map(
    row => row.recipient,
  )

/** Takes a mark away; a wish that comes meanwhile waits for this and leaves its own. False when somebody else has it. */
export async function takeMark(trx: Trx, recipient: string): Promise<boolean> {
  const gone = await trx.deleteFrom('wish_marks').where('recipient', '=', recipient).executeTakeFirst()
  return gone.numDeletedRows > 0n
}

/** A House's mark is one of everybody who stands for its talks to come. */
export const spreadMark = (trx: Trx, houseId: string, now: DateTime) =>
  sql`
  insert into wish_marks
    select distinct who from talks t left join assignments a on a.talk_id = t.id and a.state in ('invited', 'accepted')
      left join requests r on r.id = t.request_id
      cross join lateral (values ('speaker:' || a.speaker_id), ('contact:' || r.contact_id)) as w (who)
    where t.house_id = ${houseId} and t.state = 'booked' and t.during && tstzrange(${now.toISO()}, null) and who is not null
    order by who
  on conflict do nothing`.execute(trx)

/** Talks to come that this person stands for, on the team or as the host's contact; `since`: when their reminders were planned. */
export async function findToCome(trx: Trx, recipient: string, now: DateTime) {
  const [is, id = ''] = recipient.split(':')
  return trx
    .selectFrom('talks')
    .leftJoin('requests', 'requests.id', 'talks.request_id')
    .leftJoin('assignments', join =>
      join
        .onRef('assignments.talk_id', '=', 'talks.id')
        .on('assignments.state', 'in', ['invited', 'accepted'])
        .on('assignments.speaker_id', '=', is === 'speaker' ? id : null),
    )
    .select(['talks.id', 'talks.house_id as houseId', 'talks.revised_at as since', 'assignments.id as assignmentId'])
    .where('talks.state', '=', 'booked')
    .where(sql<boolean>`talks.during && tstzrange(${now.toISO()}, null)`)
    .where(it => (is === 'speaker' ? it('assignments.id', 'is not', null) : it('requests.contact_id', '=', id)))
    .orderBy('talks.id')
    .execute()
}
