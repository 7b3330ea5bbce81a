import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'

const name = 'draft'
/** A cookie of 4096 bytes holds name, signature and attributes, too. */
const most = 3600

/** The answers a visitor has given so far, kept at the visitor's; undefined when there are none or somebody touched them. */
export function draftOf<Schema extends TSchema>(request: FastifyRequest, schema: Schema): Static<Schema> | undefined {
  const { valid, value } = request.unsignCookie(request.cookies[name] ?? '')
  if (!valid || !value) return
  try {
    const draft: unknown = JSON.parse(Buffer.from(value, 'base64url').toString())
    return Value.Check(schema, draft) ? draft : undefined
  } catch {
    return
  }
}

/** Keeps the answers for a day; false when they are too long to be kept. */
export function keepDraft(reply: FastifyReply, draft: unknown): boolean {
  const value = Buffer.from(JSON.stringify(draft)).toString('base64url')
  if (value.length > most) return false
  const secure = reply.server.config.publicUrl.startsWith('https:')
  reply.setCookie(name, value, { path: '/', httpOnly: true, sameSite: 'lax', secure, signed: true, maxAge: 86_400 })
  return true
}

export const dropDraft = (reply: FastifyReply): void => {
  reply.clearCookie(name, { path: '/' })
}
