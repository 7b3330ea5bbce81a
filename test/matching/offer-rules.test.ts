import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import fc from 'fast-check'
import t from 'tap'
import { type Moment, plusDays } from '../../src/base/time.ts'
import { nearest, offers, possibleMoments, substitutes } from '../../src/matching/offer-rules.ts'
import { fit, type Request, type TeamMember, type World } from '../../src/matching/rules.ts'
import { minutes } from '../../src/matching/travel-rules.ts'
import type { Engagement, Speaker } from '../../src/speakers/rules.ts'
import { smallRequest, smallWorld } from './small-worlds.ts'
import { at, host, request, speaker, talk, topic, wednesday, world } from './worlds.ts'

const all = { limit: Number.POSITIVE_INFINITY, perMoment: Number.POSITIVE_INFINITY }
const named = ({ day, from, to }: Moment, team: TeamMember[]) =>
  `${day} ${from}-${to} ${team
    .map(({ speakerId }) => speakerId)
    .sort()
    .join()}`
const timed = ({ day, from, to }: Moment) => `${day} ${from}-${to}`
const times = (found: { moment: Moment }[]) => [...new Set(found.map(({ moment }) => timed(moment)))].sort()

/** Every lesson of the school or quarter of an hour of three days with every team of at most three, asked of `fit` one by one. */
function exhaustive(world: World, request: Request): string[] {
  const lessons = world.host.shifts.flatMap(({ lessons }) => lessons)
  const quarters = Array.from({ length: 4 * 12 }, (_, n) => ({ from: at('08:00') + 15 * n, to: at('08:45') + 15 * n }))
  const bells = bellsRule(world)
  const found = new Set<string>()
  for (const day of [0, 1, 2, 3].map(n => plusDays(wednesday, n)))
    for (const { from, to } of bells ? lessons : quarters) {
      if (fit(world, request, { day, from, to }, []).refusals.some(({ code }) => code !== 'team-unfilled')) continue
      for (const team of teamsOf(world.speakers, 3))
        if (fit(world, request, { day, from, to }, team).refusals.length === 0)
          found.add(named({ day, from, to }, team))
    }
  return [...found].sort()
}

const bellsRule = ({ host, policy }: World) => host.kind === 'school' && policy.lessons === 'offeredLessons'

function teamsOf(speakers: Speaker[], size: number): TeamMember[][] {
  const [first, ...rest] = speakers
  if (!first || size === 0) return [[]]
  const without = teamsOf(rest, size)
  const withFirst = first.professions.flatMap(profession =>
    teamsOf(rest, size - 1).map(team => [{ speakerId: first.id, profession }, ...team]),
  )
  return [...without, ...withFirst]
}

t.test('an offer is offered exactly where fit refuses nothing, and everything possible is offered', async () => {
  fc.assert(
    fc.property(smallWorld, smallRequest, (world, request) => {
      const found = offers(world, request, all).offers.filter(
        ({ moment }) => bellsRule(world) || moment.from % 15 === 0,
      )
      strictEqual(
        found
          .map(({ moment, team }) => named(moment, team))
          .sort()
          .join('\n'),
        exhaustive(world, request).join('\n'),
      )
    }),
    { numRuns: 250 },
  )
})

t.test(
  'the times that are possible are those that have an offer, and short lists are the best of the long one',
  async () => {
    fc.assert(
      fc.property(smallWorld, smallRequest, (world, request) => {
        const found = offers(world, request, all).offers
        deepStrictEqual(possibleMoments(world, request).map(timed).sort(), times(found))
        const few = offers(world, request, { limit: 3, perMoment: 12 }).offers
        deepStrictEqual(few, found.slice(0, 3))
        const costs = offers(world, request, { perMoment: 1 }).offers.map(({ cost }) => Math.round(cost * 1000))
        deepStrictEqual(
          costs,
          costs.toSorted((a, b) => a - b),
        )
        ok(found.every(({ cost }) => cost > (found[0]?.cost ?? 0) - 1e-6))
      }),
      { numRuns: 200 },
    )
  },
)

t.test('whatever is booked after an offer, nobody is in two places or late', async () => {
  fc.assert(
    fc.property(
      smallWorld,
      fc.array(smallRequest, { minLength: 2, maxLength: 5 }),
      fc.infiniteStream(fc.nat(20)),
      (world, requests, picks) => {
        let now: World = {
          ...world,
          speakers: world.speakers.map(each => ({ ...each, engagements: [], limits: { day: 9, week: 9, month: 9 } })),
        }
        for (const request of requests) {
          const found = offers(now, request, all).offers
          const offer = found[(picks.next().value ?? 0) % Math.max(1, found.length)]
          if (offer) now = booked(now, request, offer.moment, offer.team)
        }
        ok(now.speakers.every(each => keepsTime(now, each)))
      },
    ),
    { numRuns: 200 },
  )
})

function booked(world: World, request: Request, moment: Moment, team: TeamMember[]): World {
  const { district, point } = world.host
  const online = request.mode !== 'onsite'
  const engagement = { ...moment, talkId: timed(moment), district, point, online }
  return {
    ...world,
    hallTaken: online ? world.hallTaken : [...world.hallTaken, moment],
    host: {
      ...world.host,
      ...(district === 'almaly'
        ? { district: 'turksib', point: undefined }
        : { district: 'almaly', point: host().point }),
    },
    speakers: world.speakers.map(each =>
      team.some(({ speakerId }) => speakerId === each.id)
        ? { ...each, engagements: [...each.engagements, engagement] }
        : each,
    ),
  }
}

