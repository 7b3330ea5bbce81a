import { sql } from 'kysely'
import { insertMany } from '../base/db/many.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime, Day, Moment } from '../base/time.ts'
import type { Reason, TeamMember, Warning } from '../matching/rules.ts'
import type { Obstruction } from '../talks/rules.ts'
import type { Away, Case, Hurdle, Line, Moves, Said, Step, Weights } from './plan-rules.ts'

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

/** What became of a proposal at release: the talk, or what was in the way. */
export type Outcome = { talkId: string } | { refused: Obstruction }

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

const emptyRow = (plan_id: string, request_id: string) => ({
  ...{ plan_id, request_id, chosen: true, position: 0, kind: 'unplaced', pinned: false, excluded: false, people: 0 },
  ...{ team: [], reasons: [], warnings: [], obstacles: [] },
  ...{ talk_id: null, talk_version: null, step: null, held_on: null, from_minute: null, minutes: null, was: null },
})

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
      it
        .selectFrom('plan_talks')
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .whereRef('plan_talks.plan_id', '=', 'plans.id')
        .where(or => or.or([or('kind', '!=', 'unplaced'), or('chosen', '=', true)]))
        .where('excluded', '=', false)
        .as('asked'),
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

/** The lines of a plan with what a page says of each, in the order of time, what found no place last. */
export async function findLines(db: Db | Trx, planId: string, language: Language) {
  const rows = await db
    .selectFrom('plan_talks')
    .innerJoin('requests', 'requests.id', 'plan_talks.request_id')
    .innerJoin('hosts', 'hosts.id', 'requests.host_id')
    .innerJoin('topics', 'topics.id', 'requests.topic_id')
    .select([
      ...(['plan_talks.request_id', 'plan_talks.talk_id', 'talk_version', 'chosen', 'plan_talks.position'] as const),
      ...(['plan_talks.kind', 'step', 'plan_talks.minutes', 'pinned', 'excluded', 'outcome'] as const),
      ...(['plan_talks.held_on', 'from_minute', 'team', 'was', 'people', 'reasons', 'warnings', 'obstacles'] as const),
      ...(['requests.number', 'requests.state as requestState'] as const),
      `hosts.name_${language} as host`,
      `topics.title_${language} as topic`,
    ])
    .where('plan_id', '=', planId)
    .orderBy('plan_talks.held_on', it => it.asc().nullsLast())
    .orderBy('from_minute')
    .orderBy('plan_talks.position')
    .orderBy('requests.number')
    .execute()
  return rows.map(row => ({
    ...row,
    step: row.step as Step | null,
    moment: momentOf(row),
    team: row.team as unknown as TeamMember[],
    was: row.was as unknown as (Moment & { team: TeamMember[] }) | null,
    reasons: row.reasons as unknown as Reason[],
    warnings: row.warnings as unknown as Warning[],
    hurdles: row.obstacles as unknown as Hurdle[],
    outcome: row.outcome as unknown as Outcome | null,
  }))
}
export type LineRow = Awaited<ReturnType<typeof findLines>>[number]

const momentOf = (row: {
  held_on: Day | null
  from_minute: number | null
  minutes: number | null
}): Moment | undefined =>
  row.held_on === null || row.from_minute === null || row.minutes === null
    ? undefined
    : { day: row.held_on, from: row.from_minute, to: row.from_minute + row.minutes }

const columnsOf = (planId: string, line: Line, one: Case | undefined) => ({
  ...{ plan_id: planId, request_id: line.requestId, kind: line.kind, step: line.step ?? null, people: line.people },
  ...{ held_on: line.moment?.day ?? null, from_minute: line.moment?.from ?? null },
  minutes: line.moment ? line.moment.to - line.moment.from : null,
  ...{ team: line.team, reasons: line.reasons, warnings: line.warnings, obstacles: line.hurdles },
  ...{ talk_id: one?.standing?.talkId ?? null, talk_version: one?.standing?.version ?? null },
  was: one?.standing ? { ...one.standing } : null,
})

