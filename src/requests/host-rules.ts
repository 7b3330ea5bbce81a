import { fold } from '../base/i18n/fold.ts'
import { type AskedHost, type Problem, type Reading, reading, type TypedHost } from './rules.ts'

export const longestName = 120

/** Where: a host of the list, or a new one with kind, name and district. `suitable`: kinds at which the chosen audience is found. */
export function readHost(
  typed: TypedHost,
  known: { found: { id: string; kind: string } | undefined; kinds: string[]; suitable: string[]; districts: string[] },
): Reading<AskedHost> {
  if (typed.host !== 'new') {
    if (!known.found) return { problems: [{ field: 'host', code: 'host-missing' }], value: undefined }
    if (!known.suitable.includes(known.found.kind))
      return { problems: [{ field: 'host', code: 'host-kind-wrong' }], value: undefined }
    const { id } = known.found
    return { problems: [], value: { id } }
  }
  const problems: Problem[] = []
  if (!known.kinds.includes(typed.kind)) problems.push({ field: 'kind', code: 'kind-missing' })
  else if (!known.suitable.includes(typed.kind)) problems.push({ field: 'kind', code: 'host-kind-wrong' })
  if (fold(typed.name) === '') problems.push({ field: 'name', code: 'name-missing' })
  else if (typed.name.length > longestName) problems.push({ field: 'name', code: 'text-long', most: longestName })
  if (!known.districts.includes(typed.district)) problems.push({ field: 'district', code: 'district-missing' })
  return reading(problems, () => ({ kind: typed.kind, name: typed.name, district: typed.district }))
}
