import fc from 'fast-check'
import t from 'tap'
import { plusDays, weekdayOf } from '../../src/base/time.ts'
import { fit } from '../../src/matching/rules.ts'
import { gradesOf, readSeries } from '../../src/series/form-rules.ts'
import { withTalk } from '../../src/series/fold-rules.ts'
import { proposals } from '../../src/series/plan-rules.ts'
import { isConcerned, progressOf, type SeriesDate, type SeriesKind, waived } from '../../src/series/rules.ts'
import { smallRequest, smallWorld } from '../matching/small-worlds.ts'
import { at, bells, host, request, speaker, talk, topic, wednesday, world } from '../matching/worlds.ts'

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
