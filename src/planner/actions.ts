import { remember } from '../base/db/changes.ts'
import { brokenConstraint } from '../base/db/errors.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { give } from './claim-store.ts'
import * as lines from './line-store.ts'
import type { Line } from './plan-rules.ts'
import * as store from './store.ts'

/** Who acts; `holder` is the process that is to do the work. */
type Me = { houseId: string; accountId: string }
export type Refused = { refused: 'missing' | 'at-work' | 'released' | 'late' }

const page = (id: string): string => `/app/planner/${id}`

/** A plan begins; a House has one at work at a time. */
export const begin = (db: Db, plan: store.NewPlan, holder: string, form: Form): Promise<Done | Refused> =>
  atWorkOnce(() =>
    transactOnce<Refused>(db, form, async trx => {
      const id = await store.insertPlan(trx, plan, form.now)
      await give(trx, id, holder)
      return { location: page(id) }
    }),
  )

export type Marks = { pinned: number[]; excluded: number[]; leftOut: string[] }

/** What is pinned, and who and what is out, is kept; with `again` the search begins anew from there. */
export const mark = (
  db: Db,
  me: Me,
  id: string,
  marks: Marks,
  again: string | undefined,
  form: Form,
): Promise<Done | Refused> =>
  atWorkOnce(() =>
    transactOnce<Refused>(db, form, async trx => {
      const refused = await refusedFor(trx, me, id)
      if (refused) return { refused }
      await lines.setMarks(trx, id, marks)
      if (again) {
        await store.beginAgain(trx, id, 'running', form.now)
        await give(trx, id, again)
      }
      return { location: page(id) }
    }),
  )

/** One proposal as a coordinator wants it, and pinned; or out of this draft. */
export const edit = (db: Db, me: Me, id: string, line: Line, excluded: boolean, form: Form): Promise<Done | Refused> =>
  transactOnce<Refused>(db, form, async trx => {
    const refused = await refusedFor(trx, me, id)
    if (refused) return { refused }
    await (excluded ? lines.exclude(trx, id, line.requestId) : lines.rewriteLine(trx, id, line))
    return { location: page(id) }
  })

/** The draft is to be booked; from here on nobody changes it. */
export const release = (db: Db, me: Me, id: string, holder: string, form: Form): Promise<Done | Refused> =>
  atWorkOnce(() =>
    transactOnce<Refused>(db, form, async trx => {
      const refused = await refusedFor(trx, me, id)
      // a second press finds the first at work, and its page
      if (refused && refused !== 'missing') return { location: page(id) }
      if (refused) return { refused }
      await store.beginAgain(trx, id, 'releasing', form.now)
      await give(trx, id, holder)
      return { location: page(id) }
    }),
  )

/** A whole release is to be taken back; later than the House gives a change, each talk is changed by itself. */
export const takeBack = (db: Db, me: Me, id: string, holder: string, form: Form): Promise<Done | Refused> =>
  atWorkOnce(() =>
    transactOnce<Refused>(db, form, async trx => {
      const plan = await store.findPlan(trx, me.houseId, id, true)
      if (!plan) return { refused: 'missing' }
      // a second press finds the first at work, or its draft
      if (plan.state !== 'released') return { location: page(id) }
      if (!plan.back_until || plan.back_until <= form.now) return { refused: 'late' }
      await store.beginBack(trx, id, form.now)
      await give(trx, id, holder)
      const by = { byWhom: 'account', accountId: me.accountId } as const
      await remember(trx, { ...by, houseId: me.houseId, kind: 'plan-taken-back', at: form.now, detail: { plan: id } })
      return { location: page(id) }
    }),
  )

/** A draft that nobody wants any longer goes; what was released stays for reading until then. */
export const drop = (db: Db, me: Me, id: string, form: Form): Promise<Done | Refused> =>
  transactOnce<Refused>(db, form, async trx => {
    const plan = await store.findPlan(trx, me.houseId, id, true)
    if (!plan) return { refused: 'missing' }
    if (plan.state === 'running' || plan.state === 'releasing') return { refused: 'at-work' }
    await store.deletePlan(trx, me.houseId, id)
    return { location: '/app/planner' }
  })

async function refusedFor(trx: Trx, { houseId }: Me, id: string): Promise<Refused['refused'] | undefined> {
  const plan = await store.findPlan(trx, houseId, id, true)
  if (!plan) return 'missing'
  if (plan.state === 'running' || plan.state === 'releasing') return 'at-work'
  return plan.state === 'released' ? 'released' : undefined
}

async function atWorkOnce(work: () => Promise<Done | Refused>): Promise<Done | Refused> {
  try {
    return await work()
  } catch (error) {
    if (brokenConstraint(error) === 'a_house_has_one_plan_at_work') return { refused: 'at-work' }
    throw error
  }
}