/** Writes what a run has found: the lines that were chosen get it, talks that would change come along; what is pinned stays. */
export async function writeDraft(trx: Trx, planId: string, lines: Line[], cases: Map<string, Case>): Promise<void> {
  const known = await trx
    .selectFrom('plan_talks')
    .select(['request_id', 'position', 'chosen', 'excluded'])
    .where('plan_id', '=', planId)
    .where('pinned', '=', false)
    .where(it => it.or([it('chosen', '=', true), it('excluded', '=', true)]))
    .execute()
  await trx.deleteFrom('plan_talks').where('plan_id', '=', planId).where('pinned', '=', false).execute()
  const found = new Map(lines.map(line => [line.requestId, line]))
  const chosen = known.map(({ request_id, ...kept }) => {
    const line = found.get(request_id)
    found.delete(request_id)
    return { ...emptyRow(planId, request_id), ...(line && columnsOf(planId, line, cases.get(request_id))), ...kept }
  })
  const more = [...found.values()].map((line, at) => ({
    ...emptyRow(planId, line.requestId),
    ...columnsOf(planId, line, cases.get(line.requestId)),
    ...{ chosen: false, position: known.length + at },
  }))
  await insertMany(trx, 'plan_talks', [...chosen, ...more])
}

/** One line gets another time or team by hand, and keeps it. */
export async function rewriteLine(trx: Trx, planId: string, line: Line): Promise<void> {
  const { moment } = line
  await trx
    .updateTable('plan_talks')
    .set({
      ...{
        kind: line.kind,
        step: line.step ?? null,
        people: line.people,
        pinned: moment !== undefined,
        excluded: false,
      },
      ...{
        held_on: moment?.day ?? null,
        from_minute: moment?.from ?? null,
        minutes: moment ? moment.to - moment.from : null,
      },
      ...{ team: JSON.stringify(line.team), reasons: JSON.stringify(line.reasons) },
      ...{ warnings: JSON.stringify(line.warnings), obstacles: JSON.stringify(line.hurdles) },
    })
    .where('plan_id', '=', planId)
    .where('request_id', '=', line.requestId)
    .execute()
}

/** A request is out of this plan, whatever was proposed for it. */
export const exclude = (trx: Trx, planId: string, requestId: string) =>
  trx
    .updateTable('plan_talks')
    .set({ excluded: true, pinned: false })
    .where('plan_id', '=', planId)
    .where('request_id', '=', requestId)
    .execute()

/** What is pinned and what is out, by the requests' numbers; what is out has no place. */
export async function setMarks(
  trx: Trx,
  planId: string,
  { pinned, excluded, leftOut }: { pinned: number[]; excluded: number[]; leftOut: string[] },
): Promise<void> {
  await sql`update plan_talks p set excluded = r.number = any(${excluded}::int[]),
      pinned = p.kind <> 'unplaced' and r.number = any(${pinned}::int[]) and not r.number = any(${excluded}::int[])
    from requests r where r.id = p.request_id and p.plan_id = ${planId}`.execute(trx)
  await trx
    .updateTable('plans')
    .set({ left_out: JSON.stringify(leftOut) })
    .where('id', '=', planId)
    .execute()
}

/** Sets a plan to work again; the next search begins elsewhere. */
export const beginAgain = (trx: Trx, planId: string, state: 'running' | 'releasing', now: DateTime) =>
  trx
    .updateTable('plans')
    .set(eb => ({
      state,
      phase: 'waiting',
      stop_asked: false,
      attempts: 0,
      started_at: now,
      ...(state === 'running' ? { seed: eb('seed', '+', 1), placed: 0, cost: null, bound: null } : {}),
    }))
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

export const setOutcome = (trx: Db | Trx, planId: string, requestId: string, outcome: Outcome) =>
  trx
    .updateTable('plan_talks')
    .set({ outcome: JSON.stringify(outcome) })
    .where('plan_id', '=', planId)
    .where('request_id', '=', requestId)
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

/** What is booked already in these days, for a look beside the draft. */
export const findBooked = (db: Db, houseId: string, { from, to }: { from: Day; to: Day }, language: Language) =>
  db
    .selectFrom('talks')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .innerJoin('topics', 'topics.id', 'talks.topic_id')
    .select([
      ...(['talks.id', 'talks.held_on', 'talks.from_time', 'talks.minutes'] as const),
      `hosts.name_${language} as host`,
      `topics.title_${language} as topic`,
      sql<
        string[]
      >`array(select a.speaker_id from assignments a where a.talk_id = talks.id and a.state in ('invited', 'accepted')
        order by a.invited_at, a.id)`.as('team'),
    ])
    .where('talks.house_id', '=', houseId)
    .where('talks.state', '=', 'booked')
    .where('talks.held_on', '>=', from)
    .where('talks.held_on', '<=', to)
    .orderBy('talks.held_on')
    .orderBy('talks.from_time')
    .limit(600)
    .execute()
