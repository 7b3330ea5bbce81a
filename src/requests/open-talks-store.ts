import { sql } from 'kysely'
import { keptWithDiary } from '../base/db/diary.ts'
import type { Said } from '../base/i18n/language.ts'
import type { Day } from '../base/time.ts'

/** As much of a talk as everybody may see: no contact, no speaker, no way in. */
export type OpenTalk = {
  id: string
  day: Day
  from: string
  minutes: number
  online: boolean
  topic: { slug: string; title: Said }
  host: Said
  district: Said
}

/** How many are looked at: a page shows fewer, since some of today's have begun. */
const most = 60

/** The next talks that are marked public, from a day on; closed events never, whatever their mark. */
export const findOpenTalks = keptWithDiary('open talks', async (db, houseId, from: Day): Promise<OpenTalk[]> => {
  const rows = await db
    .selectFrom('talks as t')
    .innerJoin('topics', 'topics.id', 't.topic_id')
    .innerJoin('hosts as h', 'h.id', 't.host_id')
    .innerJoin('districts as d', 'd.kato', 'h.district')
    .leftJoin('requests as r', 'r.id', 't.request_id')
    .leftJoin('audiences as a', 'a.slug', 'r.audience')
    .select([
      't.id',
      't.held_on',
      't.from_time',
      't.minutes',
      't.mode',
      'topics.slug',
      'topics.title_kk',
      'topics.title_ru',
      'topics.title_en',
      'h.name_kk',
      'h.name_ru',
      'h.name_en',
      'd.name_kk as district_kk',
      'd.name_ru as district_ru',
      'd.name_en as district_en',
    ])
    .where('t.house_id', '=', houseId)
    .where('t.public', '=', sql.lit(true))
    .where('t.state', '=', sql.lit('booked'))
    .where('t.held_on', '>=', from)
    .where('h.kind', '!=', sql.lit('custody'))
    .where(it => it.or([it('a.closed', 'is', null), it('a.closed', '=', false)]))
    .orderBy('t.held_on')
    .orderBy('t.from_time')
    .orderBy('t.id')
    .limit(most)
    .execute()
  return rows.map(row => ({
    id: row.id,
    day: row.held_on,
    from: row.from_time,
    minutes: row.minutes,
    online: row.mode !== 'onsite',
    topic: { slug: row.slug, title: { kk: row.title_kk, ru: row.title_ru, en: row.title_en } },
    host: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
    district: { kk: row.district_kk, ru: row.district_ru, en: row.district_en },
  }))
})
