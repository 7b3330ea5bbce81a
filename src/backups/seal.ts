import { createCipheriv, createDecipheriv, hkdfSync, scrypt } from 'node:crypto'

const size = 65_536
const tagLength = 16

export class Broken extends Error {}

/** What a passphrase makes of a salt; `check` tells a wrong passphrase from a damaged file. */
export type Key = { key: Buffer; check: string }

/** Slow on purpose: 64 MB and a third of a second a guess. */
export async function keyFrom(passphrase: string, salt: Buffer): Promise<Key> {
  const key = await new Promise<Buffer>((resolve, reject) =>
    scrypt(passphrase.normalize('NFC'), salt, 32, { N: 65_536, r: 8, p: 2, maxmem: 2 ** 27 }, (error, made) =>
      error ? reject(error) : resolve(made),
    ),
  )
  return { key, check: Buffer.from(hkdfSync('sha256', key, salt, 'kezdesu check', 16)).toString('base64') }
}

/** `prefix` is of this file alone; `head` is read in clear and cannot be changed either. */
export type Lock = { key: Buffer; prefix: Buffer; head: Buffer }

/**
 * AES-256-GCM in pieces of 64 KB (the STREAM construction): the nonce holds the number of the piece and whether it is the
 * last one, so what was flipped, cut off, put in another order or taken from another file doesn't open.
 */
export async function* sealed(source: AsyncIterable<Buffer>, lock: Lock): AsyncGenerator<Buffer> {
  for await (const { piece, index, last } of pieces(source, size)) {
    const cipher = createCipheriv('aes-256-gcm', lock.key, nonceOf(lock, index, last)).setAAD(lock.head)
    yield Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()])
  }
}

/** Gives out a piece only after it has proved whole. */
export async function* opened(source: AsyncIterable<Buffer>, lock: Lock): AsyncGenerator<Buffer> {
  for await (const { piece, index, last } of pieces(source, size + tagLength)) {
    if (piece.length < tagLength) throw new Broken('cut off')
    const end = piece.length - tagLength
    const decipher = createDecipheriv('aes-256-gcm', lock.key, nonceOf(lock, index, last))
      .setAAD(lock.head)
      .setAuthTag(piece.subarray(end))
    let plain: Buffer
    try {
      plain = Buffer.concat([decipher.update(piece.subarray(0, end)), decipher.final()])
    } catch (cause) {
      throw new Broken(`piece ${index} is damaged`, { cause })
    }
    yield plain
  }
}

function nonceOf({ prefix }: Lock, index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  prefix.copy(nonce)
  nonce.writeUInt32BE(index, 7)
  nonce[11] = last ? 1 : 0
  return nonce
}

/** The same bytes in pieces of one length; the last one may be shorter and is always there. */
async function* pieces(source: AsyncIterable<Buffer>, length: number) {
  let left: Buffer = Buffer.alloc(0)
  let index = 0
  for await (const part of source) {
    left = left.length === 0 ? part : Buffer.concat([left, part])
    while (left.length > length) {
      yield { piece: left.subarray(0, length), index: index++, last: false }
      left = left.subarray(length)
    }
  }
  yield { piece: left, index, last: true }
}
