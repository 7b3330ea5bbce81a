import type { Db } from '../base/db/open.ts'

/** The series of which this request is a date, with how many dates it has; nothing where it stands alone. */
export const findSeriesOf = (db: Db, requestId: string) =>
  db
    .selectFrom('requests')
    .innerJoin('series', 'series.id', 'requests.series_id')
    .select(it => [
      'series.id',
      'series.name',
      'requests.series_position as position',
      it
        .selectFrom('requests as all')
        .whereRef('all.series_id', '=', 'series.id')
        .select(all => all.fn.countAll<number>().as('count'))
        .as('count'),
    ])
    .where('requests.id', '=', requestId)
    .executeTakeFirst()
