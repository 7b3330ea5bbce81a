import { ok } from 'node:assert'
import fc from 'fast-check'
import t from 'tap'
import { type Change, changed } from '../../src/matching/change-rules.ts'
import { offers } from '../../src/matching/offer-rules.ts'
import { fit, type Request, type World } from '../../src/matching/rules.ts'
import { isIn, wishesOf } from '../../src/matching/schedule-rules.ts'
import { smallRequest, smallWorld } from './small-worlds.ts'
import { at, host, office, request, speaker, talk, topic, wednesday, workforce, world } from './worlds.ts'

const only = (world: World, request: Request) => {
  const { offers: found, impossible } = offers(world, request)
  t.strictSame(found, [])
  const [obstacle, ...more] = impossible
  t.strictSame(more, [])
  return { hindrances: obstacle?.hindrances ?? [], changes: obstacle?.suggestions.map(({ change }) => change) ?? [] }
}
const window = (said: Partial<Request['windows'][number]> = {}) => request().windows.map(each => ({ ...each, ...said }))
const codes = (changes: Change[]) => changes.map(({ code }) => code)

t.test('each suggested change makes the wish possible, alone, and nothing possible is called impossible', async () => {
  fc.assert(
    fc.property(smallWorld, smallRequest, (world, request) => {
      const { offers: found, impossible } = offers(world, request)
      const missed = new Set(impossible.map(({ wish }) => wish))
      for (const [wish, window] of wishesOf(world, request).entries())
        ok(missed.has(wish) || found.some(({ moment }) => isIn(world, window, moment)) || found.length === 60)
      for (const { wish, suggestions, hindrances } of impossible) {
        ok(hindrances.length > 0)
        for (const { change, moment, team } of suggestions) {
          const other = changed({ world, request, waived: {} }, wish, change)
          const window = wishesOf(other.world, other.request)[wish]
          ok(window && isIn(other.world, window, moment))
          ok(fit(other.world, other.request, moment, team, other.waived).refusals.length === 0)
          ok(offers(other.world, other.request, other.waived).impossible.every(obstacle => obstacle.wish !== wish))
        }
      }
    }),
    { numRuns: 150 },
  )
})

t.test('where asking one speaker would do, something as small or smaller is proposed', async () => {
  const small = ['one-more-talk', 'other-time', 'other-day', 'later-date', 'waive-notice', 'other-language']
  const smallEnough = [...small, 'ask-hours', 'online', 'fewer-grades', 'split-group', 'shorter']
  fc.assert(
    fc.property(smallWorld, smallRequest, (world, request) => {
      for (const { wish, suggestions } of offers(world, request).impossible) {
        const found = suggestions.map(({ change }) => change.code)
        const helps = (change: Change) => {
          const other = changed({ world, request, waived: {} }, wish, change)
          return offers(other.world, other.request).impossible.every(obstacle => obstacle.wish !== wish)
        }
        for (const { id: speakerId } of world.speakers) {
          if (helps({ code: 'one-more-talk', speakerId, per: 'week', limit: 9 }))
            ok(found.some(code => small.includes(code)))
          if (helps({ code: 'ask-hours', speakerId })) ok(found.some(code => smallEnough.includes(code)))
          if (helps({ code: 'take-topic', speakerId })) ok(found.some(code => code !== 'one-more-speaker'))
        }
      }
    }),
    { numRuns: 60 },
  )
})

t.test('nobody of a profession: who is missing, and that one more would do', async t => {
  const { hindrances, changes } = only(world({ speakers: [speaker('dana', { professions: ['lawyer'] })] }), request())
  t.strictSame(hindrances, [{ code: 'nobody-for', anyOf: ['historian'], people: 0 }])
  t.strictSame(changes, [{ code: 'one-more-speaker', anyOf: ['historian'], languages: ['kk'] }])
})

