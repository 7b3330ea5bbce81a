import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { keepsCookies } from '../base/http/draft.ts'
import { showCheckStep } from './check-step.ts'
import { showContactStep } from './contact-step.ts'
import type { Missing, Step } from './rules.ts'
import { showTopicStep } from './topic-step.ts'
import type { Way } from './way-rules.ts'
import { showWhenStep } from './when-step.ts'

type Answer = string | FastifyReply
const shows: Record<
  Step,
  (app: FastifyInstance, request: FastifyRequest, reply: FastifyReply, query: unknown) => Promise<Answer | Missing>
> = { topic: showTopicStep, when: showWhenStep, contact: showContactStep, check: showCheckStep }

/** A step as it is asked for; one that needs answers which are not there leads to the first that asks for them, and says so. */
export async function show(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  step: Step,
  query: unknown,
): Promise<Answer> {
  const shown = await shows[step](app, request, reply, query)
  return isMissing(shown) ? onward(app, request, reply, { step: shown.missing, query: { lost: '1' } }) : shown
}

/** On to a step: at its own address where the browser keeps cookies; else at once, since only this answer has the draft. */
export async function onward(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  { step, query = {}, anchor = '' }: { step: Step } & Partial<Way>,
): Promise<Answer> {
  if (request.method === 'POST' && !keepsCookies(request)) return show(app, request, reply, step, query)
  const asked = new URLSearchParams(query).toString()
  return reply.redirect(`${request.home}/request/${step}${asked && `?${asked}`}${anchor}`, 303)
}

const isMissing = (shown: Answer | Missing): shown is Missing => typeof shown === 'object' && 'missing' in shown
