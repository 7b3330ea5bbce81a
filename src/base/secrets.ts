import { createCipheriv, createDecipheriv, createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto'

export const newNonce = (): string => randomBytes(32).toString('base64url')
export const hashOf = (secret: string): string => hash('sha256', secret, 'hex')

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

const sealing = (key: string) => createHmac('sha256', key).update('seal').digest()

/** A text that only the application's key opens again, and that no two times looks the same (AES-256-GCM). */
export function seal(key: string, text: string): string {
  const start = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', sealing(key), start)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([start, cipher.getAuthTag(), body]).toString('base64url')
}

/** What was sealed, or undefined when it was sealed with another key or is no seal. */
export function unseal(key: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < 28) return
  try {
    const decipher = createDecipheriv('aes-256-gcm', sealing(key), bytes.subarray(0, 12)).setAuthTag(
      bytes.subarray(12, 28),
    )
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}

/**
 * A short address for paper: the row's own nonce and a proof of 96 bits by the key. A copy of the database opens nothing,
 * nobody guesses one, and a new nonce ends it (decision 002).
 */
export const shortCodeOf = (key: string, purpose: string, nonce: string): string =>
  Buffer.from(nonce.replaceAll('-', ''), 'hex').toString('base64url') + tokenOf(key, purpose, nonce).slice(0, 16)

/** The nonce in a short address, when the proof is ours. */
export function nonceOfCode(key: string, purpose: string, code: string): string | undefined {
  if (!/^[\w-]{38}$/.test(code)) return
  const hex = Buffer.from(code.slice(0, 22), 'base64url').toString('hex')
  const nonce = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return same(shortCodeOf(key, purpose, nonce), code) ? nonce : undefined
}
