import { type CancelReason, cancelReasons } from '../talks/rules.ts'
import { add, type Figures, noFigures, type Part } from './rules.ts'

/** What can be added up of a talk. */
export const measures = [
  'planned',
  'counted',
  'confirmed',
  'confirmedTalks',
  'countedThere',
  'kazakh',
  'answers',
  'clear',
  'useful',
  'respectful',
  'again',
  'asked',
  'inTime',
  'late',
] as const satisfies (keyof Part)[]
type State = Part['state']
const fates: { state: State; reason: CancelReason | null }[] = [
  ...(['booked', 'held', 'not-held'] as const).map(state => ({ state, reason: null })),
  ...cancelReasons.map(reason => ({ state: 'cancelled' as const, reason })),
]
export const fateOf = (state: State, reason: CancelReason | null): number =>
  fates.findIndex(fate => fate.state === state && (state !== 'cancelled' || fate.reason === (reason ?? 'other')))
export const heldFate = fateOf('held', null)
/** What became of a talk, as its row has it. */
export const stateOf = ({ rows }: DayTalks, talk: number): State =>
  (fates[rows[talk * width + at.fate] as number] as (typeof fates)[number]).state
export const reasonOf = ({ rows }: DayTalks, talk: number): CancelReason | null =>
  (fates[rows[talk * width + at.fate] as number] as (typeof fates)[number]).reason

/** Gives each text a number, so that a talk's columns hold nothing but numbers. */
export class Numbered {
  readonly texts: string[] = []
  readonly #numbers = new Map<string, number>()

  numberOf(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    // a copy: a piece of a long text would keep the whole of it
    const own = Buffer.from(text).toString()
    this.#numbers.set(own, this.texts.length)
    return this.texts.push(own) - 1
  }

  /** For each number whether its text is one of those meant. */
  marked(isMeant: (text: string) => boolean): Uint8Array {
    return Uint8Array.from(this.texts, text => (isMeant(text) ? 1 : 0))
  }
}

/** The places of a talk's facts in its row; behind them stand the measures. */
export const at = { host: 0, topic: 1, audience: 2, language: 3, programme: 4, fate: 5 } as const
const head = Object.keys(at).length
export const width = head + measures.length
export const measured = ({ rows }: DayTalks, talk: number, name: (typeof measures)[number]): number =>
  rows[talk * width + head + measures.indexOf(name)] as number

/** Two bytes a number where none is larger, as in every House but a nation's. */
export type Numbers = Uint16Array | Int32Array
export const narrow = (numbers: Int32Array): Numbers =>
  numbers.every(number => number >= 0 && number < 65_536) ? Uint16Array.from(numbers) : numbers

/**
 * A day's talks in the order of their ids, a row of `width` numbers each; the speakers of talk n stand from `speakersFrom[n]`
 * to `speakersFrom[n + 1]`.
 */
export type DayTalks = {
  count: number
  /** 16 bytes each. */
  ids: Buffer
  rows: Numbers
  speakersFrom: Numbers
  speakers: Numbers
  /** The few talks that others report, too. */
  bodies: Map<number, number[]>
}

const size = fates.length + measures.length

/** Sums by key: how many talks met each fate, and each measure. */
export class Sums {
  #cells = new Float64Array(size * 4)

  #roomFor(length: number): Float64Array {
    if (length <= this.#cells.length) return this.#cells
    const wider = new Float64Array(Math.max(length, this.#cells.length * 2))
    wider.set(this.#cells)
    this.#cells = wider
    return wider
  }

  /** All that others came to, their first key at this one. */
  join(others: Sums, key = 0): void {
    const theirs = others.#cells
    const to = key * size
    const cells = this.#roomFor(to + theirs.length)
    for (let n = 0; n < theirs.length; n++) cells[to + n] = (cells[to + n] as number) + (theirs[n] as number)
  }

  add(key: number, { rows }: DayTalks, talk: number): void {
    const to = key * size
    const cells = this.#roomFor(to + size)
    const from = talk * width
    const fate = to + (rows[from + at.fate] as number)
    cells[fate] = (cells[fate] as number) + 1
    for (let n = 0; n < measures.length; n++) {
      const cell = to + fates.length + n
      cells[cell] = (cells[cell] as number) + (rows[from + head + n] as number)
    }
  }

  /** How many talks met a fate. */
  talks(key: number, fate: number): number {
    return this.#cells[key * size + fate] ?? 0
  }

  /** By text, or by what a text belongs to; what no talk was of is left out, and so is what belongs nowhere. */
  lines(texts: readonly string[], keyOf: (text: string) => string | undefined = text => text): Map<string, Figures> {
    const found = new Map<string, Float64Array>()
    for (const [n, text] of texts.entries()) {
      const cells = this.#cells.subarray(n * size, (n + 1) * size)
      if (!cells.subarray(0, fates.length).some(count => count > 0)) continue
      const key = keyOf(text)
      if (key === undefined) continue
      const known = found.get(key)
      if (known) for (const [place, value] of cells.entries()) known[place] = (known[place] ?? 0) + value
      else found.set(key, cells.slice())
    }
    return new Map([...found].map(([key, cells]) => [key, figuresOf(cells)]))
  }
}

const nothing = {
  talks: 0,
  ...(Object.fromEntries(measures.map(name => [name, 0])) as Record<(typeof measures)[number], number>),
}

function figuresOf(cells: Float64Array): Figures {
  const figures = noFigures()
  for (const [n, fate] of fates.entries()) add(figures, { ...nothing, ...fate, talks: cells[n] ?? 0 })
  const sums = Object.fromEntries(measures.map((name, n) => [name, cells[fates.length + n] ?? 0]))
  // talks of every fate were asked for and answered: the measures are added once, apart from the counts
  return add(figures, { ...nothing, ...sums, ...(fates[heldFate] as (typeof fates)[number]) })
}
