import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language } from '../base/i18n/language.ts'
import { type DateTime, type Day, minuteOf } from '../base/time.ts'
import type { HostKind } from '../hosts/rules.ts'
import type { Wish } from './rules.ts'
import { insertWishes, noteChange, type RequestState } from './store.ts'
import type { Wanted } from './times-store.ts'

export type Wished = {
  id: string
  houseId: string
  number: number
  language: Language
  state: RequestState
  version: number
  minutes: number
  latest: Day | undefined
  wishes: Wish[]
  wanted: Wanted
  /** Dates of a series have each a place in its plan. */
  series: boolean
}

/** A request by the hash of its link's token, with the times its host wished; locked when they are about to change. */
export async function findWished(db: Db | Trx, tokenHash: string, lock = false): Promise<Wished | undefined> {
  const row = await db
    .selectFrom('requests as r')
    .innerJoin('topics as t', 't.id', 'r.topic_id')
    .innerJoin('hosts as h', 'h.id', 'r.host_id')
    .select([
      'r.id',
      'r.house_id',
      'r.number',
      'r.language',
      'r.state',
      'r.version',
      'r.latest_on',
      'r.series_id',
      'r.topic_id',
      'r.audience',
      'r.grades',
      'r.heads',
      'r.mode',
      'r.host_id',
      'h.kind',
      'h.district',
      't.minutes',
      sql<string[]>`array(select language from request_languages l where l.request_id = r.id order by 1)`.as('spoken'),
    ])
    .where('r.token_hash', '=', tokenHash)
    .$if(lock, query => query.forUpdate('r'))
    .executeTakeFirst()
  if (!row) return
  const windows = await db
    .selectFrom('request_windows')
    .select(['from_on', 'to_on', 'from_time', 'to_time'])
    .where('request_id', '=', row.id)
    .orderBy('position')
    .execute()
  return {
    id: row.id,
    houseId: row.house_id,
    number: row.number,
    language: row.language,
    state: row.state,
    version: row.version,
    minutes: row.minutes,
    latest: row.latest_on ?? undefined,
    wishes: windows.map(it => ({
      from: it.from_on,
      to: it.to_on,
      fromMinute: minuteOf(it.from_time) ?? 0,
      toMinute: minuteOf(it.to_time) ?? 0,
    })),
    wanted: {
      chosen: { asked: { topicId: row.topic_id, audience: row.audience, grades: row.grades } },
      place: { asked: { id: row.host_id }, kind: row.kind as HostKind, district: row.district, isNew: false },
      heads: row.heads,
      languages: row.spoken,
      mode: row.mode === 'online' ? 'online' : 'onsite',
    },
    series: row.series_id !== null,
  }
}

/** Puts these wishes in place of the earlier ones; the history says so. */
export async function replaceWishes(
  trx: Trx,
  request: Pick<Wished, 'id' | 'houseId'>,
  { wishes, latest }: { wishes: Wish[]; latest: Day | undefined },
  now: DateTime,
): Promise<void> {
  await trx.deleteFrom('request_windows').where('request_id', '=', request.id).execute()
  await insertWishes(trx, request.id, wishes)
  await trx
    .updateTable('requests')
    .set({ latest_on: latest ?? null })
    .where('id', '=', request.id)
    .execute()
  await noteChange(trx, {
    houseId: request.houseId,
    requestId: request.id,
    kind: 'request-wished',
    at: now,
    byWhom: 'contact',
    detail: { wishes: wishes.length },
  })
}
