import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static, TSchema } from 'typebox'

const name = 'draft'
const field = '_draft'
/** A cookie of 4096 bytes holds name, signature and attributes, too. */
const most = 3600
/** What a form may hold is a tenth of this; a signed text that unpacks to more is none of ours. */
const unpacked = 65_536
/** The answers that the page of this request goes on with. */
const carried = new WeakMap<FastifyRequest, string>()

/**
 * The answers a visitor has given so far, kept at the visitor's; undefined when there are none or somebody touched them.
 * The form brings along those that its page showed: they go before the cookie, which another tab may have changed and
 * some phones do not keep.
 */
export function draftOf<Schema extends TSchema>(
  request: FastifyRequest,
  schema: Schema,
  isMeant: (draft: Static<Schema>) => boolean = () => true,
): Static<Schema> | undefined {
  for (const signed of [carried.get(request), sentWith(request.body), request.cookies[name]]) {
    const draft = signed && opened(request, signed)
    if (!draft || !request.validateInput(draft, schema) || !isMeant(draft as Static<Schema>)) continue
    carried.set(request, signed)
    return draft as Static<Schema>
  }
  return
}

/** Keeps the answers for a day, packed: full fields in Kazakh are 5 kB of text and 2 kB of cookie. False when even so they are too long. */
export function keepDraft(reply: FastifyReply, draft: unknown): boolean {
  const value = packed(draft)
  if (value.length > most) return false
  carried.set(reply.request, reply.server.signCookie(value))
  setSigned(reply, name, value, 86_400)
  return true
}

export const dropDraft = (reply: FastifyReply): void => {
  carried.delete(reply.request)
  reply.clearCookie(name, { path: '/' })
}

/** Whether the browser sent back what the first page of the form gave it. */
export const keepsCookies = (request: FastifyRequest): boolean => request.cookies[name] !== undefined

/** The answers as a hidden field of each form of the page; nothing on pages without. */
export const draftField = (request: FastifyRequest): string => {
  const value = carried.get(request)
  return value === undefined ? '' : `<input type="hidden" name="${field}" value="${value}">`
}

/** What a cookie of ours says, when it is still as we wrote it. */
export function packedIn<Schema extends TSchema>(
  request: FastifyRequest,
  cookie: string,
  schema: Schema,
): Static<Schema> | undefined {
  const found = opened(request, request.cookies[cookie] ?? '')
  return found !== undefined && request.validateInput(found, schema) ? (found as Static<Schema>) : undefined
}

/** A cookie of ours, packed and signed; false when it would be too long for a browser. */
export function keepPacked(reply: FastifyReply, cookie: string, what: unknown, seconds: number): boolean {
  const value = packed(what)
  if (value.length > most) return false
  setSigned(reply, cookie, value, seconds)
  return true
}

function setSigned(reply: FastifyReply, cookie: string, value: string, maxAge: number): void {
  const secure = reply.server.config.publicUrl.startsWith('https:')
  reply.setCookie(cookie, value, { path: '/', httpOnly: true, sameSite: 'lax', secure, signed: true, maxAge })
}

function opened(request: FastifyRequest, signed: string): unknown {
  const { valid, value } = request.unsignCookie(signed)
  if (!valid || !value) return
  try {
    return JSON.parse(inflateRawSync(Buffer.from(value, 'base64url'), { maxOutputLength: unpacked }).toString())
  } catch {
    return
  }
}

const packed = (what: unknown): string => deflateRawSync(JSON.stringify(what)).toString('base64url')

const sentWith = (body: unknown): string | undefined => {
  const value = typeof body === 'object' && body !== null && field in body ? body[field] : undefined
  return typeof value === 'string' ? value : undefined
}
