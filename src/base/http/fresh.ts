import { createHash } from 'node:crypto'
import { type DateTime, httpDate } from '../time.ts'

/** A weak tag of everything a file is made of, one for the packed and the plain bytes. */
export const tagOf = (made: unknown[]): string =>
  `W/"${createHash('sha256').update(JSON.stringify(made)).digest('base64url').slice(0, 27)}"`

/** Whether a copy that the reader has is still the same; the tag wins over the date, and tags compare weakly (RFC 9110 section 13). */
export function isFresh(
  headers: { tag: string | undefined; since: string | undefined },
  tag: string,
  modified: DateTime,
): boolean {
  if (headers.tag !== undefined) {
    if (headers.tag === tag) return true
    const bare = tag.replace(/^W\//, '')
    return headers.tag.split(',').some(it => it.trim() === '*' || it.trim().replace(/^W\//, '') === bare)
  }
  if (headers.since === undefined) return false
  const since = httpDate(headers.since)
  return since !== undefined && modified <= since
}
