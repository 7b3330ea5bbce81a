import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime, Day } from '../base/time.ts'
import type { Opinion } from './rules.ts'

const talks = (db: Db | Trx) =>
  db
    .selectFrom('talks')
    .innerJoin('topics', 'topics.id', 'talks.topic_id')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .innerJoin('houses', 'houses.id', 'talks.house_id')
    .select([
      'talks.id',
      'talks.house_id as houseId',
      'talks.request_id as requestId',
      'talks.state',
      'talks.during',
      'talks.zone',
      'talks.held_on as day',
      'talks.from_time as from',
      'talks.listeners_nonce as nonce',
      'talks.heads_planned as planned',
      'talks.heads_counted as counted',
      'talks.heads_confirmed as confirmed',
      'topics.title_kk',
      'topics.title_ru',
      'topics.title_en',
      'hosts.name_kk as host_kk',
      'hosts.name_ru as host_ru',
      'hosts.name_en as host_en',
      'houses.name_kk as house_kk',
      'houses.name_ru as house_ru',
      'houses.phone',
    ])
export type SpokenOf = Awaited<ReturnType<typeof findByNonce>> & object

/** The talk of a listeners' code. */
export const findByNonce = (db: Db, nonce: string) =>
  talks(db).where('talks.listeners_nonce', '=', nonce).executeTakeFirst()

/** A talk of the House. */
export const findTalkOf = (db: Db, houseId: string, id: string) =>
  talks(db).where('talks.id', '=', id).where('talks.house_id', '=', houseId).executeTakeFirst()

/** A talk of which this person is or was in the team. */
export const findTalkOfSpeaker = (db: Db, speakerId: string, id: string) =>
  talks(db)
    .where('talks.id', '=', id)
    .where(it =>
      it.exists(
        it
          .selectFrom('assignments')
          .innerJoin('speakers as mine', 'mine.person_id', 'assignments.person_id')
          .select('assignments.id')
          .whereRef('assignments.talk_id', '=', 'talks.id')
          .where('mine.id', '=', speakerId)
          .where('assignments.state', 'in', ['invited', 'accepted']),
      ),
    )
    .executeTakeFirst()

/** The talk that stands behind a school's link, with the language of its request. */
export const findByLink = (db: Db, tokenHash: string) =>
  talks(db)
    .innerJoin('requests', 'requests.id', 'talks.request_id')
    .select(['requests.language', 'requests.state as requestState', 'requests.ended_at as endedAt'])
    .where('requests.token_hash', '=', tokenHash)
    .where('talks.state', 'in', ['booked', 'held'])
    .executeTakeFirst()

/** Two who answer at once wait for each other, so that a limit holds. */
export const lockTalk = (trx: Trx, id: string) =>
  trx.selectFrom('talks').select('id').where('id', '=', id).forNoKeyUpdate().executeTakeFirst()

export async function countOpinions(trx: Trx, talkId: string): Promise<number> {
  const row = await trx
    .selectFrom('feedback')
    .select(it => it.fn.countAll<string>().as('count'))
    .where('talk_id', '=', talkId)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** An answer and its day: nothing else of whoever gave it is known or kept. */
export async function insertOpinion(
  trx: Trx,
  talkId: string,
  opinion: Opinion,
  remark: string,
  day: Day,
): Promise<void> {
  await trx
    .insertInto('feedback')
    .values({ talk_id: talkId, ...opinion, remark, given_on: day })
    .execute()
}

export type Opinions = { count: number; averages: Opinion }

/** How a talk was found, on average. */
export async function findOpinions(db: Db, talkId: string): Promise<Opinions> {
  const row = await db
    .selectFrom('feedback')
    .select(it => [
      it.fn.countAll<string>().as('count'),
      it.fn.avg<string | null>('clear').as('clear'),
      it.fn.avg<string | null>('useful').as('useful'),
      it.fn.avg<string | null>('respectful').as('respectful'),
      it.fn.avg<string | null>('again').as('again'),
    ])
    .where('talk_id', '=', talkId)
    .executeTakeFirstOrThrow()
  return {
    count: Number(row.count),
    averages: {
      clear: Number(row.clear),
      useful: Number(row.useful),
      respectful: Number(row.respectful),
      again: Number(row.again),
    },
  }
}

/** What was remarked of a talk, in an order that tells nothing of who wrote when. */
export async function findRemarks(db: Db, talkId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('feedback')
    .select('remark')
    .where('talk_id', '=', talkId)
    .where('remark', '<>', '')
    .orderBy('id')
    .limit(200)
    .execute()
  return rows.map(({ remark }) => remark)
}

export async function setConfirmed(trx: Trx, talkId: string, heads: number): Promise<void> {
  await trx.updateTable('talks').set({ heads_confirmed: heads }).where('id', '=', talkId).execute()
}

/** Remarks older than this day go; the answers stay. */
export async function dropRemarks(trx: Trx, before: Day): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('feedback')
    .set({ remark: '' })
    .where('remark', '<>', '')
    .where('given_on', '<', before)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

const contacts = (trx: Trx) =>
  trx
    .selectFrom('talks')
    .innerJoin('houses', 'houses.id', 'talks.house_id')
    .innerJoin('requests', 'requests.id', 'talks.request_id')
    .innerJoin('contacts', 'contacts.id', 'requests.contact_id')
    .select([
      'talks.id',
      'talks.house_id as houseId',
      'talks.during',
      'requests.id as requestId',
      'contacts.id as contactId',
      'contacts.language',
      'contacts.email',
      'contacts.phone',
      'contacts.channel',
    ])
export type Asked = Awaited<ReturnType<typeof findUnasked>>[number]

/** Whom to ask how this talk was. */
export const findAsked = (trx: Trx, talkId: string) => contacts(trx).where('talks.id', '=', talkId).execute()

/** Talks of the last days whose contacts were not asked yet, where it is morning on the day after or later. */
export const findUnasked = (trx: Trx, now: DateTime) =>
  contacts(trx)
    .where('talks.state', 'in', ['booked', 'held'])
    .where(sql<boolean>`talks.held_on >= (${now} at time zone houses.zone)::date - 3`)
    .where(sql<boolean>`talks.held_on < (${now} at time zone houses.zone)::date`)
    .where(sql<boolean>`(${now} at time zone houses.zone)::time >= '09:00'`)
    .where(it =>
      it.not(
        it.exists(
          it
            .selectFrom('messages')
            .select('messages.id')
            .whereRef('messages.talk_id', '=', 'talks.id')
            .where('messages.kind', '=', 'feedback-asked'),
        ),
      ),
    )
    .execute()
