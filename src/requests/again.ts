import type { FastifyReply, FastifyRequest } from 'fastify'
import { keepDraft, keepPacked, packedIn } from '../base/http/draft.ts'
import { draftHere, keepHere } from './draft.ts'
import { Again, type Draft, emptyHost } from './draft-pages.ts'

const name = 'again'
const ninetyDays = 90 * 86_400

/** The draft, or the beginning of one: what the last request from this phone said of its place and contact, if it was kept. */
export function draftOrBegun(request: FastifyRequest, reply: FastifyReply): Draft {
  const draft = draftHere(request)
  if (draft) return draft
  const known = packedIn(request, name, Again)
  const begun: Draft = known
    ? {
        topic: { topic: '', audience: known.audience, grades: [] },
        // the place is known to the House that was asked, and to no other
        ...(known.house === undefined || known.house === request.house?.slug ? { host: known.host } : {}),
        // consent is given each time
        contact: { ...known.contact, consent: '' },
        again: { spoken: known.spoken, from: 'phone' },
      }
    : {}
  keepHere(reply, begun)
  return begun
}

/** A draft that begins like an earlier request; the contact comes from this phone or from nowhere. */
export function beginAgain(
  request: FastifyRequest,
  reply: FastifyReply,
  house: string,
  { hostId, audience, spoken }: { hostId: string; audience: string; spoken: string[] },
): void {
  const known = packedIn(request, name, Again)
  keepDraft(reply, {
    house,
    topic: { topic: '', audience, grades: [] },
    host: { ...emptyHost, host: hostId },
    ...(known ? { contact: { ...known.contact, consent: '' } } : {}),
    again: { spoken, from: known ? 'phone' : 'link' },
  } satisfies Draft)
}

/** Keeps place, languages and contact of what was just sent for the next request from the same phone. */
export function keepForAgain(reply: FastifyReply, { topic, host, when, contact }: Draft): void {
  if (!topic || !host || !when || !contact) return
  const { name: person, position, email, phone } = contact
  const { house } = reply.request
  const again: Again = {
    ...(house ? { house: house.slug } : {}),
    audience: topic.audience,
    host: { ...host, q: '' },
    spoken: when.languages,
    contact: { name: person, position, email, phone },
  }
  keepPacked(reply, name, again, ninetyDays)
}

export const isKept = (request: FastifyRequest): boolean => request.cookies[name] !== undefined

export const forget = (reply: FastifyReply): void => {
  reply.clearCookie(name, { path: '/' })
}
