import { insertMany, updateMany } from '../base/db/many.ts'
import type { Trx } from '../base/db/transact.ts'
import { clock } from '../base/time.ts'
import type { SpeakerValue } from './edit-rules.ts'
import { columnsOf } from './edit-store.ts'

type Kept = { id: string; value: SpeakerValue }

/** New speakers under ids that the caller has made. */
export async function insertSpeakers(trx: Trx, houseId: string, all: Kept[]): Promise<void> {
  await insertMany(
    trx,
    'speakers',
    all.map(({ id, value }) => ({ id, house_id: houseId, ...columnsOf(value) })),
  )
  await insertAllParts(trx, all)
}

/** Locks speakers in order of their ids; those that are the House's. */
export const lockSpeakers = async (trx: Trx, houseId: string, ids: string[]): Promise<string[]> =>
  ids.length === 0
    ? []
    : (
        await trx
          .selectFrom('speakers')
          .select('id')
          .where('house_id', '=', houseId)
          .where('id', 'in', ids)
          .orderBy('id')
          .forNoKeyUpdate()
          .execute()
      ).map(({ id }) => id)

/** Writes speakers anew; the caller has locked them. */
export async function updateSpeakers(trx: Trx, all: Kept[]): Promise<void> {
  if (all.length === 0) return
  const ids = all.map(({ id }) => id)
  await updateMany(
    trx,
    'speakers',
    all.map(({ id, value }) => ({ id, ...columnsOf(value) })),
  )
  for (const table of [
    'speaker_professions',
    'speaker_languages',
    'speaker_topics',
    'speaker_audiences',
    'weekly_hours',
    'credentials',
  ] as const)
    await trx.deleteFrom(table).where('speaker_id', 'in', ids).execute()
  await insertAllParts(trx, all)
}

async function insertAllParts(trx: Trx, all: Kept[]): Promise<void> {
  const each = (of: (value: SpeakerValue) => Record<string, unknown>[]) =>
    all.flatMap(({ id, value }) => of(value).map(row => ({ speaker_id: id, ...row })))
  await insertMany(
    trx,
    'speaker_professions',
    each(it => it.professions.map((profession, position) => ({ profession, position }))),
  )
  await insertMany(
    trx,
    'speaker_languages',
    each(it => it.languages.map(language => ({ language }))),
  )
  await insertMany(
    trx,
    'speaker_topics',
    each(it => it.topics.map(topic_id => ({ topic_id }))),
  )
  await insertMany(
    trx,
    'speaker_audiences',
    each(it => it.audiences.map(audience => ({ audience }))),
  )
  await insertMany(
    trx,
    'weekly_hours',
    each(it =>
      it.weekly.map(({ weekday, from, to, given }) => ({
        ...{ id: crypto.randomUUID(), weekday, given },
        from_time: clock(from),
        to_time: clock(to),
      })),
    ),
  )
  await insertMany(
    trx,
    'credentials',
    each(it => it.credentials.map(({ kind, from, until }) => ({ kind, valid_from: from, valid_until: until ?? null }))),
  )
}
