import t from 'tap'
import { instantFrom } from '../../../src/base/time.ts'
import { standingOf } from '../../../src/support/rules.ts'
import { checkLines } from '../../../src/tools/seed/lines.ts'
import { monday } from '../../cast.ts'
import { freshDatabase } from '../../database.ts'

const now = instantFrom(monday)

t.test('every help line of the country has been checked in the demonstration, and says when and by whom', async t => {
  const { db, close } = await freshDatabase()
  t.teardown(close)
  const { id } = await db.selectFrom('houses').select('id').where('slug', '=', 'almaty').executeTakeFirstOrThrow()
  await checkLines(db, id, now)
  const lines = await db
    .selectFrom('support_lines')
    .select(['slug', 'pinned', 'national', 'checked_at', 'checked_by', 'check_days', 'doubted_at', 'off_at'])
    .where('house_id', 'is', null)
    .orderBy('position')
    .execute()
  t.strictSame(
    lines.map(({ slug, pinned, national, checked_at, check_days, doubted_at, off_at }) => [
      slug,
      standingOf(
        { pinned, national, checkedAt: checked_at, checkDays: check_days, doubtedAt: doubted_at, offAt: off_at },
        now,
      ),
    ]),
    ['111', '150', '102', '112', '103', '1414', 'family-support-centres'].map(slug => [slug, 'checked']),
  )
  const byWhom = await db
    .selectFrom('roles')
    .select('role')
    .where('account_id', '=', lines[0]?.checked_by ?? '')
    .execute()
  t.strictSame(byWhom, [{ role: 'coordinator' }])
  t.equal(new Set(lines.map(line => line.checked_at?.toMillis())).size, lines.length, 'not all on one day')
})
