import { sql } from 'kysely'
import { insertMany } from '../base/db/many.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime, Day, Span } from '../base/time.ts'
import { emptyRow } from './line-store.ts'
import type { Away, Moves, Said, Weights } from './plan-rules.ts'

export type NewPlan = {
  houseId: string
  accountId: string
  from: Day
  to: Day
  weights: Weights
  moves: Moves
  seconds: number
  away: Away[]
  requestIds: string[]
}

/** A plan at its beginning, with the requests that were chosen in the order of the inbox. */
export async function insertPlan(trx: Trx, it: NewPlan, now: DateTime): Promise<string> {
  const { id } = await trx
    .insertInto('plans')
    .values({
      ...{ house_id: it.houseId, account_id: it.accountId, from_on: it.from, to_on: it.to },
      ...{ weights: JSON.stringify(it.weights), away: JSON.stringify(it.away), left_out: '[]' },
      ...{ moves: it.moves, seconds: it.seconds, created_at: now, started_at: now },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await insertMany(
    trx,
    'plan_talks',
    it.requestIds.map((request_id, position) => ({ ...emptyRow(id, request_id), position })),
  )
  return id
}

/** One plan of the House. */
export async function findPlan(db: Db | Trx, houseId: string, id: string, lock = false) {
  const row = await db
    .selectFrom('plans')
    .innerJoin('houses', 'houses.id', 'plans.house_id')
    .leftJoin('accounts', 'accounts.id', 'plans.account_id')
    .select(it => [
      ...(['plans.id', 'plans.house_id', 'plans.account_id', 'plans.state', 'from_on', 'to_on', 'weights'] as const),
      ...([
        'moves',
        'seconds',
        'seed',
        'away',
        'left_out',
        'phase',
        'placed',
        'cost',
        'bound',
        'travel_minutes',
        'figures',
      ] as const),
      ...(['plans.created_at', 'started_at', 'finished_at', 'released_at', 'stop_asked', 'houses.zone'] as const),
      ...(['releases', 'taking_back', 'back_until', 'houses.undo_seconds'] as const),
      it
        .selectFrom('plan_talks')
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .whereRef('plan_talks.plan_id', '=', 'plans.id')
        .where(or => or.or([or('kind', '!=', 'unplaced'), or('chosen', '=', true)]))
        .where('excluded', '=', false)
        .as('asked'),
      // what a release books, or what of it is to be taken back
      it
        .selectFrom('plan_talks')
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .whereRef('plan_talks.plan_id', '=', 'plans.id')
        .where('kind', '!=', 'unplaced')
        .where('excluded', '=', false)
        .where(sql<boolean>`(not taking_back or outcome ?| array['talkId', 'back'])`)
        .as('proposed'),
      'accounts.name_kk as who_kk',
      'accounts.name_ru as who_ru',
      'accounts.name_en as who_en',
    ])
    .where('plans.house_id', '=', houseId)
    .where('plans.id', '=', id)
    .$if(lock, query => query.forUpdate('plans'))
    .executeTakeFirst()
  return (
    row && {
      ...row,
      asked: Number(row.asked ?? 0),
      proposed: Number(row.proposed ?? 0),
      weights: row.weights as unknown as Weights,
      away: row.away as unknown as Away[],
      leftOut: row.left_out as unknown as string[],
      figures: row.figures as unknown as Said | null,
    }
  )
}
export type PlanRow = NonNullable<Awaited<ReturnType<typeof findPlan>>>

/** The latest plans of a House. */
export const findPlans = (db: Db, houseId: string, language: Language) =>
  db
    .selectFrom('plans')
    .leftJoin('accounts', 'accounts.id', 'plans.account_id')
    .select(it => [
      ...(['plans.id', 'state', 'from_on', 'to_on', 'plans.created_at', 'placed'] as const),
      `accounts.name_${language} as who`,
      it
        .selectFrom('plan_talks')
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .whereRef('plan_talks.plan_id', '=', 'plans.id')
        .where('chosen', '=', true)
        .as('asked'),
    ])
    .where('plans.house_id', '=', houseId)
    .orderBy('plans.created_at', 'desc')
    .limit(20)
    .execute()

/** Sets a plan to work again; the next search begins elsewhere, and the next release is another one. */
export const beginAgain = (trx: Trx, planId: string, state: 'running' | 'releasing', now: DateTime) =>
  trx
    .updateTable('plans')
    .set(eb => ({
      state,
      phase: 'waiting',
      stop_asked: false,
      attempts: 0,
      started_at: now,
      placed: 0,
      ...(state === 'running' ? { seed: eb('seed', '+', 1), cost: null, bound: null } : {}),
      ...(state === 'releasing' ? { releases: eb('releases', '+', 1) } : {}),
    }))
    .where('id', '=', planId)
    .execute()

/** Sets a released plan to work on being a draft again. */
export const beginBack = (trx: Trx, planId: string, now: DateTime) =>
  trx
    .updateTable('plans')
    .set({
      ...{ state: 'releasing', taking_back: true, placed: 0, released_at: null, back_until: null },
      ...{ phase: 'waiting', stop_asked: false, attempts: 0, started_at: now },
    })
    .where('id', '=', planId)
    .execute()

/** Asks the process that works on a plan to end with the best so far. */
export const askToStop = (db: Db, houseId: string, id: string) =>
  db
    .updateTable('plans')
    .set({ stop_asked: true })
    .where('house_id', '=', houseId)
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute()

export const deletePlan = (trx: Trx, houseId: string, id: string) =>
  trx
    .deleteFrom('plans')
    .where('house_id', '=', houseId)
    .where('id', '=', id)
    .where('state', 'in', ['done', 'stopped', 'released'])
    .execute()

/** Of these requests those of the House that wait, in the order of the inbox. */
export async function findChosen(db: Db | Trx, houseId: string, numbers: number[]): Promise<string[]> {
  const rows = await db
    .selectFrom('requests')
    .select('id')
    .where('house_id', '=', houseId)
    .where('state', '=', 'waiting')
    .where(sql<boolean>`number = any(${numbers}::int[])`)
    .orderBy('postponed_from')
    .orderBy('confirmed_at')
    .orderBy('number')
    .execute()
  return rows.map(({ id }) => id)
}

/** Requests that wait because this closure took their talk. */
export async function findPostponed(db: Db, houseId: string, closureId: string): Promise<number[]> {
  const rows = await db
    .selectFrom('closure_talks')
    .innerJoin('talks', 'talks.id', 'closure_talks.talk_id')
    .innerJoin('requests', 'requests.id', 'talks.request_id')
    .select('requests.number')
    .distinct()
    .where('closure_talks.closure_id', '=', closureId)
    .where('requests.house_id', '=', houseId)
    .where('requests.state', '=', 'waiting')
    .execute()
  return rows.map(({ number }) => number)
}

/** Whether anybody has accepted a talk. */
export async function isAnswered(db: Db, talkId: string): Promise<boolean> {
  const seat = await db
    .selectFrom('assignments')
    .select('id')
    .where('talk_id', '=', talkId)
    .where('state', '=', 'accepted')
    .limit(1)
    .executeTakeFirst()
  return seat !== undefined
}

export const setAway = (trx: Trx, planId: string, away: Away[]) =>
  trx
    .updateTable('plans')
    .set({ away: JSON.stringify(away) })
    .where('id', '=', planId)
    .execute()

export const hasAbsence = async (trx: Trx, speakerId: string, during: Span): Promise<boolean> =>
  (await trx
    .selectFrom('absences')
    .select('id')
    .where('speaker_id', '=', speakerId)
    .where('during', '=', during)
    .executeTakeFirst()) !== undefined

/** Drafts that were made since a moment and wait for somebody to look at them. */
export async function countFreshDrafts(db: Db, houseId: string, since: DateTime): Promise<number> {
  const { count } = await db
    .selectFrom('plans')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('house_id', '=', houseId)
    .where('state', 'in', ['done', 'stopped'])
    .where('finished_at', '>', since)
    .executeTakeFirstOrThrow()
  return Number(count)
}
