import type { Day } from '../base/time.ts'
import type { CancelReason } from '../talks/rules.ts'
import { at, type DayTalks, measured, type Numbered, reasonOf, stateOf, width } from './day-rules.ts'
import type { Fate } from './fate-rules.ts'
import { type Cut, unsaid, type Wish } from './rules.ts'

/** What the numbers in a House's rows stand for. */
export type Names = Record<'host' | 'topic' | 'audience' | 'language' | 'programme' | 'speaker' | 'body', Numbered>

/** Where talks were, what they were about and who belongs together, as the House has it now. */
export type Places = {
  hosts: Map<string, { district: string; merged: boolean }>
  formats: Map<string, string>
  /** By speaker. */
  groups: Map<string, string[]>
}

export const saidAs = (text: string): string => (text === '' ? unsaid : text)

type Judge = (day: DayTalks, talk: number) => boolean

/** Whether a talk is among those wished. The one condition: figures count by it, and the lists behind them choose by it. */
export function wished(names: Names, places: Places, wish: Wish): Judge {
  const one = (fact: 'host' | 'topic' | 'audience' | 'language', isMeant: (text: string) => boolean): Judge => {
    const meant = names[fact].marked(isMeant)
    return ({ rows }, talk) => meant[rows[talk * width + at[fact]] as number] === 1
  }
  const anyone = (isMeant: (text: string) => boolean): Judge => {
    const meant = names.speaker.marked(isMeant)
    return ({ speakers, speakersFrom }, talk) => {
      for (let n = speakersFrom[talk] as number; n < (speakersFrom[talk + 1] as number); n++)
        if (meant[speakers[n] as number] === 1) return true
      return false
    }
  }
  const held: Record<Cut, (value: string) => Judge> = {
    district: value => one('host', host => places.hosts.get(host)?.district === value),
    host: value => one('host', host => host === value),
    topic: value => one('topic', topic => topic === value),
    format: value => one('topic', topic => places.formats.get(topic) === value),
    audience: value => one('audience', audience => saidAs(audience) === value),
    language: value => one('language', language => saidAs(language) === value),
    group: value => anyone(speaker => places.groups.get(speaker)?.includes(value) === true),
    speaker: value => anyone(speaker => speaker === value),
    body: value => {
      const meant = names.body.marked(body => body === value)
      return ({ bodies }, talk) => bodies.get(talk)?.some(body => meant[body] === 1) === true
    },
  }
  const judges = Object.entries(wish).map(([cut, value]) => held[cut as Cut](value))
  return (day, talk) => judges.every(judge => judge(day, talk))
}

const met: Record<Fate, Judge> = {
  held: (day, talk) => stateOf(day, talk) === 'held',
  'not-held': (day, talk) => stateOf(day, talk) === 'not-held',
  cancelled: (day, talk) => stateOf(day, talk) === 'cancelled',
  open: (day, talk) => stateOf(day, talk) === 'booked',
  confirmed: (day, talk) => measured(day, talk, 'confirmedTalks') > 0,
  answered: (day, talk) => measured(day, talk, 'answers') > 0,
  asked: (day, talk) => measured(day, talk, 'asked') > 0,
  programme: (day, talk) => stateOf(day, talk) === 'held' && day.rows[talk * width + at.programme] !== 0,
}

/** Which talks a list has: those that a figure counts. */
export type Listed = { wish: Wish; fate: Fate | undefined; reason: CancelReason | undefined }
/** One of the talks that are kept by day. */
export type Chosen = { date: Day; day: DayTalks; talk: number }

/** The talks of a list by day and id; those after one of them, so that a long list is read piece by piece. */
export function* chosen(
  { names, places, days }: { names: Names; places: Places; days: [Day, DayTalks][] },
  { wish, fate, reason }: Listed,
  after: { day: Day; id: string } = { day: '', id: '' },
): Generator<Chosen> {
  const isWished = wished(names, places, wish)
  for (const [date, day] of days) {
    if (date < after.day) continue
    for (let talk = 0; talk < day.count; talk++) {
      if (!isWished(day, talk) || (fate && !met[fate](day, talk))) continue
      if (reason && reasonOf(day, talk) !== reason) continue
      if (date > after.day || idOf(day, talk) > after.id) yield { date, day, talk }
    }
  }
}

export function idOf({ ids }: DayTalks, talk: number): string {
  const hex = ids.toString('hex', talk * 16, talk * 16 + 16)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

export type Counted = { talks: number; planned: number; counted: number; confirmed: number; answers: number }
/** What a list comes to: the same sums as the figure that led to it. */
export function countOf(talks: Iterable<Chosen>): Counted {
  const sums = { talks: 0, planned: 0, counted: 0, confirmed: 0, answers: 0 }
  for (const { day, talk } of talks) {
    sums.talks++
    for (const name of ['planned', 'counted', 'confirmed', 'answers'] as const) sums[name] += measured(day, talk, name)
  }
  return sums
}
