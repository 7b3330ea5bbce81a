import { strictEqual } from 'node:assert'
import fc from 'fast-check'
import t from 'tap'
import { crews, type Free } from '../../src/matching/crew-rules.ts'
import { filled, type TeamPlan } from '../../src/matching/team-rules.ts'
import { professions, speaker } from './worlds.ts'

const person = fc.record({
  professions: fc.subarray(['historian', 'psychologist', 'lawyer', 'mentor', 'theologian'], { minLength: 1 }),
  speaks: fc.integer({ min: 1, max: 3 }),
  cost: fc.integer({ min: 0, max: 50 }),
})
const rules = professions.filter(({ pairInSchools }) => pairInSchools)
const plan: fc.Arbitrary<TeamPlan> = fc.record({
  slots: fc.constantFrom<string[][][]>(
    [['mentor']],
    [['mentor', 'historian'], ['lawyer']],
    [['mentor'], ['theologian', 'historian']],
    [['psychologist', 'lawyer'], ['lawyer', 'mentor'], ['historian']],
  ),
  rules: fc.constantFrom(rules, []),
})

/** The cheapest of all sets of people that fill the plan in one language, tried one by one. */
function cheapest({ slots, rules }: TeamPlan, people: Free[]): number {
  const sets = Array.from({ length: 2 ** people.length }, (_, bits) => people.filter((_, n) => bits & (1 << n)))
  const ways = (set: Free[]): string[][] =>
    set.reduce<string[][]>(
      (known, { speaker }) => speaker.professions.flatMap(each => known.map(way => [...way, each])),
      [[]],
    )
  const costs = sets.map(set => {
    const language = set.reduce((bits, { speaks }) => bits & speaks, 3)
    const seated =
      set.length > 0 &&
      set.length <= slots.length + rules.length &&
      ways(set).some(way => filled({ slots, rules }, way))
    return seated && language > 0
      ? set.reduce((sum, { cost }) => sum + cost, language & 1 ? 0 : 10)
      : Number.POSITIVE_INFINITY
  })
  return Math.min(...costs)
}

t.test('the first team is the cheapest of all, and keeping few keeps the best', async () => {
  fc.assert(
    fc.property(plan, fc.array(person, { maxLength: 6 }), fc.integer({ min: 1, max: 4 }), (plan, people, keep) => {
      const free = people.map(({ professions, ...rest }, n) => ({
        ...rest,
        speaker: speaker(`s${n}`, { professions }),
      }))
      const all = crews(plan, free, 2, Number.POSITIVE_INFINITY)
      strictEqual(all[0]?.cost ?? Number.POSITIVE_INFINITY, cheapest(plan, free))
      strictEqual(
        JSON.stringify(crews(plan, free, 2, keep).map(({ cost }) => cost)),
        JSON.stringify(all.slice(0, keep).map(({ cost }) => cost)),
      )
      strictEqual(
        new Set(
          all.map(({ team }) =>
            team
              .map(({ speakerId }) => speakerId)
              .sort()
              .join(),
          ),
        ).size,
        all.length,
      )
    }),
    { numRuns: 500 },
  )
})

t.test('a topic without places has no teams', async t => {
  t.strictSame(crews({ slots: [], rules: [] }, [{ speaker: speaker('serik'), speaks: 1, cost: 0 }], 1, 1), [])
})
