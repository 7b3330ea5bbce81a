import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language } from '../base/i18n/language.ts'
import { modeOf } from '../matching/store.ts'

/** One series of the House. */
export const findSeries = (db: Db | Trx, houseId: string, id: string) =>
  db
    .selectFrom('series')
    .innerJoin('houses', 'houses.id', 'series.house_id')
    .select(['series.id', 'series.kind', 'series.name', 'series.every_weeks', 'houses.zone'])
    .where('series.house_id', '=', houseId)
    .where('series.id', '=', id)
    .executeTakeFirst()
export type SeriesRow = NonNullable<Awaited<ReturnType<typeof findSeries>>>

export type SeatOfDate = { speakerId: string; profession: string; state: 'invited' | 'accepted' | 'declined' }

/** The dates of a series in their order, each with what it asks for and the talk that stands for it or stood last. */
export const findDates = (db: Db | Trx, seriesId: string, language: Language) =>
  db
    .selectFrom('requests')
    .innerJoin('hosts', 'hosts.id', 'requests.host_id')
    .innerJoin('topics', 'topics.id', 'requests.topic_id')
    .innerJoin('request_windows', it =>
      it.onRef('request_windows.request_id', '=', 'requests.id').on('request_windows.position', '=', 1),
    )
    .leftJoin('talks', it =>
      it
        .onRef('talks.request_id', '=', 'requests.id')
        .on(
          'talks.id',
          '=',
          sql<string>`(select t.id from talks t where t.request_id = requests.id order by t.state = 'cancelled', t.created_at desc limit 1)`,
        ),
    )
    .select(it => [
      'requests.id',
      'requests.number',
      'requests.state',
      'requests.host_id as hostId',
      'requests.topic_id as topicId',
      'requests.audience',
      'requests.grades',
      'requests.heads',
      modeOf,
      'requests.latest_on as latest',
      'requests.class_name as className',
      it.fn.coalesce('requests.series_position', sql<number>`0`).as('position'),
      'request_windows.from_on as day',
      'request_windows.to_on as lastDay',
      'request_windows.from_time as wishFrom',
      'request_windows.to_time as wishTo',
      'request_windows.shift',
      `hosts.name_${language} as host`,
      `topics.title_${language} as topic`,
      'talks.id as talkId',
      'talks.state as talkState',
      'talks.version as talkVersion',
      'talks.held_on as heldOn',
      'talks.from_time as fromTime',
      'talks.minutes',
      'talks.during',
      'talks.heads_counted as headsCounted',
      sql<
        string[]
      >`array(select language from request_languages l where l.request_id = requests.id order by language)`.as(
        'languages',
      ),
      sql<SeatOfDate[]>`coalesce((select jsonb_agg(jsonb_build_object(
          'speakerId', a.speaker_id, 'profession', a.profession, 'state', a.state) order by a.invited_at, a.id)
        from assignments a where a.talk_id = talks.id and (a.state in ('invited', 'accepted') or a.state = 'declined' and a.ended_at is null)),
        '[]')`.as('seats'),
    ])
    .where('requests.series_id', '=', seriesId)
    .orderBy('requests.series_position')
    .execute()
export type DateRow = Awaited<ReturnType<typeof findDates>>[number]
