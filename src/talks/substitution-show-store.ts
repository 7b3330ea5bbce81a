import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import type { SearchEnd } from './substitution-rules.ts'

/** Every search of a talk, newest first. */
export const findSearches = (db: Db, talkId: string) =>
  db
    .selectFrom('substitutions')
    .select(['id', 'assignment_id as seatId', 'next_at as nextAt', 'ended_at as endedAt', 'ended_as as endedAs'])
    .where('talk_id', '=', talkId)
    .orderBy('opened_at', 'desc')
    .orderBy('id')
    .execute()
export type SearchRow = Awaited<ReturnType<typeof findSearches>>[number]

/** Everybody who was asked to stand in on a talk, in the order of asking. */
export const findAsks = (db: Db, talkId: string, language: Language) =>
  db
    .selectFrom('substitution_asks')
    .innerJoin('substitutions', 'substitutions.id', 'substitution_id')
    .innerJoin('speakers', 'speakers.id', 'substitution_asks.speaker_id')
    .leftJoin('speakers as namer', 'namer.id', 'named_by')
    .select([
      'substitution_id as searchId',
      'substitutions.assignment_id as seatId',
      'substitution_asks.speaker_id as speakerId',
      `speakers.name_${language} as name`,
      `namer.name_${language} as namedBy`,
      'asked_at as askedAt',
      'until',
      'answer',
      'answered_at as answeredAt',
      'reasons',
    ])
    .where('talk_id', '=', talkId)
    .orderBy('asked_at')
    .orderBy('substitution_asks.id')
    .execute()
export type AskRow = Awaited<ReturnType<typeof findAsks>>[number]

/** How the newest search of each open place stands: how many are asked, until when, or how it ended. */
export async function findStandings(
  db: Db,
  talkIds: string[],
  now: DateTime,
): Promise<{ talkId: string; out: string; endedAs: SearchEnd | null; asked: number; until: DateTime | null }[]> {
  if (talkIds.length === 0) return []
  const { rows } = await sql<{
    talkId: string
    out: string
    endedAs: SearchEnd | null
    asked: number
    until: DateTime | null
  }>`
    select distinct on (s.assignment_id) s.talk_id as "talkId", x.speaker_id as out, s.ended_as as "endedAs",
      (select count(*)::int from substitution_asks a
        where a.substitution_id = s.id and a.answer is null and a.until > ${now.toISO()}::timestamptz) as asked,
      (select min(a.until) from substitution_asks a
        where a.substitution_id = s.id and a.answer is null and a.until > ${now.toISO()}::timestamptz) as until
    from substitutions s join assignments x on x.id = s.assignment_id
    where s.talk_id = any(${talkIds}::uuid[]) and x.state = 'declined' and x.ended_at is null
    order by s.assignment_id, s.opened_at desc`.execute(db)
  return rows
}