/** Between two talks in person the way and the buffer fit into one pause. */
function keepsTime({ travel, policy }: World, { engagements, transport }: Speaker): boolean {
  const inOrder = engagements.toSorted((a, b) =>
    `${a.day}${String(a.from).padStart(4, '0')}`.localeCompare(`${b.day}${String(b.from).padStart(4, '0')}`),
  )
  let last: Engagement | undefined
  let pause = 0
  for (const [n, next] of inOrder.entries()) {
    const before = inOrder[n - 1]
    if (before?.day === next.day && before.to > next.from) return false
    if (last?.day !== next.day) [last, pause] = [undefined, 0]
    if (before?.day === next.day) pause = Math.max(pause, next.from - before.to)
    if (next.online) continue
    if (last && minutes(travel, last, next, transport) + policy.bufferMinutes > pause) return false
    ;[last, pause] = [next, 0]
  }
  return true
}

const pair = topic({
  places: [
    { anyOf: ['psychologist'], count: 1 },
    { anyOf: ['lawyer'], count: 1 },
  ],
})
const cast = [
  speaker('aigul', { professions: ['psychologist'], home: { lat: 43.2545, lon: 76.919 } }),
  speaker('omarova', { professions: ['psychologist'], home: { lat: 43.3, lon: 76.8 } }),
  speaker('bauyrzhan', { professions: ['lawyer'], languages: ['ru'] }),
  speaker('dinara', { professions: ['lawyer'] }),
]

t.test('offers are ranked: near before far, a wish before the next, other times before other teams', async t => {
  const first = request().windows.map(window => ({ ...window, toMinute: at('09:35') }))
  const asked = request({
    windows: [
      ...first,
      { from: '2026-11-26', to: '2026-11-26', fromMinute: 0, toMinute: at('09:00'), shift: undefined },
    ],
  })
  const found = offers(world({ topic: pair, speakers: cast }), asked).offers
  t.strictSame(
    found.map(({ moment, team, wish }) => [timed(moment), team.map(({ speakerId }) => speakerId).join(), wish]),
    [
      ['2026-11-25 480-525', 'aigul,dinara', 0],
      ['2026-11-25 530-575', 'aigul,dinara', 0],
      ['2026-11-26 480-525', 'aigul,dinara', 1],
      ['2026-11-25 480-525', 'omarova,dinara', 0],
      ['2026-11-25 530-575', 'omarova,dinara', 0],
      ['2026-11-26 480-525', 'omarova,dinara', 1],
    ],
  )
  t.strictSame(offers(world({ topic: pair, speakers: cast }), asked, { limit: 1 }).offers, found.slice(0, 1))
  t.strictSame(found[0]?.reasons.slice(0, 2), [
    { code: 'all-free', people: 2 },
    { code: 'speak', people: 2, languages: ['kk'] },
  ])
})

t.test('who served less comes first, and the first language before the second', async t => {
  const speakers = [
    speaker('dana', { hoursServed: 40 }),
    speaker('serik', { hoursServed: 4 }),
    speaker('timur', { hoursServed: 0, languages: ['ru'] }),
  ]
  const found = offers(world({ speakers }), request({ languages: ['kk', 'ru'] }), { perMoment: 3, limit: 6 * 3 }).offers
  const morning = found.filter(({ moment }) => moment.from === at('08:00')).map(({ team }) => team[0]?.speakerId)
  t.strictSame(morning, ['serik', 'timur', 'dana'])
})

t.test('without wishes the next four weeks are looked through', async t => {
  const moments = possibleMoments(world(), request({ windows: [] }))
  t.equal(moments.at(-1)?.day, '2026-12-18')
  t.equal(possibleMoments(world(), request({ windows: [], latest: '2026-11-26' })).at(-1)?.day, '2026-11-26')
})

t.test('who came too late for a time is offered the nearest others', async t => {
  const taken = world({ hallTaken: [{ day: wednesday, from: at('09:50'), to: at('10:35') }] })
  const near = nearest(taken, request(), { day: wednesday, from: at('09:50'), to: at('10:35') })
  t.strictSame(
    near.map(({ moment }) => moment.from),
    [at('08:50'), at('10:50'), at('08:00')],
  )
})

t.test('a substitute fills the place, the language and the hour of the one who dropped out', async t => {
  const moment = { day: wednesday, from: at('08:50'), to: at('09:35') }
  const team = [
    { speakerId: 'aigul', profession: 'psychologist' },
    { speakerId: 'dinara', profession: 'lawyer' },
  ]
  const morning = { now: { day: wednesday, minute: at('07:00') } }
  const speakers = [
    ...cast,
    speaker('madina', { professions: ['psychologist'], engagements: [talk(wednesday, '09:00', '10:00')] }),
  ]
  const found = substitutes(world({ topic: pair, speakers, ...morning }), request(), moment, team, 'aigul')
  t.strictSame(
    found.map(({ speakerId, team }) => [speakerId, team]),
    [
      [
        'omarova',
        [
          { speakerId: 'omarova', profession: 'psychologist' },
          { speakerId: 'dinara', profession: 'lawyer' },
        ],
      ],
    ],
  )
  const lawyers = substitutes(
    world({ topic: pair, speakers, ...morning }),
    request({ languages: ['ru', 'kk'] }),
    moment,
    team,
    'dinara',
  )
  t.strictSame(
    lawyers.map(({ speakerId }) => speakerId),
    ['bauyrzhan'],
  )
  t.ok(lawyers.every(({ warnings }) => warnings.some(({ code }) => code === 'notice-waived')))
})
