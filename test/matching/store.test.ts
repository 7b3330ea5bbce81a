import t from 'tap'
import type { Request } from '../../src/matching/rules.ts'
import { findWorld, rangeOf } from '../../src/matching/store.ts'
import { world } from '../world.ts'

t.test('the engine reads the House, its people and its hosts as they are', async t => {
  const { db, clock } = await world(t)
  const { id: houseId } = await db
    .selectFrom('houses')
    .select('id')
    .where('slug', '=', 'almaty')
    .executeTakeFirstOrThrow()
  const { id: hostId } = await db
    .selectFrom('hosts')
    .select('id')
    .where('name_en', '=', 'School No. 901 (demo)')
    .executeTakeFirstOrThrow()
  const { id: topicId } = await db
    .selectFrom('topics')
    .select('id')
    .where('slug', '=', 'school-mediation')
    .where('house_id', '=', houseId)
    .executeTakeFirstOrThrow()
  const request: Request = {
    id: 'draft',
    audience: 'pupils',
    grades: [9],
    heads: 25,
    languages: ['kk'],
    mode: 'onsite',
    windows: [{ from: '2026-11-25', to: '2026-11-27', fromMinute: 480, toMinute: 780, shift: undefined }],
    latest: undefined,
  }
  const found = await findWorld(db, { houseId, hostId, topicId, request }, rangeOf(request, '2026-11-23'), clock.now)
  t.same(found?.now, { day: '2026-11-23', minute: 525 })
  t.same(
    found?.host.shifts.map(shift => [shift.name, shift.grades, shift.lessons.length]),
    [
      ['I', [1, 4, 5, 9, 10, 11], 6],
      ['II', [2, 3, 6, 7, 8], 6],
    ],
  )
  t.same(found?.topic.places, [
    { anyOf: ['teacher', 'mediator'], count: 1 },
    { anyOf: ['lawyer'], count: 1 },
  ])
  t.equal(found?.speakers.length, 30)
  t.ok(
    found?.calendar.holidays.some(holiday => holiday.day === '2026-12-16'),
    'Independence Day',
  )
  t.equal(
    await findWorld(db, { houseId, hostId, topicId: houseId, request }, rangeOf(request, '2026-11-23'), clock.now),
    undefined,
  )
})
