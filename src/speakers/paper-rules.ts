import { type Day, dayNumber } from '../base/time.ts'

export type Paper = { kind: string; until: Day | undefined }
/** `over`: the last day has passed; `week` and `month`: it is at most 7 or 30 days ahead. */
export type PaperWarning = { kind: string; until: Day; state: 'over' | 'week' | 'month' }

const week = 7
const month = 30

/** Which papers ask for a renewal: of each kind the one that lasts longest counts, as it does where bookings are judged. */
export function paperWarnings(papers: Paper[], today: Day): PaperWarning[] {
  return [...Map.groupBy(papers, ({ kind }) => kind)].flatMap(([kind, its]): PaperWarning[] => {
    const ends = its.map(({ until }) => until)
    const until = ends.includes(undefined) ? undefined : ends.toSorted().at(-1)
    if (until === undefined) return []
    const left = dayNumber(until) - dayNumber(today)
    if (left > month) return []
    return [{ kind, until, state: left < 0 ? 'over' : left <= week ? 'week' : 'month' }]
  })
}
