import { sql } from 'kysely'
import { insertMany } from '../base/db/many.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language } from '../base/i18n/language.ts'
import type { Day, Moment } from '../base/time.ts'
import type { Reason, TeamMember, Warning } from '../matching/rules.ts'
import type { Obstruction } from '../talks/rules.ts'
import type { Case, Hurdle, Line, Step } from './plan-rules.ts'

/** What became of a proposal at release: the talk, with what was in the way of taking it back; taken back; or what was in the way of booking it. */
export type Outcome = { talkId: string; kept?: Obstruction } | { back: true } | { refused: Obstruction }

/** A request in a plan, before anything was found for it. */
export const emptyRow = (plan_id: string, request_id: string) => ({
  ...{ plan_id, request_id, chosen: true, position: 0, kind: 'unplaced', pinned: false, excluded: false, people: 0 },
  ...{ team: [], reasons: [], warnings: [], obstacles: [] },
  ...{ talk_id: null, talk_version: null, step: null, held_on: null, from_minute: null, minutes: null, was: null },
})

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

export const setOutcome = (trx: Db | Trx, planId: string, requestId: string, outcome: Outcome) =>
  trx
    .updateTable('plan_talks')
    .set({ outcome: JSON.stringify(outcome) })
    .where('plan_id', '=', planId)
    .where('request_id', '=', requestId)
    .execute()