t.test('a full day: one more talk, asked of the speaker', async t => {
  const serik = speaker('serik', {
    limits: { day: 1, week: 5, month: 16 },
    engagements: [talk(wednesday, '16:00', '16:45', { online: true })],
  })
  const { hindrances, changes } = only(world({ speakers: [serik] }), request())
  t.strictSame(hindrances, [
    { code: 'nobody-for', anyOf: ['historian'], people: 1 },
    { code: 'day-limit', limit: 1, speakerId: 'serik' },
  ])
  t.strictSame(changes, [
    { code: 'one-more-talk', speakerId: 'serik', per: 'day', limit: 2 },
    { code: 'other-day', day: '2026-11-24', from: at('08:00'), to: at('08:45') },
    { code: 'one-more-speaker', anyOf: ['historian'], languages: ['kk'] },
  ])
})

t.test(
  'weeks and months, hours, districts, topics, audiences and papers are asked of the one whom nothing else keeps',
  async t => {
    const engagements = [talk('2026-11-24', '16:00', '16:45')]
    const asked = (said: Parameters<typeof speaker>[1], policy = {}) =>
      only(
        world({ speakers: [speaker('serik', said)], policy: { ...world().policy, ...policy } }),
        request(),
      ).changes.filter(change => 'speakerId' in change)
    t.strictSame(asked({ limits: { day: 1, week: 1, month: 9 }, engagements }), [
      { code: 'one-more-talk', speakerId: 'serik', per: 'week', limit: 2 },
    ])
    t.strictSame(asked({ limits: { day: 1, week: 5, month: 1 }, engagements }), [
      { code: 'one-more-talk', speakerId: 'serik', per: 'month', limit: 2 },
    ])
    t.strictSame(asked({ hours: [{ weekday: 1, from: 0, to: 1440 }] }), [{ code: 'ask-hours', speakerId: 'serik' }])
    t.strictSame(asked({ districts: ['medeu'] }), [{ code: 'other-district', speakerId: 'serik' }])
    t.strictSame(asked({ topics: ['family'] }), [{ code: 'take-topic', speakerId: 'serik' }])
    t.strictSame(asked({ audiences: ['workforce'] }), [{ code: 'take-audience', speakerId: 'serik' }])
    t.strictSame(asked({}, { credentialsForMinors: ['no-record'] }), [
      { code: 'renew-credential', speakerId: 'serik', kind: 'no-record' },
    ])
    t.strictSame(asked({ languages: ['ru'] }), [])
    t.strictSame(asked({ topics: ['family'], audiences: ['workforce'] }), [], 'two things at once are not asked')
  },
)

t.test('a team of two languages: another language of the host', async t => {
  const speakers = [
    speaker('aigul', { professions: ['psychologist'], languages: ['kk'] }),
    speaker('bauyrzhan', { professions: ['lawyer'], languages: ['ru'] }),
  ]
  const pair = topic({
    places: [
      { anyOf: ['psychologist'], count: 1 },
      { anyOf: ['lawyer'], count: 1 },
    ],
  })
  const apart = only(world({ speakers, topic: pair }), request({ languages: ['kk', 'ru'] }))
  t.strictSame(apart.hindrances, [{ code: 'no-shared-language', languages: ['kk', 'ru'] }])
  const kazakh = world({ speakers: [speaker('serik', { languages: ['ru'] })] })
  t.strictSame(only(kazakh, request()).changes[0], { code: 'other-language', language: 'ru' })
})

t.test('a mentor without company, and one person for two places', async t => {
  const alone = world({
    speakers: [speaker('ilyas', { professions: ['mentor'] })],
    topic: topic({ places: [{ anyOf: ['mentor'], count: 1 }] }),
  })
  const pairWith = ['psychologist', 'lawyer', 'teacher']
  t.strictSame(only(alone, request()).hindrances, [{ code: 'pair-rule', profession: 'mentor', pairWith }])
  t.strictSame(only(alone, request()).changes, [{ code: 'one-more-speaker', anyOf: pairWith, languages: ['kk'] }])
  const double = world({
    topic: topic({ places: [{ anyOf: ['historian'], count: 2 }] }),
    speakers: [speaker('serik'), speaker('dana', { districts: ['medeu'] })],
  })
  const { hindrances, changes } = only(double, request())
  t.strictSame(hindrances, [
    { code: 'nobody-together' },
    { code: 'not-in-district', district: 'almaly', speakerId: 'dana' },
  ])
  t.strictSame(codes(changes), ['online', 'other-district', 'one-more-speaker'])
})

