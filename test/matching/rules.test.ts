import t from 'tap'
import { fit, type Request, type TeamMember, type Waived, type World, withoutTalk } from '../../src/matching/rules.ts'
import {
  at,
  host,
  monday,
  office,
  parents,
  request,
  speaker,
  talk,
  topic,
  travel,
  wednesday,
  workforce,
  world,
} from './worlds.ts'

const lesson = { day: wednesday, from: at('08:50'), to: at('09:35') }
const serik: TeamMember = { speakerId: 'serik', profession: 'historian' }
const judged = (
  said: Partial<World> = {},
  asked: Partial<Request> = {},
  team = [serik],
  moment = lesson,
  waived: Waived = {},
) => fit(world(said), request(asked), moment, team, waived)
const refused = (...question: Parameters<typeof judged>) => judged(...question).refusals

t.test('a talk that nothing speaks against is fit, with its reasons', async t => {
  const { refusals, warnings, reasons, cost } = judged()
  t.strictSame(refusals, [])
  t.strictSame(warnings, [])
  t.strictSame(reasons, [
    { code: 'all-free', people: 1 },
    { code: 'speak', people: 1, languages: ['kk'] },
    { code: 'on-the-way', speakerId: 'serik', minutes: 18, fromHome: true },
    { code: 'home-district', speakerId: 'serik' },
  ])
  t.equal(cost, 20 + 36 + 5 + 5)
})

t.test('the past is refused and cannot be waived; too short a notice can', async t => {
  const now = (day: string, time: string) => ({ now: { day, minute: at(time) } })
  t.strictSame(refused(now(wednesday, '08:50')), [{ code: 'in-the-past' }])
  t.strictSame(refused(now('2026-11-26', '08:00'), {}, [serik], lesson, { notice: true }), [{ code: 'in-the-past' }])
  t.strictSame(refused(now('2026-11-24', '08:50')), [], 'a day to the minute')
  t.strictSame(refused(now('2026-11-24', '08:51')), [{ code: 'short-notice', minutes: 1440 }])
  const waived = judged(now('2026-11-24', '08:51'), {}, [serik], lesson, { notice: true })
  t.strictSame([waived.refusals, waived.warnings], [[], [{ code: 'notice-waived', minutes: 1440 }]])
})

t.test('a time outside the wishes or after the latest date is refused unless a coordinator takes it on', async t => {
  const afternoon = request().windows.map(window => ({ ...window, fromMinute: at('09:00') }))
  t.strictSame(refused({}, { windows: afternoon }), [{ code: 'outside-windows' }])
  t.strictSame(refused({}, { windows: [] }), [])
  const free = judged({}, { windows: afternoon }, [serik], lesson, { windows: true })
  t.strictSame([free.refusals, free.warnings], [[], [{ code: 'outside-wishes' }]])
  t.strictSame(refused({}, { latest: '2026-11-24' }), [{ code: 'after-latest', latest: '2026-11-24' }])
  const late = judged({}, { latest: '2026-11-24' }, [serik], lesson, { latest: true })
  t.strictSame([late.refusals, late.warnings], [[], [{ code: 'latest-waived', latest: '2026-11-24' }]])
})

t.test('a wish for a shift is a wish for its lessons', async t => {
  const windows = (shift: string) =>
    request().windows.map(window => ({ ...window, fromMinute: 0, toMinute: 1440, shift }))
  t.strictSame(refused({}, { windows: windows('I') }), [])
  t.strictSame(refused({}, { windows: windows('II') }), [{ code: 'outside-windows' }])
  t.strictSame(refused({}, { windows: windows('III') }), [{ code: 'outside-windows' }])
})

t.test('times that are none are refused', async t => {
  const backwards = { day: wednesday, from: at('09:35'), to: at('08:50') }
  t.ok(refused({}, {}, [serik], backwards).some(({ code }) => code === 'ends-before-it-starts'))
  t.ok(
    refused({ host: office(), audience: workforce }, {}, [serik], { ...lesson, to: Number.NaN }).some(
      ({ code }) => code === 'ends-before-it-starts',
    ),
  )
})

