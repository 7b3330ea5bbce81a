import { DateTime } from 'luxon'
import t from 'tap'
import { inOrder, overdue } from '../../src/support/rules.ts'

const now = DateTime.fromISO('2026-11-23T08:45:00+05:00')
const line = { pinned: false, national: true, checkedAt: null, checkDays: 30 }

t.test('what nobody has checked lately sinks, what is pinned never does', async t => {
  const old = now.minus({ days: 31 })
  const lines = [
    { ...line, name: 'stale centre', national: false, checkedAt: old },
    { ...line, name: 'new centre', national: false },
    { ...line, name: 'centre', national: false, checkedAt: now },
    { ...line, name: 'stale national', checkedAt: old },
    { ...line, name: 'national', checkedAt: now },
    { ...line, name: '111', pinned: true, checkedAt: old },
  ]
  t.strictSame(
    inOrder(lines, now).map(({ name }) => name),
    ['111', 'national', 'centre', 'new centre', 'stale centre', 'stale national'],
  )
  t.notOk(overdue(line, now))
})
