import type { Moment } from '../base/time.ts'
import { minutes } from '../matching/travel-rules.ts'
import { diaryOf, monthOf, neighbours, weekOf } from './diary-rules.ts'
import type { Errand, Speaker } from './rules.ts'
import { homeOf, wayOf } from './way-rules.ts'

/** What a talk would cost a person: the way there, how much longer the day's journeys get, and what the person carries already. */
export type Burden = {
  wayMinutes: number
  fromHome: boolean
  extraMinutes: number
  inDay: number
  inWeek: number
  inMonth: number
  /** Hours served against hours offered in the quarter: 1 is the fair share. */
  share: number
}

export function burden(speaker: Speaker, errand: Errand, moment: Moment): Burden {
  const { engagements, inDay, inWeek, inMonth } = diaryOf(speaker)
  const talks = engagements.get(moment.day)
  return {
    ...journey(speaker, errand, moment, talks ?? []),
    inDay: inDay.get(moment.day) ?? 0,
    inWeek: inWeek.get(weekOf(moment)) ?? 0,
    inMonth: inMonth.get(monthOf(moment)) ?? 0,
    share: shareOf(speaker),
  }
}

/** How many days back fairness looks, and how many ahead it counts what is booked. */
export const fairDays = 90
export const fairAhead = 28

/**
 * Hours served against hours offered, a coordinator's word added: nobody is worth more than a threefold share, and who
 * offered no hours counts as having served a full one.
 */
export const shareOf = (speaker: Shared): number =>
  Math.max(0, Math.min(3, reckonedShare(speaker) + (speaker.override?.weight ?? 0)))

/** The share as it would be without a coordinator's word. */
export const reckonedShare = ({ hoursServed, hoursOffered }: Shared): number =>
  hoursOffered > 0 ? Math.min(3, hoursServed / hoursOffered) : 1

type Shared = Pick<Speaker, 'hoursServed' | 'hoursOffered' | 'override'>

function journey(speaker: Speaker, errand: Errand, moment: Moment, talks: Speaker['engagements']) {
  if (errand.online) return { wayMinutes: 0, fromHome: false, extraMinutes: 0 }
  const { before, after } = talks.length > 0 ? neighbours(talks, moment) : {}
  const { there } = wayOf(errand, speaker, before)
  const { back } = wayOf(errand, speaker, after)
  const saved =
    before || after ? minutes(errand.travel, before ?? homeOf(speaker), after ?? homeOf(speaker), speaker.transport) : 0
  return { wayMinutes: there, fromHome: !before, extraMinutes: there + back - saved }
}
