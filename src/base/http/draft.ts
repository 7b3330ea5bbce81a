import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'

const name = 'draft'
/** A cookie of 4096 bytes holds name, signature and attributes, too. */
const most = 3600
/** What a form may hold is a tenth of this; a signed text that unpacks to more is none of ours. */
const unpacked = 65_536

/** The answers a visitor has given so far, kept at the visitor's; undefined when there are none or somebody touched them. */
export function draftOf<Schema extends TSchema>(request: FastifyRequest, schema: Schema): Static<Schema> | undefined {
  const { valid, value } = request.unsignCookie(request.cookies[name] ?? '')
  if (!valid || !value) return
  try {
    const packed = Buffer.from(value, 'base64url')
    const draft: unknown = JSON.parse(inflateRawSync(packed, { maxOutputLength: unpacked }).toString())
    return Value.Check(schema, draft) ? draft : undefined
  } catch {
    return
  }
}

/** Keeps the answers for a day, packed: full fields in Kazakh are 5 kB of text and 2 kB of cookie. False when even so they are too long. */
export function keepDraft(reply: FastifyReply, draft: unknown): boolean {
  const value = deflateRawSync(JSON.stringify(draft)).toString('base64url')
  if (value.length > most) return false
  const secure = reply.server.config.publicUrl.startsWith('https:')
  reply.setCookie(name, value, { path: '/', httpOnly: true, sameSite: 'lax', secure, signed: true, maxAge: 86_400 })
  return true
}

export const dropDraft = (reply: FastifyReply): void => {
  reply.clearCookie(name, { path: '/' })
}
