import fc from 'fast-check'
import { plusDays } from '../../src/base/time.ts'
import type { Request, World } from '../../src/matching/rules.ts'
import type { Speaker } from '../../src/speakers/rules.ts'
import type { Place } from '../../src/topics/rules.ts'
import {
  at,
  host,
  monday,
  office,
  professions,
  pupils,
  request,
  speaker,
  talk,
  topic,
  wednesday,
  workforce,
  world,
} from './worlds.ts'

const bell = (n: number, from: string, to: string) => ({ n, from: at(from), to: at(to) })
const school = host({
  shifts: [
    {
      name: 'I',
      grades: [9],
      languages: [],
      lessons: [bell(1, '08:00', '08:45'), bell(2, '08:50', '09:35'), bell(3, '09:50', '10:35')],
    },
    { name: 'II', grades: [7], languages: [], lessons: [bell(1, '14:00', '14:45'), bell(2, '14:50', '15:35')] },
  ],
})
const plant = office({
  hours: ([1, 2, 3, 4, 5] as const).map(weekday => ({ weekday, from: at('09:00'), to: at('10:15') })),
  lunch: undefined,
})

const some = <Item>(...items: Item[]) => fc.subarray(items, { minLength: 1 })
const mostly = <Item>(usual: Item, ...rare: Item[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...rare) })
const day = fc.integer({ min: 0, max: 2 }).map(n => plusDays(wednesday, n))
const spots = [
  { district: 'almaly', point: school.point },
  { district: 'medeu', point: { lat: 43.245, lon: 76.97 } },
  { district: 'turksib', point: undefined },
]
const engagement = fc
  .record({
    day,
    from: fc.constantFrom('07:00', '08:00', '09:40', '10:40', '13:00', '15:40'),
    online: fc.boolean(),
    spot: fc.constantFrom(...spots),
  })
  .map(({ day, from, online, spot }) => talk(day, from, `${from.slice(0, 3)}55`, { online, ...spot }))

const person = (id: string): fc.Arbitrary<Speaker> =>
  fc
    .record({
      professions: some('historian', 'psychologist', 'mentor'),
      languages: some('kk', 'ru'),
      topics: mostly<string[]>([], ['unity'], ['family']),
      audiences: mostly<string[]>([], ['pupils'], ['workforce']),
      districts: mostly<string[]>([], ['almaly'], ['medeu']),
      hours: mostly<Speaker['hours']>([], [{ weekday: 3, from: at('08:00'), to: at('14:00') }]),
      busy: mostly<Speaker['busy']>([], [{ weekday: 4, from: at('08:00'), to: at('09:00') }]),
      absences: mostly<Speaker['absences']>([], [{ day: wednesday, from: 0, to: 1440 }]),
      pausedFrom: mostly<string | undefined>(undefined, '2026-11-26'),
      limits: mostly({ day: 3, week: 5, month: 9 }, { day: 1, week: 5, month: 9 }, { day: 3, week: 1, month: 9 }),
      credentials: fc.constantFrom<Speaker['credentials'][]>(
        [],
        [{ kind: 'no-record', from: '2026-01-01', until: '2026-11-26' }],
      ),
      engagements: fc.uniqueArray(engagement, { maxLength: 2, selector: each => `${each.day} ${each.from}` }),
      hoursServed: fc.integer({ min: 0, max: 40 }),
      home: fc.constantFrom(undefined, { lat: 43.2, lon: 76.85 }),
    })
    .map(said => speaker(id, said))

/** Worlds of a few people, days and lessons, in which nearly every rule says no now and then. */
export const smallWorld: fc.Arbitrary<World> = fc
  .record({
    place: fc.constantFrom({ host: school, audience: pupils }, { host: plant, audience: workforce }),
    speakers: fc.tuple(person('a'), person('b'), person('c'), person('d')),
    places: fc.constantFrom<Place[][]>(
      [{ anyOf: ['historian'], count: 1 }],
      [{ anyOf: ['historian', 'mentor'], count: 1 }],
      [
        { anyOf: ['psychologist'], count: 1 },
        { anyOf: ['mentor', 'historian'], count: 1 },
      ],
      [{ anyOf: ['historian', 'psychologist'], count: 2 }],
      [{ anyOf: ['mentor'], count: 2 }],
    ),
    languages: mostly(['kk', 'ru'], ['kk']),
    hallTaken: mostly<World['hallTaken']>([], [{ day: wednesday, from: at('09:00'), to: at('09:40') }]),
    closures: mostly<World['closures']>(
      [],
      [
        {
          districts: [],
          hostKinds: ['school'],
          shifts: ['I'],
          grades: [],
          from: wednesday,
          to: wednesday,
          outcome: 'online',
        },
      ],
    ),
    minute: fc.constantFrom(at('07:00'), at('09:20')),
    credentialsForMinors: mostly<string[]>([], ['no-record']),
    pairRule: fc.boolean(),
    minimumNoticeMinutes: fc.constantFrom(0, 2880),
    lessons: mostly<World['policy']['lessons']>('offeredLessons', 'outsideLessons'),
  })
  .map(
    ({
      place,
      speakers,
      places,
      languages,
      minute,
      credentialsForMinors,
      pairRule,
      minimumNoticeMinutes,
      lessons,
      ...said
    }) =>
      world({
        ...said,
        ...place,
        professions,
        speakers,
        topic: topic({ places, languages }),
        now: { day: monday, minute },
        policy: { ...world().policy, credentialsForMinors, pairRule, minimumNoticeMinutes, lessons },
      }),
  )

export const smallRequest: fc.Arbitrary<Request> = fc
  .record({
    grades: fc.constantFrom<number[][]>([], [9], [7]),
    languages: fc.constantFrom<string[][]>(['kk', 'ru'], ['ru', 'kk'], ['kk'], ['ru'], ['uz', 'kk']),
    mode: mostly<Request['mode']>('onsite', 'online'),
    heads: mostly(30, 200),
    latest: mostly<string | undefined>(undefined, '2026-11-26'),
    windows: fc.array(
      fc.record({
        from: day,
        length: fc.integer({ min: 0, max: 1 }),
        hours: mostly([0, 1440], [at('08:00'), at('09:40')], [at('14:00'), at('20:00')], [at('09:00'), at('10:00')]),
        shift: mostly<string | undefined>(undefined, 'II'),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  })
  .map(({ windows, ...said }) =>
    request({
      ...said,
      windows: windows.map(({ from, length, hours, shift }) => ({
        from,
        to: plusDays(from, length),
        fromMinute: hours[0] ?? 0,
        toMinute: hours[1] ?? 1440,
        shift,
      })),
    }),
  )
