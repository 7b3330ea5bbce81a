import { deepStrictEqual, ok } from 'node:assert'
import fc from 'fast-check'
import t from 'tap'
import { type Moment, plusDays } from '../../src/base/time.ts'
import { offersOf, offersOn, possibleMoments } from '../../src/matching/offer-rules.ts'
import { fit } from '../../src/matching/rules.ts'
import { searchFor } from '../../src/matching/search-rules.ts'
import { planOf } from '../../src/matching/team-rules.ts'
import { absentees } from '../../src/matching/unfit-rules.ts'
import { smallRequest, smallWorld } from './small-worlds.ts'
import { wednesday } from './worlds.ts'

const all = Number.POSITIVE_INFINITY
const timed = ({ day, from }: Moment) => `${day} ${from}`
const span = fc.tuple(fc.nat(3), fc.nat(3)).map(([from, days]) => ({
  from: plusDays(wednesday, from),
  to: plusDays(wednesday, from + days),
}))

t.test(
  'what a week lights up is each of its possible times once, with the best team that fit lets through',
  async () => {
    fc.assert(
      fc.property(smallWorld, smallRequest, span, (world, request, { from, to }) => {
        const search = searchFor(world, request)
        const lit = offersOn(search, from, to, all)
        deepStrictEqual(
          lit.map(({ moment }) => timed(moment)).sort(),
          possibleMoments(world, request)
            .filter(({ day }) => from <= day && day <= to)
            .map(timed)
            .sort(),
        )
        for (const { moment, team } of lit) deepStrictEqual(fit(world, request, moment, team).refusals, [])
        const [first] = offersOf(search, 1, 1).offers
        if (first && from <= first.moment.day && first.moment.day <= to) deepStrictEqual(lit[0], first)
      }),
      { numRuns: 200 },
    )
  },
)

t.test(
  'nobody who is dimmed could come, nobody who is not dimmed could never, and the reason is the one of the judge',
  async () => {
    fc.assert(
      fc.property(smallWorld, smallRequest, span, (world, request, { from, to }) => {
        const search = searchFor(world, request)
        const lit = offersOn(search, from, to, all)
        const best = lit[0]?.moment ?? search.open.find(({ day }) => from <= day && day <= to)
        const away = absentees(search, from, to, lit[0]?.moment)
        for (const { team } of offersOf(search, all, all).offers.filter(
          ({ moment: { day } }) => from <= day && day <= to,
        ))
          ok(team.every(({ speakerId }) => !away.has(speakerId)))
        const plan = planOf(world)
        const seated = plan.slots.flat()
        const pairs = plan.rules.filter(({ id }) => seated.includes(id)).flatMap(({ pairWith }) => pairWith)
        const wanted = [...seated, ...pairs]
        for (const speaker of world.speakers) {
          const refusal = away.get(speaker.id)
          const profession = speaker.professions.find(each => wanted.includes(each))
          const alone = (moment: Moment) =>
            fit(world, request, moment, [{ speakerId: speaker.id, profession: profession ?? '' }]).refusals.filter(
              each => 'speakerId' in each && each.speakerId === speaker.id && each.code !== 'no-place-for',
            )
          const hours = search.open.filter(({ day }) => from <= day && day <= to)
          if (!profession) ok(refusal?.code === 'no-place-for')
          else if (refusal && best) ok(alone(best).some(each => JSON.stringify(each) === JSON.stringify(refusal)))
          else if (!refusal && hours.length > 0) ok(hours.some(hour => alone(hour).length === 0))
        }
      }),
      { numRuns: 200 },
    )
  },
)
