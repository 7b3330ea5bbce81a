import { DateTime } from 'luxon'
import t from 'tap'
import { answered, type Invitation, seenOf } from '../../src/talks/answer-rules.ts'
import { outcomeOf, outcomeRefused } from '../../src/talks/outcome-rules.ts'

const now = DateTime.fromISO('2026-11-23T08:45:00+05:00')
const invited: Invitation = {
  state: 'invited',
  endedAt: null,
  version: 1,
  talkState: 'booked',
  startsAt: now.plus({ days: 1 }),
}

t.test('an answer is judged by what stands when it comes', async t => {
  const cases: [string, Partial<Invitation>, 'accept' | 'decline', string | undefined, ReturnType<typeof answered>][] =
    [
      ['an invitation is accepted', {}, 'accept', 'invited.1', { state: 'accepted' }],
      ['an invitation is declined', {}, 'decline', 'invited.1', { state: 'declined' }],
      ['the same answer twice changes nothing', { state: 'accepted' }, 'accept', 'invited.1', { state: undefined }],
      ['an acceptance may be taken back', { state: 'accepted' }, 'decline', 'accepted.1', { state: 'declined' }],
      [
        'a refusal may be taken back while the seat is open',
        { state: 'declined' },
        'accept',
        'declined.1',
        { state: 'accepted' },
      ],
      [
        'a page that showed another answer is out of date',
        { state: 'accepted' },
        'decline',
        'invited.1',
        { refused: 'changed' },
      ],
      ['a page that showed another time is out of date', { version: 2 }, 'accept', 'invited.1', { refused: 'changed' }],
      [
        'without knowing what was shown the answer holds',
        { state: 'accepted', version: 3 },
        'decline',
        undefined,
        { state: 'declined' },
      ],
      ['a seat given away is closed', { state: 'replaced' }, 'accept', undefined, { refused: 'filled' }],
      [
        'a declined seat that was filled is closed',
        { state: 'declined', endedAt: now },
        'accept',
        undefined,
        { refused: 'filled' },
      ],
      ['a talk called off is closed', { talkState: 'cancelled' }, 'accept', undefined, { refused: 'cancelled' }],
      [
        'a talk called off is said first',
        { talkState: 'cancelled', state: 'replaced', endedAt: now },
        'accept',
        undefined,
        { refused: 'cancelled' },
      ],
      ['a talk that begins now is closed', { startsAt: now }, 'decline', undefined, { refused: 'begun' }],
      [
        'a talk that was held is closed',
        { talkState: 'held', startsAt: now.minus({ days: 1 }) },
        'decline',
        undefined,
        { refused: 'begun' },
      ],
    ]
  for (const [name, facts, response, seen, expected] of cases)
    t.same(answered({ ...invited, ...facts }, response, seen, now), expected, name)
  t.equal(seenOf(invited), 'invited.1')
})

t.test('an outcome is read from a form, or says what is missing', async t => {
  const held = (heads: number, rest: object = {}) => ({
    held: true,
    heads,
    leaflets: undefined,
    heldIn: undefined,
    ...rest,
  })
  const cases: [Parameters<typeof outcomeOf>[0], unknown][] = [
    [{ held: '1', heads: '42' }, held(42)],
    [{ held: '1', heads: ' 1 200 ' }, held(1200)],
    [{ held: '1', heads: '0' }, held(0)],
    [{ held: '1', heads: '20000' }, held(20_000)],
    [{ held: '1', heads: '42', leaflets: '30', heldIn: 'kk' }, held(42, { leaflets: 30, heldIn: 'kk' })],
    [{ held: '1', heads: '42', heldIn: 'xx' }, held(42)],
    [{ held: '0', heads: 'nobody' }, { held: false }],
    [{ held: '1', heads: '20001' }, { mistakes: ['heads'] }],
    [{ held: '1', heads: '-1' }, { mistakes: ['heads'] }],
    [{ held: '1', heads: '4.5' }, { mistakes: ['heads'] }],
    [{ held: '1', heads: '٤٢' }, { mistakes: ['heads'] }],
    [{ held: '1', heads: '9999999999999999999999' }, { mistakes: ['heads'] }],
    [{ held: '1', heads: '', leaflets: 'many' }, { mistakes: ['heads', 'leaflets'] }],
    [{ held: '1' }, { mistakes: ['heads'] }],
    [{ held: 'yes', heads: '42' }, { mistakes: ['held'] }],
    [{}, { mistakes: ['held'] }],
  ]
  for (const [fields, expected] of cases) t.same(outcomeOf(fields), expected, JSON.stringify(fields))
})

t.test('an outcome is told after the beginning, and never of a talk called off', async t => {
  t.equal(outcomeRefused({ state: 'booked', startsAt: now.plus({ minutes: 1 }) }, now), 'not-begun')
  t.equal(outcomeRefused({ state: 'booked', startsAt: now }, now), undefined)
  t.equal(outcomeRefused({ state: 'held', startsAt: now }, now), undefined)
  t.equal(outcomeRefused({ state: 'not-held', startsAt: now }, now), undefined)
  t.equal(outcomeRefused({ state: 'cancelled', startsAt: now }, now), 'cancelled')
})
