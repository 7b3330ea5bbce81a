import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { answerSent, sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { isUuid } from '../base/text.ts'
import { hostKinds } from '../houses/field-rules.ts'
import { findOwnDistricts } from '../houses/travel-store.ts'
import { hasGateway } from '../messages/channel-store.ts'
import { addHost, keepHost } from './actions.ts'
import { hostBegin, hostForm } from './edit-pages.ts'
import { hostFields, hostLists, readHostForm } from './edit-rules.ts'
import { findHostPage } from './edit-store.ts'
import { hostBegun, hostFilled } from './edit-text-pages.ts'
import { findComing } from './hall-store.ts'
import { typicalTimetable } from './typical-rules.ts'

const access = { config: { access: 'coordinator' } } as const
const one = { ...access, schema: { params: Type.Object({ id: Type.String() }) } }

/** A host added or changed whole: bells, hours, contact persons. */
export const hostEditRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/hosts/new', access, async (request, reply) => {
    const { texts } = typed(request.query, ['kind', 'q'])
    const name = texts.q.slice(0, 200)
    const kind = hostKinds.find(each => each === texts.kind)
    if (!kind) return reply.page('hosts/begin', hostBegin(request.language, name))
    return reply.page(
      'hosts/edit',
      hostForm(request.language, await newIn(request), hostBegun(kind, name, typicalTimetable(kind))),
    )
  })

  app.post('/app/hosts/new', access, async (request, reply) => {
    const known = await newIn(request)
    const sent = typed(request.body, hostFields, hostLists)
    const another = typed(request.body, ['another']).texts.another === '1'
    const { value, problems } = readHostForm(sent, {
      districts: known.districts.map(({ kato }) => kato),
      halls: [],
      contacts: [],
    })
    const done = value
      ? await addHost(app.db, sentForm(request, app.now()), actorOf(request), value, another)
      : { refused: problems }
    if ('hosts' in done)
      return reply.code(409).page('hosts/edit', hostForm(request.language, known, sent, [], done.hosts))
    return answerSent(reply, done, again => reply.page('hosts/edit', hostForm(request.language, known, sent, again)))
  })

  app.get(
    '/app/hosts/:id/edit',
    { ...one, config: { access: 'coordinator', sight: 'host' } },
    async (request, reply) => {
      const host = await find(request)
      if (!host) return reply.callNotFound()
      const known = { ...(await newIn(request)), id: host.id }
      return reply.page('hosts/edit', hostForm(request.language, known, hostFilled(host)))
    },
  )

  app.post('/app/hosts/:id/edit', one, async (request, reply) => {
    const host = await find(request)
    if (!host) return reply.callNotFound()
    const known = { ...(await newIn(request)), id: host.id }
    const sent = typed(request.body, hostFields, hostLists)
    const { value, problems } = readHostForm(sent, {
      districts: known.districts.map(({ kato }) => kato),
      halls: await findComing(app.db, host.id, app.now()),
      contacts: host.contacts,
    })
    const shown = host.contacts.map(({ id }) => id)
    const done = value
      ? await keepHost(app.db, sentForm(request, app.now()), actorOf(request), host.id, value, shown)
      : { refused: problems }
    return answerSent(reply, done, again => reply.page('hosts/edit', hostForm(request.language, known, sent, again)))
  })

  const find = async (request: FastifyRequest<{ Params: { id: string } }>) =>
    isUuid(request.params.id) ? findHostPage(app.db, actorOf(request).houseId, request.params.id) : undefined

  const newIn = async (request: FastifyRequest) => ({
    id: undefined,
    districts: await findOwnDistricts(app.db, actorOf(request).houseId),
    gateway: await hasGateway(app.db, actorOf(request).houseId),
  })
}
