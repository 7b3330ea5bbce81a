import fc from 'fast-check'
import t from 'tap'
import { plusDays, weekdayOf } from '../../src/base/time.ts'
import { fit } from '../../src/matching/rules.ts'
import { moved, replaced } from '../../src/series/change-rules.ts'
import { withTalk } from '../../src/series/fold-rules.ts'
import { gradesOf, readSeries } from '../../src/series/form-rules.ts'
import { proposals } from '../../src/series/plan-rules.ts'
import { isConcerned, progressOf, type SeriesDate, type SeriesKind, waived } from '../../src/series/rules.ts'
import { smallRequest, smallWorld } from '../matching/small-worlds.ts'
import { at, host, monday, request, speaker, talk, topic, wednesday, world } from '../matching/worlds.ts'

const anyHour = (day: string) => [{ from: day, to: day, fromMinute: 0, toMinute: 1440, shift: undefined }]
/** Dates of one world: its days, each with what is special about it. */
const datesIn = (own: ReturnType<typeof world>, days: string[], more: Partial<SeriesDate>[] = []): SeriesDate[] =>
  days.map((day, n) => ({
    position: n + 1,
    world: own,
    request: request({ id: String(n), windows: anyHour(day), latest: undefined }),
    day,
    standing: undefined,
    ...more[n],
  }))
const said = (kind: SeriesKind, dates: SeriesDate[]) =>
  proposals(kind, dates).proposals.map(({ options: [best] }) =>
    best ? `${best.way} ${best.moment.day} ${best.moment.from} ${best.team.map(it => it.speakerId).join('+')}` : 'skip',
  )
const people = (...ids: string[]) =>
  ids.map(id => speaker(id, { professions: ['historian'], limits: { day: 4, week: 9, month: 30 } }))

t.test('classes of one day take lessons in a row, over short breaks and long ones, with one team', async t => {
  const own = world({ speakers: people('a', 'b'), host: host({ classHour: undefined }) })
  const three = datesIn(own, [wednesday, wednesday, wednesday, wednesday])
  t.same(said('day', three), [
    `keep ${wednesday} ${at('08:00')} a`,
    `keep ${wednesday} ${at('08:50')} a`,
    `keep ${wednesday} ${at('09:50')} a`,
    `keep ${wednesday} ${at('10:50')} a`,
  ])
})

t.test('classes of two shifts come in the order of their shifts, and a third talk waits for lunch to end', t => {
  const own = world({ speakers: people('a'), host: host({ classHour: undefined }) })
  const grades = [[7], [9], [9]].map((each, n) => ({
    request: request({ id: String(n), grades: each, windows: anyHour(wednesday) }),
  }))
  t.same(said('day', datesIn(own, [wednesday, wednesday, wednesday], grades)), [
    `keep ${wednesday} ${at('14:00')} a`,
    `keep ${wednesday} ${at('10:50')} a`,
    `keep ${wednesday} ${at('11:40')} a`,
  ])
  t.end()
})

t.test('who may speak twice a day has others for the third class, at the lesson in its row', t => {
  const own = world({ speakers: [speaker('a', { hoursServed: 0 }), speaker('b')] })
  const [first, , third] = proposals('day', datesIn(own, [wednesday, wednesday, wednesday])).proposals
  t.equal(first?.options[0]?.way, 'keep')
  t.equal(third?.options[0]?.way, 'team')
  t.same(third?.options[0]?.in.length, 1)
  t.same(
    third?.hindrances.map(({ code }) => code),
    ['day-limit'],
  )
  t.end()
})