t.test('one talk at a time in a hall, touching allowed, and online needs no hall', async t => {
  const taken = (from: string, to: string) => ({ hallTaken: [{ day: wednesday, from: at(from), to: at(to) }] })
  t.strictSame(refused(taken('09:30', '10:00')), [{ code: 'hall-taken', from: at('09:30'), to: at('10:00') }])
  t.strictSame(refused(taken('09:35', '10:00')), [])
  t.strictSame(refused(taken('09:30', '10:00'), { mode: 'online' }), [])
})

t.test('online is only where the host can', async t => {
  t.strictSame(refused({ host: host({ online: false }) }, { mode: 'broadcast' }), [{ code: 'host-not-online' }])
})

t.test('topic, timetable and speaker are judged together', async t => {
  t.strictSame(
    refused({ audience: parents, host: office() }, { heads: 500 }, [serik], {
      ...lesson,
      from: at('06:00'),
      to: at('06:45'),
    }),
    [
      { code: 'audience-not-at-host', audience: 'parents', hostKind: 'workplace' },
      { code: 'too-many-heads', heads: 500, most: 120 },
      { code: 'outside-windows' },
      {
        code: 'host-closed',
        day: wednesday,
        open: [
          { from: at('09:00'), to: at('13:00') },
          { from: at('14:30'), to: at('18:30') },
        ],
      },
    ],
  )
  t.strictSame(refused({ speakers: [speaker('serik', { languages: ['ru'] })] }), [
    { speakerId: 'serik', code: 'lacks-language', languages: ['kk'] },
  ])
})

t.test('what a coordinator should know comes as warnings', async t => {
  t.strictSame(judged({ host: host({ hallSeats: 20 }) }).warnings, [{ code: 'more-than-seats', heads: 30, seats: 20 }])
  t.strictSame(judged({ host: host({ hallSeats: 0 }) }).warnings, [], 'without a hall nobody counts seats')
  t.strictSame(judged({ topic: topic({ minutes: 60 }) }).warnings, [
    { code: 'short-version', minutes: 45, topicMinutes: 60 },
  ])
  t.strictSame(judged({ topic: topic({ quotesLaw: true }) }).warnings, [
    { code: 'law-unchecked-warning', asOf: undefined },
  ])
})

t.test('the least burdened of a profession, a wish, the class hour and no journey are reasons', async t => {
  const speakers = [speaker('serik', { hoursServed: 1 }), speaker('dana')]
  const windows = [
    ...request().windows,
    { from: monday, to: '2026-11-30', fromMinute: 0, toMinute: 1440, shift: undefined },
  ]
  const first = { day: '2026-11-30', from: at('08:00'), to: at('08:45') }
  const { reasons } = judged({ speakers }, { windows, mode: 'online' }, [serik], first)
  t.strictSame(reasons, [
    { code: 'all-free', people: 1 },
    { code: 'speak', people: 1, languages: ['kk'] },
    { code: 'wish', wish: 2, of: 2 },
    { code: 'class-hour' },
    { code: 'no-way', people: 1 },
    { code: 'least-served', speakerId: 'serik', talks: 0 },
  ])
})

t.test('without its own talk a world is free again', async t => {
  const own = talk(wednesday, '08:50', '09:35', { talkId: 'own' })
  const full = world({
    speakers: [speaker('serik', { engagements: [own] }), speaker('dana')],
    hallTaken: [{ ...lesson, talkId: 'own' }],
  })
  t.equal(fit(full, request(), lesson, [serik]).refusals.length, 2)
  t.strictSame(fit(withoutTalk(full, 'own'), request(), lesson, [serik]).refusals, [])
  t.equal(withoutTalk(full, 'own').speakers[1], full.speakers[1])
  t.equal(withoutTalk(full, 'own').travel, travel)
})
