import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import type { Audience } from './rules.ts'

/** Houses in which some talk changed since its texts were written. */
export const housesBehind = async (db: Db): Promise<string[]> =>
  (
    await db.selectFrom('talk_calendars').select('house_id').distinct().where(sql<boolean>`behind`).limit(50).execute()
  ).map(row => row.house_id)

export type Stale = { talkId: string; revision: number }

/** Talks of a House whose texts are older than they are, some at a time. */
export const staleTalks = (db: Db, houseId: string, most: number): Promise<Stale[]> =>
  db
    .selectFrom('talk_calendars')
    .select(['talk_id as talkId', 'revision'])
    .where('house_id', '=', houseId)
    .where(sql<boolean>`behind`)
    .orderBy('talk_id')
    .limit(most)
    .execute()

/** One talk as one reader's calendar shows it, finished. */
export type Text = {
  talkId: string
  houseId: string
  hostId: string
  audience: Audience
  language: Language
  speakerId: string | null
  startsAt: DateTime
  endsAt: DateTime
  zone: string
  cancelled: boolean
  accepted: boolean
  modifiedAt: DateTime
  event: string
  journey: string
}
export const keyOf = (text: Pick<Text, 'talkId' | 'audience' | 'language' | 'speakerId'>): string =>
  `${text.talkId} ${text.audience} ${text.language} ${text.speakerId ?? ''}`

/** The texts that stand now. */
export async function findTexts(db: Db | Trx, talkIds: string[]): Promise<Text[]> {
  const rows = await db.selectFrom('calendar_texts').selectAll().where('talk_id', 'in', talkIds).execute()
  return rows.map(row => ({
    talkId: row.talk_id,
    houseId: row.house_id,
    hostId: row.host_id,
    audience: row.audience,
    language: row.language,
    speakerId: row.speaker_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    zone: row.zone,
    cancelled: row.cancelled,
    accepted: row.accepted,
    modifiedAt: row.modified_at,
    event: row.event,
    journey: row.journey,
  }))
}

const columnsOf = (text: Text) => ({
  talk_id: text.talkId,
  house_id: text.houseId,
  host_id: text.hostId,
  audience: text.audience,
  language: text.language,
  speaker_id: text.speakerId,
  starts_at: text.startsAt,
  ends_at: text.endsAt,
  zone: text.zone,
  cancelled: text.cancelled,
  accepted: text.accepted,
  modified_at: text.modifiedAt,
  event: text.event,
  journey: text.journey,
})

/** Puts texts in the place of old ones and takes away those that nobody may see any longer. */
export async function replaceTexts(trx: Trx, gone: Text[], written: Text[]): Promise<void> {
  const keys = [...gone, ...written]
  await sql`
    delete from calendar_texts x using
      unnest(${sql.val(keys.map(key => key.talkId))}::uuid[], ${sql.val(keys.map(key => key.audience))}::text[],
        ${sql.val(keys.map(key => key.language))}::text[], ${sql.val(keys.map(key => key.speakerId))}::uuid[]) as k (talk, audience, language, speaker)
    where x.talk_id = k.talk and x.audience::text = k.audience and x.language::text = k.language and x.speaker_id is not distinct from k.speaker`.execute(
    trx,
  )
  if (written.length > 0) await trx.insertInto('calendar_texts').values(written.map(columnsOf)).execute()
}

/** The talk a school's link stands for as its calendar shows it, standing or cancelled; nothing when it ended before `from`. */
export async function findTalkText(
  db: Db,
  tokenHash: string,
  language: Language | undefined,
  from: DateTime,
): Promise<{ houseId: string; behind: boolean; event: string; modifiedAt: DateTime; zone: string } | undefined> {
  return (
    db
      .selectFrom('requests')
      .innerJoin('talks', 'talks.request_id', 'requests.id')
      .innerJoin('talk_calendars', 'talk_calendars.talk_id', 'talks.id')
      .leftJoin('calendar_texts', join =>
        join
          .onRef('calendar_texts.talk_id', '=', 'talks.id')
          .on('calendar_texts.audience', '=', 'host')
          .on(it => it('calendar_texts.language', '=', language ? it.val(language) : it.ref('requests.language'))),
      )
      .select([
        'requests.house_id as houseId',
        'talk_calendars.behind',
        it => it.fn.coalesce('event', sql<string>`''`).as('event'),
        it => it.fn.coalesce('modified_at', 'talks.created_at').as('modifiedAt'),
        'talks.zone',
      ])
      .where('token_hash', '=', tokenHash)
      .where(sql<boolean>`talks.during && tstzrange(${from.toISO()}, null)`)
      // one that stands goes before those that were called off
      .orderBy(sql`talks.state in ('booked', 'held')`, 'desc')
      .orderBy('talks.created_at', 'desc')
      .limit(1)
      .executeTakeFirst()
  )
}
