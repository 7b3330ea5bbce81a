import type { FastifyReply, FastifyRequest } from 'fastify'
import { draftOf, keepDraft } from '../base/http/draft.ts'
import { Draft } from './draft-pages.ts'

/** The answers given so far on this House's site; what is asked of another House, in another tab, is not meant here. */
export const draftHere = (request: FastifyRequest): Draft | undefined =>
  draftOf(request, Draft, ({ house }) => house === undefined || house === request.house?.slug)

export const keepHere = (reply: FastifyReply, draft: Draft): boolean =>
  keepDraft(reply, { ...draft, house: reply.request.house?.slug })
