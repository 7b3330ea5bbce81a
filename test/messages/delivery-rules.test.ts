import { DateTime } from 'luxon'
import t from 'tap'
import { isEnough, keepsQuiet, nextTry, type Standing, step } from '../../src/messages/delivery-rules.ts'
import { messageKinds } from '../../src/messages/rules.ts'

const now = DateTime.utc(2026, 11, 23, 4)
const row: Standing = {
  kind: 'invitation',
  state: 'waiting',
  dueAt: now,
  notAfter: null,
  nextTryAt: null,
  claimedUntil: null,
  createdAt: now,
}
const sending = { ...row, state: 'sending' as const, claimedUntil: now.plus({ seconds: 30 }) }

t.test('an attempt goes on only where nobody else is at work and the time is right', async t => {
  const cases: [string, Standing, string][] = [
    ['waiting and due', row, 'go'],
    ['due within a minute of clocks that differ', { ...row, dueAt: now.plus({ seconds: 59 }) }, 'go'],
    ['not yet due', { ...row, dueAt: now.plus({ seconds: 61 }) }, 'leave'],
    ['put off by the mail server', { ...row, nextTryAt: now.plus({ seconds: 1 }) }, 'leave'],
    ['put off until now', { ...row, nextTryAt: now }, 'go'],
    ['too late', { ...row, notAfter: now.minus({ seconds: 1 }) }, 'too-late'],
    ['just in time', { ...row, notAfter: now }, 'go'],
    ['being sent', sending, 'leave'],
    ['claimed by somebody who never came back', { ...sending, claimedUntil: now }, 'go'],
    [
      'a dead claim that is too late',
      { ...sending, claimedUntil: now, notAfter: now.minus({ seconds: 1 }) },
      'too-late',
    ],
    ...(['sent', 'failed', 'skipped', 'superseded', 'held'] as const).map((state): [string, Standing, string] => [
      state,
      { ...row, state },
      'leave',
    ]),
  ]
  for (const [what, standing, wanted] of cases) t.equal(step(standing, now), wanted, what)
})

t.test('a letter that was put off is tried after 1, 5, 15 and 60 minutes, then hourly for a day', async t => {
  const after = (attempt: number) => nextTry(row, attempt, now)?.diff(now).as('minutes')
  t.same([1, 2, 3, 4, 5, 9].map(after), [1, 5, 15, 60, 60, 60])
  t.equal(nextTry(row, 9, now.plus({ hours: 23, minutes: 1 })), undefined)
  t.equal(nextTry({ ...row, notAfter: now.plus({ minutes: 4 }) }, 2, now), undefined)
  // an hour from now is too late: once more just before, and then no more
  const notAfter = now.plus({ minutes: 50 })
  const last = nextTry({ ...row, notAfter }, 4, now)
  t.equal(last?.toISO(), now.plus({ minutes: 48 }).toISO())
  t.equal(nextTry({ ...row, notAfter }, 5, last ?? now), undefined)
  t.equal(nextTry({ ...row, notAfter: now.plus({ minutes: 11 }) }, 4, now), undefined)
  t.equal(
    nextTry({ ...row, dueAt: now.plus({ days: 7 }) }, 5, now.plus({ days: 7, hours: 22 }))?.toISO(),
    now.plus({ days: 7, hours: 23 }).toISO(),
  )
})

t.test(
  'an address that nobody confirmed gets three letters an hour, others thirty, and a sign-in always comes',
  async t => {
    t.same(
      [2, 3].map(hour => isEnough('address-confirmation', { hour, day: hour })),
      [false, true],
    )
    t.same(
      [9, 10].map(day => isEnough('address-confirmation', { hour: 0, day })),
      [false, true],
    )
    t.same(
      [29, 30].map(hour => isEnough('invitation', { hour, day: hour })),
      [false, true],
    )
    t.equal(isEnough('sign-in', { hour: 99, day: 99 }), false)
  },
)

t.test(
  'only reminders, the questions for the outcome and for feedback, the week ahead and news of a filled place keep quiet at night',
  async t => {
    t.same(messageKinds.filter(keepsQuiet), [
      'reminder-days',
      'reminder-day',
      'reminder-hours',
      'outcome-asked',
      'digest-week',
      'substitution-filled',
      'feedback-asked',
      'talk-offered',
    ])
  },
)
