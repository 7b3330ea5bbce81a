import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { type Place, placesOf, type Reach, reachWhere, requestTo } from '../base/reach.ts'
import { addressOf, type FetchFault, isPublic, literalOf } from './fetch-rules.ts'

export const publicReach = reachWhere(isPublic)

/** What the server said of its last answer, to ask whether it still stands. */
export type Validators = { etag: string | null; lastModified: string | null }
export type Fetched = { bytes: Uint8Array; validators: Validators } | 'unchanged' | { refused: FetchFault }

/** 5 MiB, as they come and as they are after unpacking; an upload has the same limit. */
export const mostBytes = 5 * 1_048_576
const mostRedirects = 3
const longestValidator = 500

/**
 * Reads an address that somebody outside gave us. Each hop is judged anew, its name resolved once, every address of it
 * checked, and the connection goes to a checked one: what the name says a moment later no longer matters.
 */
export async function fetchCalendar(
  address: string,
  validators: Validators,
  own: string[],
  reach: Reach = publicReach,
): Promise<Fetched> {
  const signal = AbortSignal.timeout(reach.milliseconds)
  const work = hops(address, validators, own, reach, signal).catch((error: unknown): Fetched => {
    if (error instanceof TooLarge) return { refused: 'too-large' }
    return { refused: signal.aborted ? 'too-slow' : 'unreachable' }
  })
  // a resolver can't be called off: nobody waits for it
  const late = new Promise<Fetched>(resolve =>
    signal.addEventListener('abort', () => resolve({ refused: 'too-slow' }), { once: true }),
  )
  return Promise.race([work, late])
}

async function hops(
  address: string,
  validators: Validators,
  own: string[],
  reach: Reach,
  signal: AbortSignal,
): Promise<Fetched> {
  let next = address
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const judged = addressOf(next, own)
    if ('refused' in judged) return { refused: 'address-refused' }
    const places = await placesOf(judged.url.hostname, literalOf(judged.url), reach)
    if (places === 'refused') return { refused: 'address-refused' }
    if (places.length === 0) return { refused: 'unreachable' }
    const response = await ask(judged.url, places, validators, reach, signal)
    const { statusCode = 0, headers } = response
    if (statusCode === 200) return { bytes: await bodyOf(response, signal), validators: validatorsOf(headers) }
    response.destroy()
    if (statusCode === 304) return 'unchanged'
    if (![301, 302, 303, 307, 308].includes(statusCode) || !headers.location) return { refused: refusalOf(statusCode) }
    const target = URL.parse(headers.location, judged.url)
    if (!target) return { refused: 'failed' }
    next = target.href
  }
  return { refused: 'too-many-redirects' }
}

function ask(
  url: URL,
  places: Place[],
  { etag, lastModified }: Validators,
  reach: Reach,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const headers = {
    accept: 'text/calendar',
    'accept-encoding': 'gzip',
    'user-agent': 'Kezdesu',
    ...(etag ? { 'if-none-match': etag } : {}),
    ...(lastModified ? { 'if-modified-since': lastModified } : {}),
  }
  return new Promise((resolve, reject) => {
    requestTo(url, places, reach, { signal, headers }).on('response', resolve).on('error', reject).end()
  })
}

class TooLarge extends Error {}

async function bodyOf(response: IncomingMessage, signal: AbortSignal): Promise<Uint8Array> {
  const packed = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  const unpack = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress }[
    packed
  ]
  if (!unpack && packed !== 'identity') throw new Error('packed in an unknown way')
  let came = 0
  response.on('data', (chunk: Buffer) => {
    came += chunk.length
    if (came > mostBytes) response.destroy(new TooLarge())
  })
  const body: Readable = unpack ? response.pipe(unpack()) : response
  if (body !== response) response.on('error', error => body.destroy(error))
  const stop = () => body.destroy(new Error('too slow'))
  signal.addEventListener('abort', stop, { once: true })
  try {
    const chunks: Buffer[] = []
    let length = 0
    for await (const chunk of body as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length > mostBytes) throw new TooLarge()
      chunks.push(chunk)
    }
    if (!response.complete) throw new Error('cut off')
    return Buffer.concat(chunks)
  } finally {
    signal.removeEventListener('abort', stop)
    response.destroy()
  }
}

function validatorsOf({ etag, 'last-modified': lastModified }: IncomingMessage['headers']): Validators {
  const short = (text: string | undefined) => (text !== undefined && text.length <= longestValidator ? text : null)
  return { etag: short(etag), lastModified: short(lastModified) }
}

function refusalOf(status: number): FetchFault {
  if (status === 404 || status === 410) return 'gone'
  return status === 401 || status === 403 ? 'denied' : 'failed'
}
