import type { Form } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { type By, type Kept, keep } from './calendar-actions.ts'
import type { Said } from './field-rules.ts'
import type { Part, SchoolYearValue } from './school-year-rules.ts'
import * as store from './school-year-store.ts'

const page = (from: string) => `/app/calendar?year=${from.slice(0, 4)}`

/** A school year with its breaks, for the whole country. Talks on the new days stay; every House sees them on its calendar. */
export const keepSchoolYear = (
  db: Db,
  form: Form,
  by: By,
  id: string | undefined,
  value: SchoolYearValue,
  breakNames: Record<Part, Said>,
): Promise<Kept> =>
  keep(
    db,
    form,
    by,
    {
      kind: 'school-year-kept',
      detail: { year: id ?? value.id, from: value.from, to: value.to },
      location: page(value.from),
    },
    async trx => {
      const who = { accountId: by.accountId, now: form.now, breakNames }
      if (id === undefined) {
        await store.insertSchoolYear(trx, value, who)
        return true
      }
      const before = await store.findSchoolYear(trx, id)
      if (before) await store.updateSchoolYear(trx, before, value, who)
      return before !== undefined
    },
  )

export const dropSchoolYear = (db: Db, form: Form, by: By, id: string): Promise<Kept> =>
  keep(db, form, by, { kind: 'school-year-removed', detail: { year: id }, location: page(id) }, trx =>
    store.deleteSchoolYear(trx, id),
  )
