import t from 'tap'
import { instantFrom, plusDays, wallOf } from '../../../src/base/time.ts'
import { drawContacts } from '../../../src/tools/seed/contacts.ts'
import { type Fate, fateOf } from '../../../src/tools/seed/fate.ts'
import { randomOf } from '../../../src/tools/seed/random.ts'
import { type Fated, journeys } from '../../../src/tools/seed/rows.ts'
import { openStage } from '../../../src/tools/seed/stage.ts'
import { drawTerm } from '../../../src/tools/seed/term.ts'
import { monday } from '../../cast.ts'
import { freshDatabase } from '../../database.ts'

const now = instantFrom(monday)
// many more that were not held than chance would draw
const states: Fate['state'][] = ['held', 'not-held', 'held', 'booked']

t.test('whatever came of the talks, nobody of the demonstration is in two places, ways included', async t => {
  const { db, close } = await freshDatabase()
  t.teardown(close)
  const { id, zone } = await db
    .selectFrom('houses')
    .select(['id', 'zone'])
    .where('slug', '=', 'almaty')
    .executeTakeFirstOrThrow()
  const stage = await openStage(db, id, now)
  // a speaker with three talks a day is rare below the size of a nation
  for (const speaker of stage.speakers) speaker.limits = { day: 5, week: 20, month: 60 }
  const random = randomOf(7)
  const contacts = drawContacts(stage.hosts, random, 'almaty')
  const { day: today } = wallOf(now, zone)
  const term = { from: plusDays(today, -14), to: plusDays(today, -1), perDay: 25 }
  const booked = await drawTerm(stage, random, term, now, 'journeys')
  const all = booked.map((talk, number): Fated => {
    const contact = contacts.get(talk.host.id)
    if (!contact) throw new Error('a host without a contact')
    const drawn = fateOf(random, talk, now)
    const state = drawn.state === 'cancelled' ? 'cancelled' : random.pick(states)
    return { talk, fate: { ...drawn, state }, number, contact }
  })
  const way = journeys(stage, all)
  // as a_speaker_is_in_one_place judges: every seat that stands
  const seats = all.flatMap(({ talk, fate }) =>
    fate.seats
      .filter(({ state }) => state === 'invited' || state === 'accepted')
      .map(({ speakerId }) => ({
        speakerId,
        day: talk.moment.day,
        from: talk.moment.from - way(talk.id, speakerId).leadMinutes,
        to: talk.moment.to,
      })),
  )
  const days = [...Map.groupBy(seats, seat => `${seat.speakerId} ${seat.day}`).values()]
  t.ok(days.filter(({ length }) => length > 2).length > 10, 'days with several talks are there to be judged')
  const twice = days.flatMap(day =>
    day
      .toSorted((a, b) => a.to - b.to)
      .filter((seat, place, sorted) => seat.from < (sorted[place - 1]?.to ?? Number.NEGATIVE_INFINITY)),
  )
  t.same(twice, [])
})
