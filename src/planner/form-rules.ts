import { isUuid, numberOf } from '../base/text.ts'
import { type Day, dayNumber, isDay, plusDays } from '../base/time.ts'
import {
  type Away,
  degrees,
  type Moves,
  mostDays,
  mostRequests,
  moving,
  searchSeconds,
  usualDays,
  usualWeights,
  type Weights,
  wishes,
} from './plan-rules.ts'

export const planFields = ['from', 'to', ...wishes, 'moves', 'seconds', 'away', 'awayFrom', 'awayTo'] as const
export const planLists = ['requests'] as const
export type PlanTyped = { texts: Record<(typeof planFields)[number], string>; lists: { requests: string[] } }

export type PlanProblem = {
  field: 'from' | 'to' | 'requests' | 'seconds' | 'away' | 'awayFrom' | 'awayTo'
  code: 'not-a-day' | 'past' | 'upside-down' | 'too-long' | 'none' | 'too-many' | 'gone' | 'unknown'
}
export type PlanValue = {
  from: Day
  to: Day
  weights: Weights
  moves: Moves
  seconds: number
  away: Away[]
  numbers: number[]
}
/** What a form may name: requests that wait, and speakers of the House. */
export type PlanKnown = { today: Day; waiting: Set<number>; speakers: Set<string> }

/** The form as it is first shown. */
export const emptyForm = (today: Day, numbers: number[], away?: Away): PlanTyped => ({
  texts: {
    ...usualWeights,
    ...{ from: today, to: plusDays(today, usualDays - 1), seconds: '10' },
    ...{ moves: away ? 'unanswered' : 'none', away: away?.speakerId ?? '' },
    ...{ awayFrom: away?.from ?? '', awayTo: away?.to ?? '' },
  },
  lists: { requests: numbers.map(String) },
})

/** A form as a plan, or all that is to be mended in it. */
export function readPlan(
  { texts, lists }: PlanTyped,
  { today, waiting, speakers }: PlanKnown,
): { value?: PlanValue; problems: PlanProblem[] } {
  const problems: PlanProblem[] = []
  const blame = (field: PlanProblem['field'], code: PlanProblem['code']) => problems.push({ field, code })
  const days = (from: 'from' | 'awayFrom', to: 'to' | 'awayTo') => {
    if (!isDay(texts[from])) blame(from, 'not-a-day')
    else if (texts[from] < today && from === 'from') blame(from, 'past')
    if (!isDay(texts[to])) blame(to, 'not-a-day')
    else if (isDay(texts[from]) && texts[to] < texts[from]) blame(to, 'upside-down')
    else if (isDay(texts[from]) && dayNumber(texts[to]) - dayNumber(texts[from]) >= mostDays) blame(to, 'too-long')
  }
  days('from', 'to')
  const { requests } = lists
  const numbers = requests.flatMap(text => numberOf(text) ?? [])
  const seconds = searchSeconds.find(each => String(each) === texts.seconds)
  const anybody = texts.away !== ''
  if (numbers.length !== requests.length || numbers.some(number => !waiting.has(number))) blame('requests', 'gone')
  else if (numbers.length > mostRequests) blame('requests', 'too-many')
  else if (numbers.length === 0 && !anybody) blame('requests', 'none')
  if (anybody) {
    if (!isUuid(texts.away) || !speakers.has(texts.away)) blame('away', 'unknown')
    days('awayFrom', 'awayTo')
  }
  if (seconds === undefined) blame('seconds', 'unknown')
  if (problems.length > 0 || seconds === undefined) return { problems }
  const weights = Object.fromEntries(
    wishes.map(wish => [wish, degrees.find(each => each === texts[wish]) ?? usualWeights[wish]]),
  ) as Weights
  return {
    problems,
    value: {
      ...{ from: texts.from, to: texts.to, weights, seconds, numbers },
      moves: moving.find(each => each === texts.moves) ?? 'none',
      away: anybody ? [{ speakerId: texts.away, from: texts.awayFrom, to: texts.awayTo }] : [],
    },
  }
}

/** What is pinned, and who and what is out, by the fields of a draft's page. */
export const markLists = ['pin', 'out', 'person'] as const
export const marksOf = (lists: Record<(typeof markLists)[number], string[]>, speakers: Set<string>) => ({
  pinned: lists.pin.flatMap(text => numberOf(text) ?? []),
  excluded: lists.out.flatMap(text => numberOf(text) ?? []),
  leftOut: lists.person.filter(id => speakers.has(id)),
})
