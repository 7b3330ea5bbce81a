import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'

/** What calendar programs wrote about a talk, newest first. */
export const findReplies = (db: Db, talkId: string, language: Language) =>
  db
    .selectFrom('replies')
    .innerJoin('speakers', 'speakers.id', 'replies.speaker_id')
    .innerJoin('talks', 'talks.id', 'replies.talk_id')
    .leftJoin('accounts', 'accounts.id', 'replies.decided_by')
    .select([
      'replies.id',
      `speakers.name_${language} as name`,
      'replies.answer',
      'replies.state',
      'replies.reasons',
      'replies.sender',
      'replies.comment',
      'replies.came_at',
      'replies.copies',
      'replies.proposed',
      'replies.decided_at',
      `accounts.name_${language} as account`,
      sql<boolean>`replies.during = talks.during`.as('current'),
    ])
    .where('talk_id', '=', talkId)
    .orderBy('came_at', 'desc')
    .orderBy('replies.id')
    .limit(30)
    .execute()
export type ReplyRow = Awaited<ReturnType<typeof findReplies>>[number]

/** Replies that wait for a decision, about talks ahead that still stand as they were answered. */
export const findOpenReplies = (db: Db, houseId: string, language: Language, now: DateTime) =>
  db
    .selectFrom('replies')
    .innerJoin('talks', 'talks.id', 'replies.talk_id')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .innerJoin('speakers', 'speakers.id', 'replies.speaker_id')
    .select([
      'replies.id',
      'replies.talk_id as talkId',
      'replies.answer',
      'replies.reasons',
      'talks.held_on',
      'talks.from_time',
      `hosts.name_${language} as host`,
      `speakers.name_${language} as name`,
    ])
    .where('replies.house_id', '=', houseId)
    .where('replies.state', '=', 'open')
    .where('talks.state', '=', 'booked')
    .where(sql<boolean>`lower(talks.during) > ${now.toISO()}::timestamptz`)
    .where(sql<boolean>`replies.during = talks.during`)
    .orderBy(sql`lower(talks.during)`)
    .orderBy('replies.came_at')
    .limit(20)
    .execute()
export type OpenReply = Awaited<ReturnType<typeof findOpenReplies>>[number]
