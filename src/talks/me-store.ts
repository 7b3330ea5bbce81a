import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { AssignmentState } from '../base/db/tables.ts'
import { byName } from '../base/i18n/fold.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import { personOf } from '../speakers/person-store.ts'

/** Which talks: those of a speaker, one of them, or the one of an invitation's link. */
export type Whose = { speakerId: string; talkId?: string | undefined; since?: DateTime } | { tokenHash: string }

/** Talks of a speaker with everything that the speaker may see, in the language of the page; earliest first. */
export async function findMine(db: Db, whose: Whose, language: Language) {
  const rows = await seats(db, whose, language)
  const talkIds = [...new Set(rows.map(row => row.talkId))]
  const requestIds = rows.flatMap(row => row.requestId ?? [])
  const mates = talkIds.length > 0 ? await teams(db, talkIds, language) : []
  const asked =
    requestIds.length > 0
      ? await db
          .selectFrom('request_languages')
          .selectAll()
          .where('request_id', 'in', requestIds)
          .orderBy('language')
          .execute()
      : []
  return rows.map(row => ({
    ...row,
    mates: mates
      .filter(mate => mate.talkId === row.talkId && mate.speakerId !== row.speakerId)
      .sort((a, b) => byName(a.name, b.name)),
    languages: asked.filter(each => each.request_id === row.requestId).map(each => each.language),
  }))
}
export type Mine = Awaited<ReturnType<typeof findMine>>[number]

const seats = (db: Db, whose: Whose, language: Language) =>
  db
    .selectFrom('assignments')
    .innerJoin('talks', 'talks.id', 'assignments.talk_id')
    .innerJoin('topics', 'topics.id', 'talks.topic_id')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .innerJoin('districts', 'districts.kato', 'hosts.district')
    .leftJoin('host_halls', 'host_halls.id', 'talks.hall_id')
    .leftJoin('requests', 'requests.id', 'talks.request_id')
    .leftJoin('audiences', 'audiences.slug', 'requests.audience')
    .leftJoin('contacts', 'contacts.id', 'requests.contact_id')
    .select([
      'assignments.id as seatId',
      'assignments.speaker_id as speakerId',
      'assignments.state',
      'assignments.ended_at as endedAt',
      'assignments.reason',
      'assignments.proposed_on as proposedOn',
      'assignments.proposed_from as proposedFrom',
      'assignments.answer_by as answerBy',
      'assignments.answered_at as answeredAt',
      'assignments.travel_minutes as travelMinutes',
      'talks.id as talkId',
      'talks.house_id as houseId',
      'talks.request_id as requestId',
      'talks.topic_id as topicId',
      'talks.state as talkState',
      'talks.version',
      'talks.zone',
      'talks.held_on as day',
      'talks.from_time as fromTime',
      'talks.minutes',
      'talks.during',
      'talks.mode',
      'talks.link',
      'talks.heads_planned as heads',
      'talks.heads_counted as headsCounted',
      'talks.leaflets',
      'talks.held_in as heldIn',
      'talks.cancel_reason as cancelReason',
      `topics.title_${language} as topic`,
      `topics.summary_${language} as summary`,
      `topics.equipment_${language} as equipment`,
      `hosts.name_${language} as host`,
      `host_halls.name_${language} as hall`,
      `hosts.address_${language === 'kk' ? 'kk' : 'ru'} as address`,
      'hosts.lat',
      'hosts.lon',
      `districts.name_${language} as district`,
      `audiences.name_${language} as audience`,
      'requests.grades',
      'requests.note',
      'contacts.name as contactName',
      'contacts.position as contactPosition',
      'contacts.phone as contactPhone',
    ])
    .$if('tokenHash' in whose, query =>
      query.where('assignments.token_hash', '=', 'tokenHash' in whose ? whose.tokenHash : ''),
    )
    .$if('speakerId' in whose, query =>
      query.where('assignments.person_id', '=', personOf('speakerId' in whose ? whose.speakerId : '')),
    )
    .$if('talkId' in whose && whose.talkId !== undefined, query =>
      query.where('talks.id', '=', 'talkId' in whose ? (whose.talkId ?? '') : ''),
    )
    .$if('since' in whose && whose.since !== undefined, query =>
      query.where(eb =>
        eb('talks.held_on', '>=', 'since' in whose && whose.since ? (whose.since.toISODate() ?? '') : ''),
      ),
    )
    .orderBy('talks.held_on')
    .orderBy('talks.from_time')
    .orderBy('assignments.invited_at', 'desc')
    .limit(400)
    .execute()

const teams = async (
  db: Db,
  talkIds: string[],
  language: Language,
): Promise<{ talkId: string; speakerId: string; state: AssignmentState; name: string; profession: string }[]> =>
  db
    .selectFrom('assignments')
    .innerJoin('speakers', 'speakers.id', 'assignments.speaker_id')
    .innerJoin('professions', 'professions.slug', 'assignments.profession')
    .select([
      'assignments.talk_id as talkId',
      'assignments.speaker_id as speakerId',
      'assignments.state',
      `speakers.name_${language} as name`,
      `professions.name_${language} as profession`,
    ])
    .where('assignments.talk_id', 'in', talkIds)
    .where('assignments.state', 'in', ['invited', 'accepted'])
    .execute()

/** How a speaker is greeted, and in which zone the day goes. */
export const findMe = (db: Db, speakerId: string, language: Language) =>
  db
    .selectFrom('speakers')
    .innerJoin('houses', 'houses.id', 'speakers.house_id')
    .select([`speakers.address_${language} as address`, 'houses.zone'])
    .where('speakers.id', '=', speakerId)
    .executeTakeFirstOrThrow()

/** The language in which the holder of an invitation reads. */
export const findReader = (db: Db, tokenHash: string) =>
  db
    .selectFrom('assignments')
    .innerJoin('speakers', 'speakers.id', 'assignments.speaker_id')
    .select('speakers.language')
    .where('assignments.token_hash', '=', tokenHash)
    .executeTakeFirst()

/** When a talk stood before it was moved last, as the history has it. */
export async function findMovedFrom(db: Db, talkId: string): Promise<{ day: string; from: number } | undefined> {
  const moved = await db
    .selectFrom('changes')
    .select(['detail', 'kind'])
    .where('talk_id', '=', talkId)
    .where('kind', 'in', ['moved', 'undone'])
    .where(sql<boolean>`jsonb_exists(detail, 'dayBefore')`)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  // back where it was: there is nothing to tell
  if (moved?.kind === 'undone') return
  const detail: unknown = typeof moved?.detail === 'string' ? JSON.parse(moved.detail) : moved?.detail
  if (typeof detail !== 'object' || detail === null || !('dayBefore' in detail) || !('fromBefore' in detail)) return
  const { dayBefore, fromBefore } = detail
  return typeof dayBefore === 'string' && typeof fromBefore === 'number'
    ? { day: dayBefore, from: fromBefore }
    : undefined
}

/** What was approved to be shown and handed out with a topic. */
export const findMaterials = (db: Db, topicId: string) =>
  db
    .selectFrom('topic_materials')
    .select(['title', 'approved_by as by', 'approval_number as number', 'approved_on as on', 'link', 'version'])
    .where('topic_id', '=', topicId)
    .orderBy('title')
    .execute()

/** The address of a speaker's calendar, when there is one. */
export const findFeed = (db: Db, speakerId: string) =>
  db
    .selectFrom('feeds')
    .select(['nonce', 'fetched_at as fetchedAt', 'client', 'created_at as createdAt'])
    .where('speaker_id', '=', speakerId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
