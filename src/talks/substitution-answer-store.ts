import { type Selectable, sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Tables } from '../base/db/tables.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import { rowsOfPerson } from '../speakers/person-store.ts'
import type { Question } from './substitution-rules.ts'

/** Which question: by the secret of its link, or one of a signed-in speaker's own. */
export type WhichQuestion = { tokenHash: string } | { id: string; speakerId: string }

const questions = (db: Db | Trx) =>
  db
    .selectFrom('substitution_asks')
    .innerJoin('substitutions', 'substitutions.id', 'substitution_asks.substitution_id')
    .innerJoin('assignments', 'assignments.id', 'substitutions.assignment_id')
    .innerJoin('talks', 'talks.id', 'substitutions.talk_id')
    .select([
      'substitution_asks.id',
      'substitution_asks.substitution_id as searchId',
      'substitution_asks.speaker_id as speakerId',
      'substitution_asks.profession',
      'substitution_asks.until',
      'substitution_asks.answer',
      'substitution_asks.seat_id as seatId',
      'substitution_asks.colleague_id as colleagueId',
      'substitution_asks.named_by as namedBy',
      'substitutions.assignment_id as assignmentId',
      'substitutions.house_id as houseId',
      'substitutions.talk_id as talkId',
      'substitutions.ended_as as endedAs',
      'assignments.speaker_id as out',
      'talks.state as talkState',
      'talks.during',
      sql<boolean>`assignments.state = 'declined' and assignments.ended_at is null`.as('placeOpen'),
    ])

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof questions>['executeTakeFirst']>>>
export type QuestionRow = Omit<Row, 'during'> & Question
const questionOf = ({ during, ...row }: Row): QuestionRow => ({ ...row, startsAt: during.from })

/** A question with all that decides whether it may be answered. */
export async function findQuestion(db: Db | Trx, which: WhichQuestion): Promise<QuestionRow | undefined> {
  const row = await questions(db)
    .$if('tokenHash' in which, query =>
      query.where('substitution_asks.token_hash', '=', 'tokenHash' in which ? which.tokenHash : ''),
    )
    .$if('id' in which, query =>
      query
        .where('substitution_asks.id', '=', 'id' in which ? which.id : '')
        .where('substitution_asks.speaker_id', 'in', rowsOfPerson('id' in which ? which.speakerId : '')),
    )
    .executeTakeFirst()
  return row && questionOf(row)
}

/** The search of a question, locked after its talk, so that of several answers one is the first. */
export const lockSearchOf = (trx: Trx, searchId: string) =>
  sql`select id from substitutions where id = ${searchId} for update`.execute(trx)

type Answer = Pick<Selectable<Tables['substitution_asks']>, 'answer' | 'colleague_id' | 'seat_id'>

export async function setQuestionAnswer(trx: Trx, id: string, answer: Answer, now: DateTime): Promise<void> {
  await trx
    .updateTable('substitution_asks')
    .set({ ...answer, answered_at: now })
    .where('id', '=', id)
    .execute()
}

/** A no lets the next one be asked at once; with a colleague's name also where nobody was left. */
export async function lookAgain(trx: Trx, searchId: string, reopen: boolean, now: DateTime): Promise<void> {
  await trx
    .updateTable('substitutions')
    .set({ next_at: now })
    .where('id', '=', searchId)
    .where('ended_at', 'is', null)
    .execute()
  if (reopen)
    await sql`
      update substitutions s set ended_at = null, ended_as = null, next_at = ${now.toISO()}::timestamptz
      where id = ${searchId} and ended_as = 'escalated'
        and not exists (select from substitutions other where other.assignment_id = s.assignment_id and other.ended_at is null)`.execute(
      trx,
    )
}

/** The place that a yes gave, taken at once: who stepped in is not asked again. */
export async function acceptSeat(
  trx: Trx,
  talkId: string,
  speakerId: string,
  now: DateTime,
): Promise<string | undefined> {
  const seat = await trx
    .updateTable('assignments')
    .set({ state: 'accepted', answered_at: now })
    .where('talk_id', '=', talkId)
    .where('speaker_id', '=', speakerId)
    .where('state', '=', 'invited')
    .returning('id')
    .executeTakeFirst()
  return seat?.id
}

