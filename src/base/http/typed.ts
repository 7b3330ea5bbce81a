import { cleanText } from '../text.ts'

/** What a form sent, by name: one text a field, a list where several are meant; `repeated`: sent more than once where one is meant. */
export type Typed<One extends string, Many extends string> = {
  texts: Record<One, string>
  lists: Record<Many, string[]>
  repeated: One[]
}

/** Whatever a client sends becomes texts without control characters; nothing else of it is read. */
export function typed<One extends string, Many extends string = never>(
  body: unknown,
  one: readonly One[],
  many: readonly Many[] = [],
  most = 100,
): Typed<One, Many> {
  const sent =
    typeof body === 'object' && body !== null
      ? new Map<string, unknown>(Object.entries(body))
      : new Map<string, unknown>()
  const texts = {} as Record<One, string>
  const lists = {} as Record<Many, string[]>
  for (const name of one) texts[name] = listOf(sent.get(name)).join(' ')
  for (const name of many) lists[name] = [...new Set(listOf(sent.get(name)))].slice(0, most)
  return { texts, lists, repeated: one.filter(name => Array.isArray(sent.get(name))) }
}

const listOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter(each => typeof each === 'string').map(cleanText)