t.test('a wish without a lesson: the nearest other hour first, then another day', async t => {
  const { hindrances, changes } = only(
    world(),
    request({ windows: window({ fromMinute: at('09:00'), toMinute: at('09:45') }) }),
  )
  t.strictSame(hindrances, [{ code: 'not-whole-lessons', nearest: { from: at('08:50'), to: at('09:35') } }])
  t.strictSame(changes[0], { code: 'other-time', day: wednesday, from: at('08:50'), to: at('09:35') })
  const early = only(world(), request({ windows: window({ fromMinute: at('08:00'), toMinute: at('08:30') }) }))
  t.strictSame(early.hindrances, [{ code: 'not-whole-lessons', nearest: { from: at('08:00'), to: at('08:45') } }])
  const narrow = only(world({ hallTaken: [{ day: wednesday, from: 0, to: 1440 }] }), request())
  t.strictSame(narrow.hindrances, [{ code: 'hall-taken', from: 0, to: 1440 }])
  t.strictSame(narrow.changes[0]?.code, 'other-day')
})

t.test('a wish whose hours the timetable allows but whose shift is another', async t => {
  const { hindrances, changes } = only(world(), request({ windows: window({ toMinute: 1440, shift: 'II' }) }))
  t.strictSame(hindrances, [{ code: 'outside-windows' }])
  t.strictSame(changes[0]?.code, 'other-time')
})

t.test('a holiday, the past, haste and a last date', async t => {
  const names = { kk: 'к', ru: 'р', en: 'e' }
  const calendar = { holidays: [{ day: wednesday, names, transferable: false }], swaps: [] }
  const feast = only(world({ calendar }), request())
  t.strictSame(feast.hindrances, [{ code: 'host-day-off', day: wednesday, off: { kind: 'holiday', names } }])
  t.strictSame(feast.changes, [{ code: 'other-day', day: '2026-11-24', from: at('08:00'), to: at('08:45') }])
  const past = only(world(), request({ windows: window({ from: '2026-11-10', to: '2026-11-11' }) }))
  t.strictSame(past.hindrances, [{ code: 'in-the-past' }])
  const haste = only(world({ now: { day: wednesday, minute: at('07:00') } }), request())
  t.strictSame(haste.hindrances, [{ code: 'short-notice', minutes: 1440 }])
  t.strictSame(haste.changes[0], { code: 'waive-notice', minutes: 1440 })
  const late = only(world(), request({ latest: '2026-11-24' }))
  t.strictSame(late.hindrances, [{ code: 'after-latest', latest: '2026-11-24' }])
  t.ok(late.changes.some(change => change.code === 'later-date' && change.latest === wednesday))
})

t.test('too many, too few, grades apart, law unchecked, online, shorter', async t => {
  t.strictSame(only(world(), request({ heads: 250 })).changes, [{ code: 'split-group', parts: 3, heads: 84 }])
  t.strictSame(only(world(), request({ heads: 3 })).changes, [{ code: 'larger-group', heads: 5 }])
  t.strictSame(only(world(), request({ grades: [7, 9, 11] })).changes.slice(0, 2), [
    { code: 'fewer-grades', grades: [9, 11] },
    { code: 'fewer-grades', grades: [9] },
  ])
  const strict = { policy: { ...world().policy, legalCheck: 'ban' as const } }
  t.strictSame(only(world({ ...strict, topic: topic({ quotesLaw: true }) }), request()).changes, [
    { code: 'check-law' },
  ])
  const frost = {
    districts: [],
    hostKinds: [],
    shifts: [],
    grades: [],
    from: '2026-11-01',
    to: '2026-12-31',
    outcome: 'online' as const,
  }
  t.strictSame(only(world({ closures: [frost] }), request()).changes, [{ code: 'online' }])
  const factory = office({ hours: [], lunch: undefined, talkWindows: [{ from: at('12:00'), to: at('12:30') }] })
  const short = only(
    world({ host: factory, audience: workforce }),
    request({ grades: [], windows: window({ fromMinute: 0, toMinute: 1440 }) }),
  )
  t.strictSame(short.hindrances, [{ code: 'outside-talk-windows', windows: [{ from: at('12:00'), to: at('12:30') }] }])
  t.strictSame(short.changes[0], { code: 'shorter', minutes: 30 })
  t.strictSame(only(world({ host: host({ online: false }) }), request({ mode: 'online' })).changes, [])
})

