import { fewest, type Opinion, questions } from '../feedback/rules.ts'
import { type CancelReason, cancelReasons } from '../talks/rules.ts'

/** What talks can be told apart by. A talk has one of each of the first six, and may count in several groups and for several members. */
export const cuts = ['district', 'topic', 'audience', 'format', 'language', 'host', 'group', 'speaker', 'body'] as const
export type Cut = (typeof cuts)[number]
export const isCut = (text: string): text is Cut => cuts.some(each => each === text)
/** Of these the lines of a table add up to the whole. */
export const whole: Cut[] = ['district', 'topic', 'audience', 'format', 'language', 'host']
/** What a viewer is not shown: people. */
export const personal: Cut[] = ['speaker']

/** In addresses, for what nobody said: an empty value would mean all. */
export const unsaid = '-'

/** Which talks are meant: what each cut is held to. */
export type Wish = Partial<Record<Cut, string>>

/** What became of talks: `open` are those that were booked and of which nobody has reported, and those ahead. */
export type Figures = {
  held: number
  notHeld: number
  open: number
  cancelled: number
  reasons: Record<CancelReason, number>
  /** Of held talks. Three numbers that are never mixed: before, by the speaker, by the host. */
  planned: number
  counted: number
  confirmed: number
  /** In how many held talks the host confirmed, and what the speakers had said of these. */
  confirmedTalks: number
  countedThere: number
  kazakh: number
  answers: number
  sums: Opinion
  asked: number
  inTime: number
  late: number
}

export const noFigures = (): Figures => ({
  held: 0,
  notHeld: 0,
  open: 0,
  cancelled: 0,
  reasons: Object.fromEntries(cancelReasons.map(reason => [reason, 0])) as Record<CancelReason, number>,
  planned: 0,
  counted: 0,
  confirmed: 0,
  confirmedTalks: 0,
  countedThere: 0,
  kazakh: 0,
  answers: 0,
  sums: { clear: 0, useful: 0, respectful: 0, again: 0 },
  asked: 0,
  inTime: 0,
  late: 0,
})

/** What the database adds up of all talks with one fate. */
export type Part = {
  state: 'booked' | 'held' | 'not-held' | 'cancelled'
  reason: CancelReason | null
  talks: number
  kazakh: number
  planned: number
  counted: number
  confirmed: number
  confirmedTalks: number
  countedThere: number
  answers: number
  clear: number
  useful: number
  respectful: number
  again: number
  asked: number
  inTime: number
  late: number
}

/** Adds a part to figures. */
export function add(to: Figures, part: Part): Figures {
  if (part.state === 'held') to.held += part.talks
  else if (part.state === 'not-held') to.notHeld += part.talks
  else if (part.state === 'booked') to.open += part.talks
  else {
    to.cancelled += part.talks
    to.reasons[part.reason ?? 'other'] += part.talks
  }
  if (part.state === 'held') to.kazakh += part.kazakh
  to.planned += part.planned
  to.counted += part.counted
  to.confirmed += part.confirmed
  to.confirmedTalks += part.confirmedTalks
  to.countedThere += part.countedThere
  to.answers += part.answers
  for (const question of questions) to.sums[question] += part[question]
  to.asked += part.asked
  to.inTime += part.inTime
  to.late += part.late
  return to
}

/** Averages of what was answered, none under five answers: a few would be recognised. */
export const averages = ({ answers, sums }: Pick<Figures, 'answers' | 'sums'>): Opinion | undefined =>
  answers < fewest ? undefined : (Object.fromEntries(questions.map(each => [each, sums[each] / answers])) as Opinion)

/** A share in whole percent; undefined of nothing. */
export const percent = (part: number, all: number): number | undefined =>
  all === 0 ? undefined : Math.round((part / all) * 100)

/** Numbers of talks and people below this stay in the House. */
export const least = 5
export const isSmall = (value: number): boolean => value > 0 && value < least

/**
 * Which cells are hidden in what leaves the House: small ones, and where these could be worked out from the sum of their
 * column (one alone, or several that are all the least or all the most that is hidden), the next larger beside them. `adds`: the
 * lines make up a total that is shown.
 */
export function veiled(lines: number[][], adds: boolean): boolean[][] {
  const hidden = lines.map(line => line.map(isSmall))
  if (!adds) return hidden
  const width = lines[0]?.length ?? 0
  for (let column = 0; column < width; column++) {
    const at = (line: number) => lines[line]?.[column] ?? 0
    const veil = lines.flatMap((_, line) => (hidden[line]?.[column] ? [line] : []))
    const sum = veil.reduce((all, line) => all + at(line), 0)
    const told = veil.length === 1 || sum === veil.length || sum === veil.length * (least - 1)
    if (veil.length === 0 || !told) continue
    const [next] = lines
      .map((_, line) => line)
      .filter(line => at(line) > 0 && !veil.includes(line))
      .sort((a, b) => at(a) - at(b))
    const row = next === undefined ? undefined : hidden[next]
    if (row) row[column] = true
  }
  return hidden
}

export type Spread = { people: number; least: number; middle: number; most: number; mean: number }
/** How evenly talks lie on people: the least, the one in the middle, the most. */
export function spreadOf(counts: number[]): Spread | undefined {
  const sorted = counts.toSorted((a, b) => a - b)
  const [least, most] = [sorted[0], sorted.at(-1)]
  if (least === undefined || most === undefined) return
  return {
    people: sorted.length,
    least,
    middle: sorted[sorted.length >> 1] ?? least,
    most,
    mean: sorted.reduce((sum, each) => sum + each, 0) / sorted.length,
  }
}