t.test(
  'every week at one hour: a holiday moves its date in the week, a leave brings others, breaks leave it open',
  t => {
    const days = [0, 7, 14, 21].map(n => plusDays(wednesday, n))
    const own = world({
      speakers: [
        speaker('a', {
          hoursServed: 0,
          absences: [{ day: days[1] ?? '', from: 0, to: 1440 }],
          limits: { day: 2, week: 5, month: 16 },
        }),
        speaker('b', { absences: [{ day: wednesday, from: 0, to: 1440 }] }),
      ],
      calendar: {
        holidays: [{ day: days[2] ?? '', shifts: false, names: { kk: '', ru: '', en: '' } }],
        swaps: [],
      } as never,
      bans: [
        {
          kind: 'break',
          strength: 'ban',
          from: plusDays(days[3] ?? '', -2),
          to: plusDays(days[3] ?? '', 4),
          hostKinds: ['school'],
          grades: [],
          hostId: undefined,
          exceptAudiences: [],
          names: { kk: 'каникул', ru: 'каникулы', en: 'break' },
        },
      ],
    })
    const found = proposals('weekly', datesIn(own, days)).proposals
    t.same(
      found.map(({ options }) => options.map(({ way }) => way)),
      [['keep'], ['team', 'shift'], ['shift'], []],
    )
    const [keep, other, holiday] = found.map(({ options }) => options[0])
    t.same([other?.moment.from, other?.out, other?.in], [keep?.moment.from, ['a'], ['b']])
    t.same(found[1]?.options[1]?.team, keep?.team, 'or the same people on another day of that week')
    t.equal(Math.abs(weekdayOf(holiday?.moment.day ?? '') - 3), 1, 'the day beside the holiday')
    t.same(
      found[3]?.hindrances.map(({ code }) => code),
      ['ban'],
    )
    t.end()
  },
)

t.test('a programme keeps its hour; each topic brings its own team, known people rather than strangers', t => {
  const own = world({
    speakers: [
      speaker('h', { professions: ['historian'] }),
      speaker('p', { professions: ['psychologist', 'historian'] }),
      speaker('q', { professions: ['psychologist'], hoursServed: 0 }),
    ],
  })
  const mind = topic({ id: 'mind', places: [{ anyOf: ['psychologist'], count: 1 }] })
  const both = topic({
    id: 'both',
    places: [
      { anyOf: ['psychologist'], count: 1 },
      { anyOf: ['historian'], count: 1 },
    ],
  })
  const days = [0, 14, 28].map(n => plusDays(wednesday, n))
  const found = said(
    'programme',
    datesIn(own, days, [
      { world: { ...own, topic: mind } },
      { world: { ...own, topic: both } },
      { world: { ...own, topic: mind } },
    ]),
  )
  t.same(new Set(found.map(text => text.split(' ')[2])).size, 1, 'one hour')
  t.equal(found[0]?.split(' ')[3], found[2]?.split(' ')[3], 'the topic that comes again brings the same person')
  t.ok(found[1]?.split(' ')[3]?.includes(found[0]?.split(' ')[3] ?? ''))
  t.end()
})

t.test('what is proposed as possible is possible: every best way together, and every other way in its place', t => {
  fc.assert(
    fc.property(
      smallWorld,
      smallRequest,
      fc.constantFrom<SeriesKind>('day', 'weekly', 'programme'),
      fc.integer({ min: 2, max: 4 }),
      (own, asked, kind, count) => {
        const dates = Array.from({ length: count }, (_, n): SeriesDate => {
          const day = kind === 'day' ? wednesday : plusDays(wednesday, 7 * n)
          return {
            position: n + 1,
            world: own,
            request: { ...asked, id: String(n), windows: anyHour(day), latest: undefined },
            day,
            standing: undefined,
          }
        })
        let taken = { speakers: own.speakers, hallTaken: own.hallTaken }
        // the dates of small worlds are of one shift, so they were judged in this order
        for (const { position, options } of proposals(kind, dates).proposals) {
          const request = dates[position - 1]?.request
          if (!request) return false
          const world = { ...own, ...taken }
          for (const { moment, team } of options)
            if (fit(world, request, moment, team, waived).refusals.length > 0) return false
          const [best] = options
          if (best) taken = withTalk(taken, world, request, `${position}`, best.moment, best.team)
        }
        return true
      },
    ),
    { numRuns: 80 },
  )
  t.end()
})

