import { remember } from '../base/db/changes.ts'
import type { Db } from '../base/db/open.ts'
import { type Trx, transact } from '../base/db/transact.ts'
import { type DateTime, instantOrThrow, plusDays } from '../base/time.ts'
import { deleteBusy, insertBusy, lockSpeaker } from '../speakers/busy-store.ts'
import type { Away } from './plan-rules.ts'
import { hasAbsence, type PlanRow, setAway } from './store.ts'

type Marked = { away: Away; kind: 'busy-added' | 'busy-removed' } | undefined

/** Who is away is not asked for anything else in these days. */
export const noteAway = (db: Db, plan: PlanRow, now: DateTime) =>
  mark(db, plan, now, async (trx, away) => {
    const during = daysOf(plan, away)
    if (away.absenceId !== undefined || (await hasAbsence(trx, away.speakerId, during))) return
    const absenceId = await insertBusy(trx, away.speakerId, { absence: during })
    return { away: { ...away, absenceId }, kind: 'busy-added' }
  })

/** The days that the release itself has marked as busy are open again. */
export const forgetAway = (db: Db, plan: PlanRow, now: DateTime) =>
  mark(db, plan, now, async (trx, { absenceId, ...away }) => {
    if (absenceId === undefined) return
    await deleteBusy(trx, away.speakerId, { table: 'absences', id: absenceId })
    return { away, kind: 'busy-removed' }
  })

const daysOf = ({ zone }: PlanRow, { from, to }: Away) => ({
  from: instantOrThrow(from, 0, zone),
  to: instantOrThrow(plusDays(to, 1), 0, zone),
})

async function mark(
  db: Db,
  { house_id: houseId, account_id, away, id }: PlanRow,
  now: DateTime,
  change: (trx: Trx, away: Away) => Promise<Marked>,
): Promise<void> {
  const all = [...away]
  for (const [at, one] of all.entries())
    await transact(db, async trx => {
      await lockSpeaker(trx, one.speakerId)
      const marked = await change(trx, one)
      if (!marked) return
      all[at] = marked.away
      await setAway(trx, id, all)
      const by = { houseId, accountId: account_id ?? undefined, speakerId: one.speakerId }
      await remember(trx, { ...by, kind: marked.kind, at: now, byWhom: 'account', detail: { plan: id } })
    })
}
