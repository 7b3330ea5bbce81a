import { type Day, dayNumber, type Moment } from '../base/time.ts'
import { isClassHour } from '../hosts/timetable-rules.ts'
import { type Burden, burden, reckonedShare } from '../speakers/burden-rules.ts'
import { wishOf } from '../speakers/fairness-rules.ts'
import type { Speaker } from '../speakers/rules.ts'
import { errandOf, visitOf } from './request-rules.ts'
import type { Request, TeamMember, World } from './rules.ts'
import { wishesOf, wishesWith } from './schedule-rules.ts'
import { personOf, planOf, sharedBy } from './team-rules.ts'

export type Reason =
  | { code: 'all-free'; people: number }
  | { code: 'speak'; people: number; languages: string[] }
  | { code: 'paired'; speakerId: string; profession: string }
  | { code: 'on-the-way'; speakerId: string; minutes: number; fromHome: boolean }
  | { code: 'home-district'; speakerId: string }
  | { code: 'no-way'; people: number }
  | { code: 'least-served'; speakerId: string; talks: number }
  | { code: 'overridden'; speakerId: string; wish: 'more' | 'fewer'; until: Day }
  | { code: 'wish'; wish: number; of: number }
  | { code: 'class-hour' }

/** What one more person, a less wished time and a language asked for second weigh, in minutes of travel. */
const aFullShare = 40
const anotherTalkThatDay = 12
const anotherTalkThatWeek = 3
const anotherPerson = 20
const laterWish = 25
const laterDay = 2
const secondLanguage = 10
const classHour = 5

export const personCost = ({ extraMinutes, share, inDay, inWeek }: Burden): number =>
  anotherPerson + extraMinutes + aFullShare * share + anotherTalkThatDay * inDay + anotherTalkThatWeek * inWeek

/** By the place of the language among those that were asked for. */
export const languageCost = (place: number): number => secondLanguage * Math.max(0, place)

export function timeCost(world: World, request: Request, moment: Moment): number {
  const wishes = wishesOf(world, request)
  const wish = wishesWith(world, wishes, moment)[0] ?? wishes.length
  const first = wishes[wish]?.from ?? moment.day
  const days = Math.min(14, Math.max(0, dayNumber(moment.day) - dayNumber(first)))
  return laterWish * wish + laterDay * days + (isClassHour(world, visitOf(world, request), moment) ? 0 : classHour)
}

/** Why a team at a time is a good one, most telling first, and what it costs: travel, fairness, load, wishes, languages. Lower is better. */
export function weighed(
  world: World,
  request: Request,
  moment: Moment,
  team: TeamMember[],
): { reasons: Reason[]; cost: number } {
  const errand = errandOf(world, request)
  const people = [...new Set(team.flatMap(({ speakerId }) => personOf(world, speakerId) ?? []))]
  const burdens = people.map(speaker => ({ speaker, burden: burden(speaker, errand, moment) }))
  const shared = sharedBy(people, errand.languages)
  const language = languageCost(errand.languages.indexOf(shared[0] ?? ''))
  return {
    reasons: [
      { code: 'all-free', people: people.length },
      { code: 'speak', people: people.length, languages: shared },
      ...timeReasons(world, request, moment),
      ...pairReasons(world, team),
      ...(errand.online ? [{ code: 'no-way' as const, people: people.length }] : []),
      ...burdens.flatMap(each => personReasons(world, each.speaker, each.burden, errand.online)),
    ],
    cost: timeCost(world, request, moment) + language + burdens.reduce((sum, each) => sum + personCost(each.burden), 0),
  }
}

function timeReasons(world: World, request: Request, moment: Moment): Reason[] {
  const [wish] = wishesWith(world, request.windows, moment)
  const of = request.windows.length
  return [
    ...(of > 1 && wish !== undefined ? [{ code: 'wish' as const, wish: wish + 1, of }] : []),
    ...(isClassHour(world, visitOf(world, request), moment) ? [{ code: 'class-hour' as const }] : []),
  ]
}

function pairReasons(world: World, team: TeamMember[]): Reason[] {
  const bound = planOf(world).rules.map(({ id }) => id)
  return team.filter(({ profession }) => bound.includes(profession)).map(member => ({ code: 'paired', ...member }))
}

function personReasons(
  world: World,
  speaker: Speaker,
  { wayMinutes, fromHome, inMonth }: Burden,
  online: boolean,
): Reason[] {
  const { id: speakerId } = speaker
  const peers = speaker.professions.flatMap(profession => sharesOf(world.speakers).get(profession) ?? [])
  const least = peers.some(({ people }) => people > 1) && peers.every(peer => reckonedShare(speaker) <= peer.least)
  return [
    ...(online ? [] : [{ code: 'on-the-way' as const, speakerId, minutes: wayMinutes, fromHome }]),
    ...(!online && speaker.homeDistrict === world.host.district ? [{ code: 'home-district' as const, speakerId }] : []),
    ...(least ? [{ code: 'least-served' as const, speakerId, talks: inMonth }] : []),
    ...(speaker.override
      ? [
          {
            code: 'overridden' as const,
            speakerId,
            wish: wishOf(speaker.override.weight),
            until: speaker.override.until,
          },
        ]
      : []),
  ]
}

type Shares = Map<string, { least: number; people: number }>
const shares = new WeakMap<Speaker[], Shares>()

/** The smallest share of each profession, and how many people have it. */
function sharesOf(speakers: Speaker[]): Shares {
  const known = shares.get(speakers)
  if (known) return known
  const found: Shares = new Map()
  for (const speaker of speakers)
    for (const profession of speaker.professions) {
      const { least, people } = found.get(profession) ?? { least: Number.POSITIVE_INFINITY, people: 0 }
      found.set(profession, { least: Math.min(least, reckonedShare(speaker)), people: people + 1 })
    }
  shares.set(speakers, found)
  return found
}
