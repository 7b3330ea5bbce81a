import { maybeSame } from '../hosts/duplicate-rules.ts'
import type { HostKind } from '../hosts/rules.ts'

type Known = { kind: HostKind; district: string; folded: string }

/**
 * Finds what `maybeSame` calls maybe the same without asking it of every pair: a name lies inside another only if its
 * rarest word does, and a number is shared only with those that have it.
 */
export function similarTo<Each extends Known>(all: Each[]): { of: (host: Known) => Each[] } {
  const frequency = new Map<string, number>()
  for (const { folded } of all)
    for (const word of new Set(folded.split(' '))) frequency.set(word, (frequency.get(word) ?? 0) + 1)
  const rarest = (folded: string) =>
    folded.split(' ').reduce((a, b) => ((frequency.get(b) ?? 0) < (frequency.get(a) ?? 0) ? b : a))
  const [byWord, byRarest, byNumber] = [new Map<string, Each[]>(), new Map<string, Each[]>(), new Map<string, Each[]>()]
  const put = (index: Map<string, Each[]>, key: string, each: Each) => {
    const there = index.get(key)
    if (there) there.push(each)
    else index.set(key, [each])
  }
  for (const each of all) {
    for (const word of new Set(each.folded.split(' '))) put(byWord, word, each)
    put(byRarest, rarest(each.folded), each)
    for (const key of numberKeys(each)) put(byNumber, key, each)
  }
  return {
    of: host => {
      const words = [...new Set(host.folded.split(' '))]
      const near = [
        ...(byWord.get(rarest(host.folded)) ?? []),
        ...words.flatMap(word => byRarest.get(word) ?? []),
        ...numberKeys(host).flatMap(key => byNumber.get(key) ?? []),
      ]
      return [...new Set(near)].filter(each => maybeSame(each, host))
    },
  }
}

const numberKeys = ({ kind, district, folded }: Known): string[] =>
  [...new Set(folded.match(/\d+/g) ?? [])].map(number => `${kind} ${district} ${number}`)
