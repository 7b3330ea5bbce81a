import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import fc from 'fast-check'
import t from 'tap'
import { type Moment, plusDays } from '../../src/base/time.ts'
import { fit, type TeamMember, type World } from '../../src/matching/rules.ts'
import { searchFor } from '../../src/matching/search-rules.ts'
import type { Assignment, Instance } from '../../src/planner/core/instance.ts'
import { violations } from '../../src/planner/core/judge.ts'
import { modelOf } from '../../src/planner/core/model.ts'
import { refusePins } from '../../src/planner/core/pins.ts'
import { planOf } from '../../src/planner/core/plan.ts'
import { solve } from '../../src/planner/core/solving.ts'
import { bookingOf, instanceOf, type Translation, type Waiting } from '../../src/planner/translation.ts'
import { smallRequest, smallWorld } from '../matching/small-worlds.ts'
import { monday, wednesday } from '../matching/worlds.ts'

const horizon = { from: monday, to: plusDays(wednesday, 4) }
const translated = (waiting: Waiting[]): Translation =>
  instanceOf('house', waiting, waiting[0]?.world.speakers ?? [], horizon)

/** Every team of a request by the instance's rules at each of its open moments, beside the talks that stand. */
function possibleIn(instance: Instance, id: string): Assignment[] {
  const request = instance.requests.find(each => each.id === id)
  if (!request) return []
  const seats = request.team.flatMap(({ n }, group) => Array<number>(n).fill(group))
  const teams: Assignment['team'][] = [[]]
  for (const group of seats)
    teams.push(...teams.splice(0).flatMap(team => instance.speakers.map(({ id }) => [...team, { speaker: id, group }])))
  return request.windows.flatMap(([day, start]) =>
    teams.flatMap(team => {
      const talk = { request: id, day, start, team }
      return violations(instance, { assignments: [...(instance.pinned ?? []), talk] }).length === 0 ? [talk] : []
    }),
  )
}

const named = ({ day, from }: Moment, team: TeamMember[]) =>
  `${day} ${from} ${team
    .map(({ speakerId }) => speakerId)
    .sort()
    .join()}`

/** Every team at every open moment, asked of `fit` one by one. */
function possibleByFit({ world, request }: Waiting): Set<string> {
  const found = new Set<string>()
  const people = world.speakers.flatMap(({ id, professions }) =>
    professions.map(profession => ({ speakerId: id, profession })),
  )
  const teams = (from: number, size: number): TeamMember[][] =>
    size === 0
      ? [[]]
      : [[], ...people.slice(from).flatMap((member, n) => teams(from + n + 1, size - 1).map(team => [member, ...team]))]
  for (const moment of searchFor(world, request).open)
    for (const team of teams(0, 2))
      if (team.length > 0 && fit(world, request, moment, team).refusals.length === 0) found.add(named(moment, team))
  return found
}

/** A world whose talks all take place somewhere, and without pairs: what an instance can say in full. */
const onSite = (world: World): World => ({
  ...world,
  policy: { ...world.policy, pairRule: false, credentialsForMinors: [] },
  speakers: world.speakers.map(speaker => ({
    ...speaker,
    credentials: [],
    engagements: speaker.engagements.map(talk => ({ ...talk, online: false })),
  })),
})

t.test(
  'what an instance allows fit allows, and where nothing had to be stricter the other way round, too',
  async () => {
    let [exact, talks] = [0, 0]
    fc.assert(
      fc.property(fc.oneof(smallWorld, smallWorld.map(onSite)), smallRequest, (world, request) => {
        const waiting: Waiting = { world, request, priority: 2 }
        const translation = translated([waiting])
        refusePins(translation.instance)
        const own = possibleIn(translation.instance, request.id).map(talk => bookingOf(waiting, translation, talk))
        for (const { moment, team } of own)
          deepStrictEqual(fit(world, request, moment, team).refusals, [], `${named(moment, team)} is no talk for fit`)
        talks += own.length
        if (translation.stricter.size > 0) return
        exact++
        const names = new Set(own.map(({ moment, team }) => named(moment, team)))
        strictEqual([...names].sort().join('\n'), [...possibleByFit(waiting)].sort().join('\n'))
      }),
      { seed: 418, numRuns: 250 },
    )
    ok(exact > 50 && talks > 100, `${exact} worlds are the same in both, ${talks} talks are allowed`)
  },
)

/** The world as it is once a talk is booked. */
const withBooked = (world: World, moment: Moment, team: TeamMember[], talkId: string): World => ({
  ...world,
  hallTaken: [...world.hallTaken, { ...moment, talkId }],
  speakers: world.speakers.map(speaker =>
    team.some(({ speakerId }) => speakerId === speaker.id)
      ? {
          ...speaker,
          engagements: [
            ...speaker.engagements,
            {
              ...moment,
              talkId,
              hostId: world.host.id,
              district: world.host.district,
              point: world.host.point,
              online: false,
            },
          ],
        }
      : speaker,
  ),
})

t.test('a whole plan can be booked talk by talk, and fit refuses none', async () => {
  let booked = 0
  const worlds = fc.sample(fc.tuple(smallWorld, fc.array(smallRequest, { minLength: 3, maxLength: 5 })), {
    seed: 7,
    numRuns: 60,
  })
  for (const [world, requests] of worlds) {
    const waiting = requests.map(
      (request, n): Waiting => ({ world, request: { ...request, id: `r${n}` }, priority: 1 }),
    )
    const translation = translated(waiting)
    const model = modelOf(translation.instance)
    const watch = { seconds: () => 0, stopped: () => false }
    const { best } = await solve(model, { seed: 1, budget: { iterations: 60 } }, watch, () => {})
    let now = world
    for (const talk of planOf(model, best).assignments) {
      const one = waiting.find(({ request }) => request.id === talk.request)
      if (!one) continue
      const { moment, team } = bookingOf(one, translation, talk)
      deepStrictEqual(fit(now, one.request, moment, team).refusals, [])
      now = withBooked(now, moment, team, talk.request)
      booked++
    }
  }
  ok(booked > 30, `${booked} talks are booked`)
})
