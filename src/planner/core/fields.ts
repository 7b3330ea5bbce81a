/** Something in a file that no month of talks can hold, with the JSON path to it. */
export class BadInstance extends Error {
  readonly path: string
  constructor(path: string, message: string) {
    super(`${path}: ${message}`)
    this.path = path
  }
}

export type Fields = Record<string, unknown>

export function refuse(path: string, message: string): never {
  throw new BadInstance(path, message)
}

export function fieldsOf(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuse(path, `${told(value)} is not an object`)
  return value as Fields
}

export function textOf(value: unknown, path: string): string {
  if (typeof value !== 'string') refuse(path, `${told(value)} is not a text`)
  return value
}

export function numberOf(value: unknown, path: string, from: number, to: number): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) refuse(path, `${told(value)} is not a number`)
  if (value < from) refuse(path, `${value} is less than ${from}`)
  if (value > to) refuse(path, `${value} is more than ${to}`)
  return value
}

export function wholeOf(value: unknown, path: string, from: number, to: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) refuse(path, `${told(value)} is not a whole number`)
  return numberOf(value, path, from, to)
}

export function minuteOf(value: unknown, path: string): number {
  const minute = wholeOf(value, path, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
  if (minute < 0) refuse(path, `${minute} is before midnight`)
  if (minute > 1440) refuse(path, `${minute} is after midnight`)
  return minute
}

export type Count = { least?: number; most: number }

/** A list, each entry read with its own path. */
export function listOf<Item>(
  value: unknown,
  path: string,
  { least = 0, most }: Count,
  read: (entry: unknown, path: string, at: number) => Item,
): Item[] {
  if (!Array.isArray(value)) refuse(path, `${told(value)} is not a list`)
  if (value.length < least) refuse(path, `the list is empty`)
  if (value.length > most) refuse(path, `${value.length} entries, at most ${most}`)
  return value.map((entry, at) => read(entry, `${path}[${at}]`, at))
}

export const textsOf = (value: unknown, path: string, count: Count): string[] => [
  ...new Set(listOf(value, path, count, textOf)),
]

/** Entries by id; the second of the same id is refused where it stands. */
export function byId<Item extends { id: string }>(list: Item[], path: string): Map<string, number> {
  const found = new Map<string, number>()
  for (const [at, { id }] of list.entries()) {
    const first = found.get(id)
    if (first !== undefined) refuse(`${path}[${at}].id`, `${told(id)} stands at ${path}[${first}] already`)
    found.set(id, at)
  }
  return found
}

/** A value as it may be shown in a line: short. */
export function told(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
