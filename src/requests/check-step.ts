import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Asking } from './actions.ts'
import { checkPage } from './check-pages.ts'
import { readContact } from './contact-rules.ts'
import { draftHere } from './draft.ts'
import type { Draft } from './draft-pages.ts'
import { type Resolved, resolveDraft } from './draft-store.ts'
import type { Missing, Problem } from './rules.ts'
import { findTimes, settingOf, wantedOf } from './times-store.ts'
import { readWhen } from './when-rules.ts'

/** What is wrong in the answers, or what is asked; or the first step that has none yet. */
type Whole =
  | Missing
  | { resolved: Chosen; problems: Problem[]; lessons: Map<string, number>; asking: Asking | undefined }
type Chosen = Resolved & { chosen: NonNullable<Resolved['chosen']>; place: NonNullable<Resolved['place']> }

/** Everything that was answered, before it is sent. */
export async function showCheckStep(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string | Missing> {
  const draft = draftHere(request) ?? {}
  const read = await readWhole(app, request, draft)
  if ('missing' in read) return read
  return reply.page('requests/check', checkPage(request, read.resolved, draft, read.problems, read.lessons))
}

/** All three steps read again: what was possible when it was chosen may have gone since. */
export async function readWhole(
  app: FastifyInstance,
  { language, house }: FastifyRequest,
  draft: Draft,
): Promise<Whole> {
  if (!house) return { missing: 'topic' }
  const resolved = await resolveDraft(app.db, house, draft)
  if (!resolved.chosen) return { missing: 'topic' }
  const { chosen, place } = resolved
  if (!place || !draft.when) return { missing: 'when' }
  if (!draft.contact) return { missing: 'contact' }
  const shown = { from: house.today, slots: draft.when.slots }
  const times = await findTimes(app.db, house, wantedOf({ chosen, place }, draft.when), shown, app.now())
  const when = readWhen(draft.when, settingOf(house, { chosen }, times))
  const contact = readContact(draft.contact, 'visitor')
  const { asked, kind, name, district } = place
  const asking: Asking | undefined = when.value &&
    contact.value && {
      houseId: house.id,
      topic: chosen.asked,
      place: 'id' in asked ? { id: asked.id } : { kind, name: name[language], district },
      when: when.value,
      contact: contact.value,
      language,
      by: { source: 'form' },
    }
  return {
    resolved: { ...resolved, chosen, place },
    problems: [...when.problems, ...contact.problems],
    lessons: times.lessons,
    asking,
  }
}
