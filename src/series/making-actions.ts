import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import { findRoster, topicOf } from '../matching/roster-store.ts'
import type { Request, World } from '../matching/rules.ts'
import { momentFrom } from '../matching/seat-rules.ts'
import { type Asked, findAsked, findWorld } from '../matching/store.ts'
import { lockRequest } from '../talks/store.ts'
import type { PlannedDate, PlannedSeries } from './form-rules.ts'
import { becomeDate, findSeriesId, insertDate, insertSeries, type NewDate, type Wish } from './making-store.ts'

export type Making = {
  actor: { accountId: string; houseId: string }
  requestNumber: number
  series: PlannedSeries
}
export type NotMade = { refused: 'missing' | 'not-waiting' | 'is-a-date' }

/** A request that waits becomes the first date of a series; the others are requests like it, each with its own number. */
export const makeSeries = (
  db: Db,
  secret: string,
  making: Making,
  form: Form,
  now: DateTime,
): Promise<Done | NotMade> =>
  transactOnce<NotMade>(db, form, async trx => {
    const { actor, series } = making
    const { houseId, accountId } = actor
    const request = await lockRequest(trx, houseId, making.requestNumber)
    if (!request || request.state === 'unconfirmed') return { refused: 'missing' }
    if (request.state !== 'waiting') return { refused: 'not-waiting' }
    if ((await findSeriesId(trx, request.id)) !== null) return { refused: 'is-a-date' }
    const asked = await findAsked(trx, houseId, { id: request.id })
    if (!asked) return { refused: 'missing' }
    const dates = await datesOf(trx, asked, series, now)
    const seriesId = await insertSeries(trx, { houseId, accountId, ...series }, now)
    for (const [at, date] of dates.entries()) {
      if (at === 0) await becomeDate(trx, request.id, seriesId, date)
      const id = at === 0 ? request.id : await insertDate(trx, secret, { id: request.id, houseId }, seriesId, date)
      await remember(trx, {
        houseId,
        kind: 'into-series',
        at: now,
        byWhom: 'account',
        accountId,
        requestId: id,
      })
    }
    return { location: `/app/series/${seriesId}/plan` }
  })

async function datesOf(trx: Trx, asked: Asked, series: PlannedSeries, now: DateTime): Promise<NewDate[]> {
  const days = series.dates.map(({ day }) => day).sort()
  const world = await findWorld(trx, asked, { from: days[0] ?? '', to: days.at(-1) ?? '' }, now)
  const roster = await findRoster(trx, asked.houseId, now)
  const found: NewDate[] = []
  for (const [at, date] of series.dates.entries()) {
    const topicId = date.topicId ?? asked.topicId
    const topic = roster && (await topicOf(trx, roster, asked.houseId, topicId))
    const { request } = asked
    const grades = date.grades && request.grades.length > 0 ? date.grades : request.grades
    found.push({
      position: at + 1,
      className: date.className,
      grades,
      heads: date.heads ?? request.heads,
      topicId,
      wish: wishOf(world && topic && { ...world, topic }, { ...request, grades }, date, series),
    })
  }
  return found
}

/** A named hour is a wish for just this time; without one the hours stand that the host wished before. */
function wishOf(world: World | undefined, request: Request, { day }: PlannedDate, series: PlannedSeries): Wish {
  const { kind, time } = series
  const [before] = request.windows
  const usual = { fromMinute: before?.fromMinute ?? 0, toMinute: before?.toMinute ?? 1440 }
  if (time === undefined) return { day, ...usual, shift: before?.shift ?? null }
  if (kind === 'day') return { day, fromMinute: time, toMinute: 1440, shift: null }
  const end = world ? momentFrom(world, request, { day, minute: time }).to : time + 60
  return { day, fromMinute: time, toMinute: Math.min(1440, end), shift: null }
}