t.test('a change moves the foremost first, so that one date may take the place that another leaves', t => {
  const own = world({ speakers: people('a'), host: host({ classHour: undefined }) })
  const lessons = ['08:00', '08:50', '09:50'].map((from, n) => ({ talkId: `t${n}`, from: at(from), to: at(from) + 45 }))
  const team = [{ speakerId: 'a', profession: 'historian' }]
  const engaged = lessons.map(({ talkId, from, to }) => ({
    ...talk(wednesday, '08:00', '08:45'),
    talkId,
    from,
    to,
    hostId: own.host.id,
    point: own.host.point,
    district: own.host.district,
  }))
  const full = {
    ...own,
    hallTaken: lessons.map(lesson => ({ day: wednesday, ...lesson })),
    speakers: own.speakers.map(each => ({ ...each, engagements: engaged })),
  }
  const dates = datesIn(
    full,
    [wednesday, wednesday, wednesday],
    lessons.map(lesson => ({ standing: { day: wednesday, ...lesson, team, absent: [] } })),
  )
  const later = moved(dates, 1, 'all', { day: wednesday, minute: at('08:50') })
  t.same(
    later.map(({ position, after, refusals }) => [position, after.from, refusals.length]),
    [
      [3, at('10:50'), 0],
      [2, at('09:50'), 0],
      [1, at('08:50'), 0],
    ],
  )
  t.same(
    moved(dates, 2, 'one', { day: wednesday, minute: at('09:50') }).map(({ refusals }) => refusals[0]?.code),
    ['hall-taken'],
  )
  t.same(
    moved(dates, 2, 'following', { day: plusDays(wednesday, 1), minute: at('08:50') }).map(({ position, after }) => [
      position,
      after.day,
      after.from,
    ]),
    [
      [3, plusDays(wednesday, 1), at('09:50')],
      [2, plusDays(wednesday, 1), at('08:50')],
    ],
  )
  t.same(
    replaced(dates, 2, 'following', 'a', 'nobody').map(({ position, refusals }) => [position, refusals.length > 0]),
    [
      [2, true],
      [3, true],
    ],
  )
  t.same(
    [1, 2, 3].map(position => ['one', 'following', 'all'].map(scope => isConcerned(position, 2, scope as never))),
    [
      [false, false, true],
      [true, true, true],
      [false, true, true],
    ],
  )
  t.end()
})

t.test('the form: a class names its grade, and what is wrong is said by field', t => {
  t.same(['9А', '11 «Б»', '0-Ә', 'Цех 2', '2026'].map(gradesOf), [[9], [11], [0], undefined, undefined])
  const known = { today: wednesday, topics: ['x'] }
  const read = (typed: Record<string, string>) =>
    readSeries({ name: 'н', first: plusDays(wednesday, 1), ...typed }, known)
  const fields = (typed: Record<string, string>) => read(typed).problems.map(({ field, code }) => `${field} ${code}`)
  t.same(fields({ kind: 'weekly', weeks: '21', name: '', first: monday }), [
    'name name-missing',
    'first date-past',
    'weeks weeks-outside',
  ])
  t.same(fields({ kind: 'day', 'class-1': '9А', 'heads-1': '20', 'class-2': '9а', 'heads-2': '' }), [
    'class-2 class-twice',
    'heads-2 heads-outside',
  ])
  t.same(fields({ kind: 'programme', 'topic-1': 'x', 'topic-2': 'elsewhere', time: '25:00' }), [
    'time time-impossible',
    'topic-1 topics-few',
  ])
  t.same(
    read({ kind: 'weekly', weeks: '3' }).value?.dates.map(({ day }) => day),
    [1, 8, 15].map(n => plusDays(wednesday, n)),
  )
  t.same(
    progressOf([
      { state: 'held', heads: 30 },
      { state: 'booked', heads: null },
      { state: 'waiting', heads: null },
    ]),
    { dates: 3, held: 1, booked: 1, waiting: 1, heads: 30 },
  )
  t.end()
})
