import t from 'tap'
import { closes, concerns, stops } from '../../src/hosts/ban-rules.ts'
import type { Ban, Closure } from '../../src/hosts/rules.ts'
import { host, office } from '../matching/worlds.ts'

const names = { kk: 'Күзгі каникул', ru: 'Осенние каникулы', en: 'Autumn break' }
const pause = (said: Partial<Ban> = {}): Ban => ({
  kind: 'break',
  strength: 'ban',
  from: '2026-10-26',
  to: '2026-11-01',
  hostKinds: ['school'],
  grades: [],
  hostId: undefined,
  exceptAudiences: ['parents', 'school-staff'],
  names,
  ...said,
})
const frost = (said: Partial<Closure> = {}): Closure => ({
  districts: ['almaly'],
  hostKinds: ['school'],
  shifts: ['II'],
  grades: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  from: '2026-01-14',
  to: '2026-01-14',
  outcome: 'online',
  ...said,
})
const pupils = (...grades: number[]) => ({ audience: 'pupils', grades })

t.test('a break concerns the schools named, on its days, all but the audiences that meet in it', async t => {
  t.ok(concerns(pause(), host(), pupils(9), '2026-10-26'))
  t.ok(concerns(pause(), host(), pupils(9), '2026-11-01'))
  t.notOk(concerns(pause(), host(), pupils(9), '2026-11-02'))
  t.notOk(concerns(pause(), host(), { audience: 'parents', grades: [] }, '2026-10-26'))
  t.notOk(concerns(pause(), office(), { audience: 'workforce', grades: [] }, '2026-10-26'))
  t.ok(concerns(pause({ hostKinds: [] }), office(), { audience: 'workforce', grades: [] }, '2026-10-26'))
  t.notOk(concerns(pause({ hostId: 'school-902' }), host(), pupils(9), '2026-10-26'))
  t.ok(concerns(pause({ hostId: 'school-901' }), host(), pupils(9), '2026-10-26'))
})

t.test('an exam concerns its own grades, and pupils of whom no grade is named', async t => {
  const exam = pause({ kind: 'exam', grades: [9, 10], exceptAudiences: [] })
  t.ok(concerns(exam, host(), pupils(8, 9), '2026-10-26'))
  t.notOk(concerns(exam, host(), pupils(8), '2026-10-26'))
  t.ok(concerns(exam, host(), pupils(), '2026-10-26'))
  t.notOk(concerns(exam, host(), { audience: 'parents', grades: [] }, '2026-10-26'))
})

t.test('frost closes a district by shift and grades, the same morning', async t => {
  const sitting = { audience: 'pupils', grades: [7], shift: 'II' }
  t.ok(closes(frost(), host(), sitting, '2026-01-14'))
  t.notOk(closes(frost(), host(), sitting, '2026-01-15'))
  t.notOk(closes(frost(), host({ district: 'medeu' }), sitting, '2026-01-14'))
  t.notOk(closes(frost(), host({ kind: 'college' }), sitting, '2026-01-14'))
  t.notOk(closes(frost(), host(), { ...sitting, shift: 'I' }, '2026-01-14'))
  t.notOk(closes(frost(), host(), { ...sitting, grades: [10] }, '2026-01-14'))
  t.ok(closes(frost(), host(), { ...sitting, shift: undefined }, '2026-01-14'))
  t.ok(closes(frost({ districts: [], hostKinds: [] }), host({ district: 'medeu' }), sitting, '2026-01-14'))
})

t.test('a closure of one shift leaves parents alone, one of the whole school does not', async t => {
  const evening = { audience: 'parents', grades: [], shift: undefined }
  t.notOk(closes(frost(), host(), evening, '2026-01-14'))
  t.notOk(closes(frost({ shifts: [] }), host(), evening, '2026-01-14'))
  t.ok(closes(frost({ shifts: [], grades: [] }), host(), evening, '2026-01-14'))
})

t.test('only a closure that turns lessons online leaves an online talk', async t => {
  t.notOk(stops(frost(), true))
  t.ok(stops(frost(), false))
  t.ok(stops(frost({ outcome: 'postponed' }), true))
})
