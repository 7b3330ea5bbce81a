import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Language } from '../base/i18n/language.ts'
import type { Day } from '../base/time.ts'

/** What is booked already in these days, for a look beside the draft. */
export const findBooked = (db: Db, houseId: string, { from, to }: { from: Day; to: Day }, language: Language) =>
  db
    .selectFrom('talks')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .innerJoin('topics', 'topics.id', 'talks.topic_id')
    .select([
      ...(['talks.id', 'talks.held_on', 'talks.from_time', 'talks.minutes'] as const),
      `hosts.name_${language} as host`,
      `topics.title_${language} as topic`,
      sql<
        string[]
      >`array(select a.speaker_id from assignments a where a.talk_id = talks.id and a.state in ('invited', 'accepted')
        order by a.invited_at, a.id)`.as('team'),
    ])
    .where('talks.house_id', '=', houseId)
    .where('talks.state', '=', 'booked')
    .where('talks.held_on', '>=', from)
    .where('talks.held_on', '<=', to)
    .orderBy('talks.held_on')
    .orderBy('talks.from_time')
    .limit(600)
    .execute()
