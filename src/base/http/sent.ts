import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../auth.ts'
import type { Done, Form } from '../db/once.ts'
import type { DateTime } from '../time.ts'
import { typed } from './typed.ts'

/** A form that a signed-in person sent, told apart by the key it carried. */
export const sentForm = (request: FastifyRequest, now: DateTime): Form => ({
  key: typed(request.body, ['_key']).texts._key || undefined,
  url: request.url,
  by: actorOf(request).accountId,
  body: request.body,
  now,
})

/** What became of a form, as an answer: on to the next page, not there, or the form again with what is to be mended. */
export async function answerSent<Problem>(
  reply: FastifyReply,
  done: Done | { refused: Problem[] | 'missing' },
  again: (problems: Problem[]) => Promise<string>,
): Promise<FastifyReply | string> {
  if ('location' in done) return reply.redirect(done.location, 303)
  if (done.refused === 'missing') {
    reply.callNotFound()
    return reply
  }
  reply.code(422)
  return again(done.refused)
}
