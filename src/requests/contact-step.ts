import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { draftHere } from './draft.ts'
import { type Draft, emptyContact } from './draft-pages.ts'
import { askPage } from './pages.ts'
import type { Missing, Problem, TypedContact } from './rules.ts'
import { words } from './words.ts'

/** The third step: who asks. */
export async function showContactStep(
  _: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string | Missing> {
  const draft = draftHere(request)
  if (!draft?.topic?.topic) return { missing: 'topic' }
  if (!draft.when) return { missing: 'when' }
  return reply.page('requests/contact', contactPage(request, draft, draft.contact ?? emptyContact, []))
}

export const contactPage = (
  { language }: FastifyRequest,
  draft: Draft | undefined,
  contact: TypedContact,
  problems: Problem[],
) => ({
  ...askPage(language, 'contact', words[language].contact.heading, problems),
  typed: contact,
  remembered: draft?.again?.from === 'phone',
})
