import { sql } from 'kysely'
import type { Trx } from '../base/db/transact.ts'
import { hashOf, newNonce, tokenOf } from '../base/secrets.ts'
import { clock, type DateTime, type Day, type Minute } from '../base/time.ts'
import { nextNumber, statusLink } from '../requests/store.ts'
import type { SeriesKind } from './rules.ts'

export type Wish = { day: Day; fromMinute: Minute; toMinute: Minute; shift: string | null }
export type NewDate = {
  position: number
  className: string
  grades: number[]
  heads: number
  topicId: string
  wish: Wish
}

export async function insertSeries(
  trx: Trx,
  series: { houseId: string; kind: SeriesKind; name: string; everyWeeks: number | undefined; accountId: string },
  now: DateTime,
): Promise<string> {
  const { id } = await trx
    .insertInto('series')
    .values({
      house_id: series.houseId,
      kind: series.kind,
      name: series.name,
      every_weeks: series.everyWeeks ?? null,
      created_by: series.accountId,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The request itself becomes one date: its wish is that day now. */
export async function becomeDate(trx: Trx, requestId: string, seriesId: string, date: NewDate): Promise<void> {
  await trx
    .updateTable('requests')
    .set({
      series_id: seriesId,
      series_position: date.position,
      class_name: date.className,
      grades: date.grades,
      heads: date.heads,
      topic_id: date.topicId,
      latest_on: null,
    })
    .where('id', '=', requestId)
    .execute()
  await trx.deleteFrom('request_windows').where('request_id', '=', requestId).execute()
  await wishFor(trx, requestId, date.wish)
}

/** A further date: the same host asks the same way, under a number and a link of its own. */
export async function insertDate(
  trx: Trx,
  secret: string,
  like: { id: string; houseId: string },
  seriesId: string,
  date: NewDate,
): Promise<string> {
  const number = await nextNumber(trx, like.houseId)
  const nonce = newNonce()
  const { rows } = await sql<{ id: string }>`
    insert into requests (house_id, number, host_id, contact_id, topic_id, series_id, series_position, class_name, audience, grades,
      heads, mode, note, state, source, language, public, nonce, token_hash, asked_at, confirmed_at, entered_by)
    select house_id, ${number}::int, host_id, contact_id, ${date.topicId}::uuid, ${seriesId}::uuid, ${date.position}::int,
      ${date.className}::text, audience, ${date.grades}::int[], ${date.heads}::int, mode, note, state, source, language, public,
      ${nonce}::text, ${hashOf(tokenOf(secret, statusLink, nonce))}::text, asked_at, confirmed_at, entered_by
    from requests where id = ${like.id} returning id`.execute(trx)
  const id = rows[0]?.id
  if (id === undefined) throw new Error('the request that is made into a series is locked and cannot be gone')
  await sql`insert into request_languages (request_id, language)
    select ${id}::uuid, language from request_languages where request_id = ${like.id}`.execute(trx)
  await wishFor(trx, id, date.wish)
  return id
}

const wishFor = (trx: Trx, requestId: string, { day, fromMinute, toMinute, shift }: Wish) =>
  trx
    .insertInto('request_windows')
    .values({
      request_id: requestId,
      position: 1,
      from_on: day,
      to_on: day,
      from_time: clock(fromMinute),
      to_time: clock(toMinute),
      shift,
    })
    .execute()

/** The series a request is a date of, if it is one. */
export const findSeriesId = async (trx: Trx, requestId: string): Promise<string | null> =>
  (await trx.selectFrom('requests').select('series_id').where('id', '=', requestId).executeTakeFirst())?.series_id ??
  null