t.test('an hour on the wished day comes before a day that is another and has another hour, too', async t => {
  const noon = request({ grades: [7], windows: window({ fromMinute: at('09:00'), toMinute: at('11:00') }) })
  const { changes } = only(world(), noon)
  t.strictSame(changes.slice(0, 2), [
    { code: 'other-time', day: wednesday, from: at('14:00'), to: at('14:45') },
    { code: 'other-day', day: '2026-11-24', from: at('14:00'), to: at('14:45') },
  ])
  const feast = [{ day: wednesday, names: { kk: 'к', ru: 'р', en: 'e' }, transferable: false }]
  const late = request({ windows: window({ fromMinute: at('13:00'), toMinute: at('14:00') }) })
  const [nearest] = only(world({ calendar: { holidays: feast, swaps: [] } }), late).changes
  t.match(
    nearest,
    { code: 'other-day', day: '2026-11-24', from: at('12:30') },
    'at the nearest hour of the nearest day',
  )
})

t.test('in the summer no day is near: the last one before it', async t => {
  const names = { kk: 'к', ru: 'р', en: 'e' }
  const summer = {
    kind: 'break' as const,
    strength: 'ban' as const,
    names,
    from: '2027-05-26',
    to: '2027-08-31',
    hostKinds: ['school' as const],
    grades: [],
    hostId: undefined,
    exceptAudiences: [],
  }
  const july = request({ windows: window({ from: '2027-07-14', to: '2027-07-14' }) })
  const { hindrances, changes } = only(world({ bans: [summer] }), july)
  t.match(hindrances, [{ code: 'ban', from: '2027-05-26', to: '2027-08-31' }])
  t.match(changes[0], { code: 'other-day', day: '2027-05-25' })
})

t.test('whom the time lacks is asked, however many could be asked in vain', async t => {
  const weekFull = { limits: { day: 2, week: 1, month: 9 }, engagements: [talk('2026-11-24', '16:00', '16:45')] }
  const asked = (id: string, profession: string) => speaker(id, { professions: [profession], ...weekFull })
  const pair = topic({
    places: [
      { anyOf: ['psychologist'], count: 1 },
      { anyOf: ['lawyer'], count: 1 },
    ],
  })
  const many = Array.from({ length: 20 }, (_, n) => asked(`p${n}`, 'psychologist'))
  const speakers = [...many, speaker('aigul', { professions: ['psychologist'] }), asked('dana', 'lawyer')]
  t.strictSame(only(world({ topic: pair, speakers }), request()).changes[0], {
    code: 'one-more-talk',
    speakerId: 'dana',
    per: 'week',
    limit: 2,
  })
})

t.test('a limit that is passed already is asked to hold one more; a time late in the wish is seen, too', async t => {
  const two = [talk('2026-11-23', '16:00', '16:45'), talk('2026-11-24', '16:00', '16:45')]
  const lowered = speaker('serik', { limits: { day: 1, week: 1, month: 9 }, engagements: two })
  t.strictSame(only(world({ speakers: [lowered] }), request()).changes[0], {
    code: 'one-more-talk',
    speakerId: 'serik',
    per: 'week',
    limit: 3,
  })
  const away = [24, 25, 26].map(day => ({ day: `2026-11-${day}`, from: 0, to: 1440 }))
  const friday = speaker('serik', { absences: away, topics: ['family'] })
  const plant = world({ speakers: [friday], host: office(), audience: workforce })
  const week = request({ grades: [], windows: window({ to: '2026-11-27', fromMinute: 0, toMinute: 1440 }) })
  t.ok(codes(only(plant, week).changes).includes('take-topic'))
})

t.test('more listeners than any hall seats: in as many groups as the largest hall takes', async t => {
  const halls = [
    { id: 'small', seats: 30 },
    { id: 'large', seats: 60 },
  ]
  const crowd = world({ host: host({ halls, online: false }) })
  t.strictSame(only(crowd, request({ heads: 90 })).changes, [{ code: 'split-group', parts: 2, heads: 45 }])
  t.strictSame(only(crowd, request({ heads: 250 })).changes, [{ code: 'split-group', parts: 5, heads: 50 }])
})
