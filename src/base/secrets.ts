import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

export const newNonce = (): string => randomBytes(32).toString('base64url')
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/**
 * The secret of a link (status, invitation, feed, sign-in): 256 bits from the row's own random nonce and the application's
 * key. Only its hash is looked up, and a letter can be written again without a secret lying in the database.
 */
export const tokenOf = (key: string, purpose: string, nonce: string): string =>
  createHmac('sha256', key).update(`${purpose}:${nonce}`).digest('base64url')

/** Six digits for another device; guessed in five tries with a chance of 5 in a million. */
export const codeOf = (key: string, nonce: string): string =>
  String(createHmac('sha256', key).update(`code:${nonce}`).digest().readUInt32BE(0) % 1_000_000).padStart(6, '0')

/** A key of counters that says nothing about the address or person it counts. */
export const keyedHash = (key: string, text: string): string =>
  createHmac('sha256', key).update(`limit:${text}`).digest('hex').slice(0, 32)

export function same(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