/** Who could be named for a place: people of the House with its profession who were not asked and don't stand in the team. */
export const findColleagues = (
  db: Db | Trx,
  place: { houseId: string; talkId: string; assignmentId: string; profession: string },
  language: Language,
  today: string,
): Promise<{ id: string; name: string }[]> =>
  db
    .selectFrom('speakers')
    .innerJoin('speaker_professions', 'speaker_professions.speaker_id', 'speakers.id')
    .select(['speakers.id', `speakers.name_${language} as name`])
    .where('speakers.house_id', '=', place.houseId)
    .where('speaker_professions.profession', '=', place.profession)
    .where(it => it.or([it('left_on', 'is', null), it('left_on', '>', today)]))
    .where(it =>
      it.not(
        it.exists(
          it
            .selectFrom('assignments')
            .select('assignments.id')
            .whereRef('assignments.speaker_id', '=', 'speakers.id')
            .where('assignments.talk_id', '=', place.talkId)
            .where('assignments.state', '<>', 'replaced'),
        ),
      ),
    )
    .where(it =>
      it.not(
        it.exists(
          it
            .selectFrom('substitution_asks')
            .innerJoin('substitutions', 'substitutions.id', 'substitution_asks.substitution_id')
            .select('substitution_asks.id')
            .whereRef('substitution_asks.speaker_id', '=', 'speakers.id')
            .where('substitutions.assignment_id', '=', place.assignmentId),
        ),
      ),
    )
    .orderBy(`speakers.name_${language}`)
    .limit(300)
    .execute()

/** The language in which an asked person reads. */
export async function findQuestionLanguage(db: Db, speakerId: string): Promise<Language> {
  const row = await db.selectFrom('speakers').select('language').where('id', '=', speakerId).executeTakeFirstOrThrow()
  return row.language
}

/** The nonce of the invitation that a yes gave. */
export async function findInvitationOf(db: Db, seatId: string): Promise<string | undefined> {
  const row = await db.selectFrom('assignments').select('nonce').where('id', '=', seatId).executeTakeFirst()
  return row?.nonce
}

/** Questions that wait for this person, of all their Houses, the nearest talk first. */
export const findQuestionLines = (db: Db, speakerId: string, language: Language, now: DateTime) =>
  db
    .selectFrom('substitution_asks')
    .innerJoin('substitutions', 'substitutions.id', 'substitution_asks.substitution_id')
    .innerJoin('assignments', 'assignments.id', 'substitutions.assignment_id')
    .innerJoin('talks', 'talks.id', 'substitutions.talk_id')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .innerJoin('topics', 'topics.id', 'talks.topic_id')
    .innerJoin('districts', 'districts.kato', 'hosts.district')
    .innerJoin('professions', 'professions.slug', 'substitution_asks.profession')
    .select([
      'substitution_asks.id',
      'substitution_asks.until',
      'talks.zone',
      'talks.held_on as day',
      'talks.from_time as time',
      `hosts.name_${language} as host`,
      `topics.title_${language} as topic`,
      `districts.name_${language} as district`,
      `professions.name_${language} as profession`,
    ])
    .where('substitution_asks.speaker_id', 'in', rowsOfPerson(speakerId))
    .where('substitution_asks.answer', 'is', null)
    .where(it => it.or([it('substitutions.ended_as', 'is', null), it('substitutions.ended_as', '=', 'escalated')]))
    .where('talks.state', '=', 'booked')
    .where(sql<boolean>`lower(talks.during) > ${now.toISO()}::timestamptz`)
    .where('assignments.state', '=', sql.lit('declined'))
    .where('assignments.ended_at', 'is', null)
    .orderBy(sql`lower(talks.during)`)
    .orderBy('substitution_asks.id')
    .limit(20)
    .execute()
export type QuestionLine = Awaited<ReturnType<typeof findQuestionLines>>[number]
