import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { answerSent, sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { isUuid } from '../base/text.ts'
import { dropBan, keepBan } from './calendar-actions.ts'
import { type BanOffers, banPage, banTexts, banLists as listsOf } from './calendar-form-pages.ts'
import { banFields, banLists, readBan } from './calendar-rules.ts'
import { type BanRow, findAudienceNames, findBan, findHostNames } from './calendar-store.ts'
import type { Problem } from './field-rules.ts'
import { touchedPage } from './touched-pages.ts'
import { findTouched } from './touched-store.ts'

const access = { config: { access: 'coordinator' } } as const
const one = { ...access, schema: { params: Type.Object({ id: Type.String() }) } }
const base = '/app/calendar/bans'

/** Breaks, exams and bans: a House's own by its coordinators, the country's by an administrator. */
export const banRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(`${base}/new`, access, async (request, reply) => {
    const texts = { ...typed({}, banFields).texts, kind: 'other', strength: 'ban' }
    return show(request, reply, undefined, await offersFor(request), {
      texts,
      lists: { kinds: ['school'], grades: [], except: [] },
    })
  })
  app.post(`${base}/new`, access, async (request, reply) => save(request, reply, undefined))

  app.get(`${base}/:id`, one, async (request, reply) => {
    const row = await rowOf(request, request.params.id)
    if (!row) return reply.callNotFound()
    return show(request, reply, row, await offersFor(request), { texts: banTexts(row), lists: listsOf(row) })
  })
  app.post(`${base}/:id`, one, async (request, reply) => {
    const row = await rowOf(request, request.params.id)
    return row ? save(request, reply, row) : reply.callNotFound()
  })
  app.get(`${base}/:id/talks`, one, async (request, reply) => {
    const { houseId } = actorOf(request)
    const row = isUuid(request.params.id) ? await findBan(app.db, houseId, request.params.id) : undefined
    if (!row) return reply.callNotFound()
    const talks = await findTouched(app.db, houseId, row.id, app.now())
    return reply.page('houses/calendar-talks', touchedPage(request.language, row, talks))
  })
  app.post(`${base}/:id/removal`, one, async (request, reply) => {
    const { id } = request.params
    if (!isUuid(id)) return reply.callNotFound()
    const from = (await rowOf(request, id))?.from_on ?? ''
    const done = await dropBan(app.db, sentForm(request, app.now()), actorOf(request), id, from)
    return 'location' in done ? reply.redirect(done.location, 303) : reply.callNotFound()
  })

  /** A row that this person may change: the House's own, and the country's for an administrator. */
  async function rowOf(request: FastifyRequest, id: string): Promise<BanRow | undefined> {
    const { houseId, role } = actorOf(request)
    const row = isUuid(id) ? await findBan(app.db, houseId, id) : undefined
    return row && (row.house_id !== null || role === 'administrator') ? row : undefined
  }

  async function offersFor(request: FastifyRequest): Promise<BanOffers> {
    return { hosts: await findHostNames(app.db, actorOf(request).houseId), audiences: await findAudienceNames(app.db) }
  }

  async function save(request: FastifyRequest, reply: FastifyReply, row: BanRow | undefined) {
    const sent = typed(request.body, banFields, banLists)
    const offers = await offersFor(request)
    const { value, problems } = readBan(sent, {
      hosts: offers.hosts.map(({ id }) => id),
      audiences: offers.audiences.map(({ slug }) => slug),
    })
    const done = value
      ? await keepBan(app.db, sentForm(request, app.now()), actorOf(request), row?.id, value)
      : { refused: problems }
    return answerSent(reply, done, again => show(request, reply, row, offers, sent, again))
  }
}

type Sent = { texts: Record<string, string>; lists: Record<string, string[]> }

function show(
  request: FastifyRequest,
  reply: FastifyReply,
  row: BanRow | undefined,
  offers: BanOffers,
  { texts, lists }: Sent,
  problems: Problem[] = [],
) {
  const action = row ? `${base}/${row.id}` : `${base}/new`
  return reply.page(
    'houses/calendar-ban',
    banPage(
      request.language,
      { texts, lists, problems },
      offers,
      action,
      row && { country: row.house_id === null },
      actorOf(request).role === 'administrator',
    ),
  )
}
