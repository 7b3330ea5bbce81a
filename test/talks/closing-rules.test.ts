import { DateTime } from 'luxon'
import t from 'tap'
import { meetingOf } from '../../src/houses/closure-rules.ts'
import { closureNews, fatesFor, type News, proposalFor, readChosen, reasonOf } from '../../src/talks/closing-rules.ts'
import { judgeLifting, type LiftCase } from '../../src/talks/lifting-rules.ts'

const now = DateTime.fromISO('2026-11-25T00:40:00Z', { zone: 'utc' })
const wishes = { quiet: { from: 1260, until: 420 }, days: 7, dayBeforeAt: 1080, hours: 2 }
const reader = (recipient: string) => ({
  recipient,
  address: `${recipient.replace(':', '-')}@x.kz`,
  language: 'kk' as const,
  wishes,
  untold: [],
})
const news = (id: string, hour: number, change: Partial<News> = {}): News => ({
  closureId: 'c',
  talk: {
    id,
    houseId: 'h',
    requestId: 'r',
    version: 2,
    zone: 'Asia/Almaty',
    startsAt: now.set({ hour, minute: 0 }),
    endsAt: now.set({ hour, minute: 45 }),
  },
  ends: true,
  team: [{ ...reader(`speaker:${id}`), assignmentId: `a-${id}`, travelMinutes: 30 }],
  contact: reader(`contact:${id}`),
  concerns: 'everybody',
  now,
  ...change,
})
const told = (list: News[]) => closureNews(list, now).map(({ kind, recipient }) => `${kind} ${recipient}`)

t.test('what is proposed and why a talk ended', async t => {
  const [room, screen, nowhere] = [
    { online: false, mayGoOnline: true },
    { online: true, mayGoOnline: true },
    { online: false, mayGoOnline: false },
  ]
  t.same(
    [room, nowhere].map(talk => proposalFor('online', talk)),
    ['online', 'postponed'],
  )
  t.same(
    [room, screen, nowhere].map(talk => proposalFor('cancelled', talk)),
    ['cancelled', 'cancelled', 'cancelled'],
  )
  t.same(fatesFor(screen), ['kept', 'postponed', 'cancelled'])
  t.same((['frost', 'wind', 'illness', 'other'] as const).map(reasonOf), ['weather', 'weather', 'illness', 'other'])
})

t.test('who would leave earliest is told first', async t => {
  const far = news('far', 5)
  const list = [
    news('noon', 6),
    news('near', 4),
    { ...far, team: [{ ...reader('speaker:far'), assignmentId: 'a', travelMinutes: 120 }] },
  ]
  const letters = closureNews(list, now)
  t.same(
    letters.map(({ recipient }) => recipient),
    ['speaker:far', 'speaker:near', 'contact:near', 'contact:far', 'speaker:noon', 'contact:noon'],
  )
  t.same(
    letters.map(({ dueAt }) => now.diff(dueAt).toMillis()),
    [6, 5, 4, 3, 2, 1],
    'due in this order, and none later than now',
  )
  t.same(new Set(letters.map(({ cause, version }) => `${cause} ${version}`)).size, 3)
})

t.test('one letter each: an invitation that never left goes instead, and what stands is planned anew', async t => {
  const unheard = [{ ...reader('speaker:new'), untold: ['invitation' as const], assignmentId: 'n', travelMinutes: 0 }]
  t.same(told([news('a', 6)]), ['closure speaker:a', 'closure contact:a'])
  t.same(told([news('a', 6, { ends: false })]).sort(), [
    'closure contact:a',
    'closure speaker:a',
    'outcome-asked speaker:a',
    'reminder-hours contact:a',
    'reminder-hours speaker:a',
  ])
  t.same(told([news('a', 6, { ends: false, team: unheard, contact: undefined })]).sort(), [
    'invitation speaker:new',
    'outcome-asked speaker:new',
    'reminder-hours speaker:new',
  ])
  t.same(told([news('a', 6, { ends: false, concerns: new Set() })]).sort(), [
    'outcome-asked speaker:a',
    'reminder-hours contact:a',
    'reminder-hours speaker:a',
  ])
  t.same(told([news('a', 0)]).length, 2, 'begun, but not over')
  const gone = { startsAt: now.minus({ hours: 2 }), endsAt: now.minus({ hours: 1 }) }
  t.same(told([{ ...news('a', 0), talk: { ...news('a', 0).talk, ...gone } }]), [])
})

t.test('choices are read by the names of their fields, and what is wrong is named', async t => {
  const [one, two] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']
  const chosen = readChosen(
    {
      [`fate_${one}`]: 'kept',
      [`link_${one}`]: ' https://meet.example.kz/1 ',
      [`fate_${two}`]: ['online', 'kept'],
      [`link_${two}`]: '',
      fate_x: 'no',
      from: '2026-11-25',
    },
    meetingOf,
  )
  t.same([...chosen.fates], [[one, 'kept']])
  t.same([...chosen.links], [[one, 'https://meet.example.kz/1']])
  t.same(chosen.wrong, { [`fate_${two}`]: 'fate' })
  t.same(readChosen(null, meetingOf).wrong, {})
  t.same(readChosen({ [`link_${one}`]: 'ftp://x' }, meetingOf).wrong, { [`link_${one}`]: 'link' })
})

t.test('a talk that cannot come back says why before the engine is asked', async t => {
  const startsAt = now.plus({ hours: 5 })
  const talk: LiftCase = {
    talkId: 't',
    requestId: 'r',
    fate: 'postponed',
    state: 'cancelled',
    mode: 'onsite',
    modeBefore: 'onsite',
    startsAt,
    startedAt: startsAt,
    moment: { day: '2026-11-25', from: 640, to: 685 },
    requestState: 'waiting',
    bookedAnew: undefined,
    team: [],
    judged: undefined,
  }
  const online = { fate: 'online', state: 'booked', mode: 'online' } as const
  const table: [string, Partial<LiftCase>, string][] = [
    ['left alone', { fate: 'kept' }, 'stays'],
    ['restored by hand', { state: 'booked' }, 'stays'],
    ['on site again', { ...online, mode: 'onsite' }, 'stays'],
    ['too late', { startsAt: now, startedAt: now }, 'begun'],
    ['booked anew', { bookedAnew: 'other', requestState: 'booked' }, 'booked-anew'],
    ['withdrawn by the host', { requestState: 'withdrawn' }, 'request-ended'],
    ['declined since', { fate: 'cancelled', requestState: 'declined' }, 'request-ended'],
    ['called off online', { ...online, state: 'cancelled' }, 'talk-ended'],
    ['moved online', { ...online, startedAt: startsAt.minus({ hours: 1 }) }, 'moved'],
    ['nothing to judge it by', {}, 'no-request'],
  ]
  for (const [name, change, expected] of table) {
    const verdict = judgeLifting([{ ...talk, ...change }], now).get('t')
    t.equal(verdict?.fate === 'left' ? verdict.obstacle.code : verdict?.fate, expected, name)
  }
})
