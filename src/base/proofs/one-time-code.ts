import { createHmac, randomBytes } from 'node:crypto'
import { same } from '../secrets.ts'
import type { DateTime } from '../time.ts'

const seconds = 30
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A secret of 160 bits for an application that shows codes, as it is typed there (RFC 4648 base32). */
export const newCodeSecret = (): string => Array.from(randomBytes(32), byte => alphabet[byte % 32]).join('')

/** The code of one step of thirty seconds (RFC 6238 with SHA-1 and six digits, which every application knows). */
export function codeAt(secret: string, step: number, digits = 6): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', bytesOf(secret)).update(counter).digest()
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

export const stepOf = (now: DateTime): number => Math.floor(now.toSeconds() / seconds)

/** The step whose code this is, of those that a clock half a minute off may show. */
export function stepOfCode(secret: string, code: string, now: DateTime): number | undefined {
  const here = stepOf(now)
  return [here, here - 1, here + 1].find(step => same(codeAt(secret, step), code))
}

/** What an application reads from the QR code. */
export const codeAddress = (issuer: string, account: string, secret: string): string =>
  `otpauth://totp/${encodeURIComponent(`${issuer}:${account}`)}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`

function bytesOf(base32: string): Buffer {
  const bits = [...base32].map(letter => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(octet => Number.parseInt(octet, 2)))
}
