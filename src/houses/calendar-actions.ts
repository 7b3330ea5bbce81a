import { remember } from '../base/db/changes.ts'
import { brokenConstraint } from '../base/db/errors.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Day } from '../base/time.ts'
import type { BanValue, HolidayValue, SwapValue } from './calendar-rules.ts'
import * as store from './calendar-store.ts'
import type { Problem } from './field-rules.ts'
import { yearOfDay } from './school-year-store.ts'

export type By = { accountId: string; houseId: string; role: string }
/** `missing`: there is no such row, or it is not this person's to change. */
export type Kept = Done | { refused: Problem[] } | { refused: 'missing' }

const page = (day: Day) => `/app/calendar?year=${day.slice(0, 4)}`

export const keepHoliday = (
  db: Db,
  form: Form,
  by: By,
  old: { on: Day; slug: string } | undefined,
  value: HolidayValue,
): Promise<Kept> =>
  keep(db, form, by, { kind: 'holiday-kept', detail: { day: value.on }, location: page(value.on) }, async trx => {
    if (old) return store.updateHoliday(trx, old.on, old.slug, value)
    await store.insertHoliday(trx, slugOf(value.names.en), value)
    return true
  })

export const dropHoliday = (db: Db, form: Form, by: By, on: Day, slug: string): Promise<Kept> =>
  keep(db, form, by, { kind: 'holiday-removed', detail: { day: on }, location: page(on) }, trx =>
    store.deleteHoliday(trx, on, slug),
  )

export const keepSwap = (db: Db, form: Form, by: By, old: Day | undefined, value: SwapValue): Promise<Kept> =>
  keep(
    db,
    form,
    by,
    { kind: 'swap-kept', detail: { off: value.off, work: value.work }, location: page(value.off) },
    async trx => {
      if (old) return store.updateSwap(trx, old, value)
      await store.insertSwap(trx, value)
      return true
    },
  )

export const dropSwap = (db: Db, form: Form, by: By, off: Day): Promise<Kept> =>
  keep(db, form, by, { kind: 'swap-removed', detail: { off }, location: page(off) }, trx => store.deleteSwap(trx, off))

/** A new ban is the House's own; the country's are an administrator's to add and to change, and belong to their school year. */
export const keepBan = (db: Db, form: Form, by: By, id: string | undefined, value: BanValue): Promise<Kept> =>
  keep(
    db,
    form,
    by,
    { kind: 'ban-kept', detail: { from: value.from, to: value.to }, location: page(value.from) },
    async trx => {
      if (id) return store.updateBan(trx, reachOf(by), id, value)
      const national = value.country && reachOf(by).national
      await store.insertBan(
        trx,
        national ? null : by.houseId,
        value,
        national ? await yearOfDay(trx, value.from) : undefined,
      )
      return true
    },
  )

export const dropBan = (db: Db, form: Form, by: By, id: string, from: Day): Promise<Kept> =>
  keep(db, form, by, { kind: 'ban-removed', detail: { ban: id }, location: page(from) }, trx =>
    store.deleteBan(trx, reachOf(by), id),
  )

export const confirmSchoolYear = (db: Db, form: Form, by: By, id: string, year: string): Promise<Kept> =>
  keep(
    db,
    form,
    by,
    { kind: 'school-year-confirmed', detail: { year: id }, location: `/app/calendar?year=${year}` },
    trx => store.confirmYear(trx, id, by.accountId, form.now),
  )

export const reachOf = ({ houseId, role }: Pick<By, 'houseId' | 'role'>): store.Reach => ({
  houseId,
  national: role === 'administrator',
})

type Change = { kind: string; detail: Record<string, string>; location: string }

export async function keep(
  db: Db,
  form: Form,
  by: By,
  { kind, detail, location }: Change,
  work: (trx: Trx) => Promise<boolean>,
): Promise<Kept> {
  try {
    return await transactOnce<{ refused: Problem[] } | { refused: 'missing' }>(db, form, async trx => {
      if (!(await work(trx))) return { refused: 'missing' }
      await remember(trx, {
        houseId: by.houseId,
        kind,
        at: form.now,
        byWhom: 'account',
        accountId: by.accountId,
        detail,
      })
      return { location }
    })
  } catch (error) {
    const field = takenField[brokenConstraint(error) ?? '']
    if (field) return { refused: [{ field, code: 'taken' }] }
    throw error
  }
}

/** Which field tells apart the rows of which table. */
const takenField: Record<string, string> = {
  holidays_pkey: 'on',
  day_swaps_pkey: 'off',
  a_swap_gives_its_own_working_day: 'work',
  school_years_pkey: 'from',
}

const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60) || 'holiday'
