import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Language } from '../base/i18n/language.ts'

/** One talk of the House with its place, topic and request. */
export const findTalk = (db: Db, houseId: string, id: string, language: Language) =>
  db
    .selectFrom('talks')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .innerJoin('topics', 'topics.id', 'talks.topic_id')
    .innerJoin('districts', 'districts.kato', 'hosts.district')
    .innerJoin('houses', 'houses.id', 'talks.house_id')
    .leftJoin('host_halls', 'host_halls.id', 'talks.hall_id')
    .leftJoin('requests', 'requests.id', 'talks.request_id')
    .leftJoin('contacts', 'contacts.id', 'requests.contact_id')
    .leftJoin('audiences', 'audiences.slug', 'requests.audience')
    .select([
      'talks.id',
      'talks.state',
      'talks.held_on',
      'talks.from_time',
      'talks.minutes',
      'talks.during',
      'talks.zone',
      'talks.mode',
      'talks.link',
      'talks.heads_planned',
      'talks.heads_counted',
      'talks.heads_confirmed',
      'talks.leaflets',
      'talks.cancel_reason',
      'talks.note',
      'talks.version',
      'talks.request_id',
      'talks.host_id',
      'houses.undo_seconds',
      `hosts.name_${language} as host`,
      `host_halls.name_${language} as hall`,
      `hosts.address_${language === 'en' ? 'ru' : language} as address`,
      'hosts.visitor_list',
      'hosts.hall_seats',
      'hosts.lunch_from',
      'hosts.lunch_to',
      `topics.title_${language} as topic`,
      `topics.equipment_${language} as equipment`,
      `districts.name_${language} as district`,
      'requests.number',
      'requests.grades',
      `audiences.name_${language} as audience`,
      'contacts.id as contactId',
      'contacts.name as contact',
      'contacts.position',
      'contacts.phone',
      'contacts.email',
      sql<
        string[]
      >`array(select language from request_languages l where l.request_id = talks.request_id order by language)`.as(
        'languages',
      ),
    ])
    .where('talks.house_id', '=', houseId)
    .where('talks.id', '=', id)
    .executeTakeFirst()
export type TalkRow = NonNullable<Awaited<ReturnType<typeof findTalk>>>

/** Everybody who is or was asked to this talk. */
export const findSeatsShown = (db: Db, talkId: string, language: Language) =>
  db
    .selectFrom('assignments')
    .innerJoin('speakers', 'speakers.id', 'assignments.speaker_id')
    .innerJoin('professions', 'professions.slug', 'assignments.profession')
    .select([
      'assignments.id',
      'assignments.speaker_id as speakerId',
      'assignments.profession',
      'assignments.state',
      'assignments.travel_minutes',
      'assignments.answer_by',
      'assignments.answered_at',
      'assignments.reason',
      'assignments.proposed_on as proposedOn',
      'assignments.proposed_from as proposedFrom',
      'assignments.ended_at',
      `speakers.name_${language} as name`,
      `professions.name_${language} as does`,
      'speakers.phone',
    ])
    .where('talk_id', '=', talkId)
    .orderBy('assignments.invited_at')
    .orderBy('assignments.id')
    .execute()
export type SeatRow = Awaited<ReturnType<typeof findSeatsShown>>[number]

/** Letters about a talk or a request, planned ones first, then the newest. */
export const findLetters = (db: Db, houseId: string, about: { talkId: string } | { requestId: string }) =>
  db
    .selectFrom('messages')
    .select(['kind', 'channel', 'recipient', 'address', 'state', 'reason', 'due_at', 'sent_at', 'created_at', 'note'])
    .select('ended_at')
    .where('house_id', '=', houseId)
    .$if('talkId' in about, query => query.where('talk_id', '=', 'talkId' in about ? about.talkId : ''))
    .$if('requestId' in about, query => query.where('request_id', '=', 'requestId' in about ? about.requestId : ''))
    .orderBy(sql`coalesce(sent_at, due_at)`, 'desc')
    .orderBy('messages.id')
    .limit(120)
    .execute()
export type LetterRow = Awaited<ReturnType<typeof findLetters>>[number]

/** What was changed, newest first, with the name of the person of the House behind it. */
export const findHistory = (
  db: Db,
  houseId: string,
  language: Language,
  of: { requestId: string | null; talkId?: string },
) =>
  db
    .selectFrom('changes')
    .leftJoin('accounts', 'accounts.id', 'changes.account_id')
    .leftJoin('speakers', 'speakers.id', 'changes.speaker_id')
    .select([
      'changes.id',
      'changes.kind',
      'changes.at',
      'changes.by_whom',
      'changes.detail',
      `accounts.name_${language} as account`,
      `speakers.name_${language} as speaker`,
    ])
    .where('changes.house_id', '=', houseId)
    .where(eb =>
      eb.or([
        ...(of.talkId === undefined ? [] : [eb('changes.talk_id', '=', of.talkId)]),
        ...(of.requestId === null
          ? []
          : [
              of.talkId === undefined
                ? eb('changes.request_id', '=', of.requestId)
                : eb.and([eb('changes.request_id', '=', of.requestId), eb('changes.talk_id', 'is', null)]),
            ]),
      ]),
    )
    .orderBy('changes.id', 'desc')
    .limit(100)
    .execute()
export type HistoryRow = Awaited<ReturnType<typeof findHistory>>[number]
