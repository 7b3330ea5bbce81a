import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { sentForm } from '../base/http/sent.ts'
import { isUuid, numberOf } from '../base/text.ts'
import { findZone } from '../houses/zone-store.ts'
import { erasePerson } from './erase.ts'
import type { Person } from './erase-rules.ts'
import { findAll, namesIn } from './held-store.ts'
import { erasurePage, heldPage, mostOfPage } from './pages.ts'
import { findContactOf, findSpeakerPerson } from './person-store.ts'

const params = Type.Object({ id: Type.String({ maxLength: 60 }) })
const seen = { config: { access: 'coordinator', fresh: true, sight: 'person' }, schema: { params } } as const
const page = { config: { access: 'coordinator', fresh: true }, schema: { params } } as const

/** What a House holds on a speaker or on the contact of a request: read, taken along as a file, erased. */
export const personRoutes: FastifyPluginAsyncTypebox = async app => {
  const kinds: { path: string; back: string; find: (houseId: string, id: string) => Promise<Person | undefined> }[] = [
    {
      path: '/app/speakers/:id',
      back: '/app/speakers',
      find: async (houseId, id) => (isUuid(id) ? findSpeakerPerson(app.db, houseId, id) : undefined),
    },
    {
      path: '/app/requests/:id/contact',
      back: '/app/requests',
      find: async (houseId, id) => {
        const number = numberOf(id)
        return number === undefined ? undefined : findContactOf(app.db, houseId, number)
      },
    },
  ]
  for (const { path, back, find } of kinds) {
    type Ask = FastifyRequest<{ Params: { id: string } }>
    const personOf = (request: Ask) => find(actorOf(request).houseId, request.params.id)
    const at = (request: Ask) => path.replace(':id', encodeURIComponent(request.params.id))

    app.get(`${path}/data`, seen, async (request: Ask, reply: FastifyReply) => {
      const person = await personOf(request)
      if (!person) return reply.callNotFound()
      const zone = await findZone(app.db, person.houseId)
      const held = await findAll(app.db, person, { most: mostOfPage, within: person.houseId })
      const here = at(request)
      const names = await namesIn(app.db, held)
      const links = {
        json: `${here}/data.json`,
        back: here.replace(/\/contact$/, ''),
        erase: `${here}/erasure`,
        zone,
        names,
      }
      return reply.page('privacy/held-staff', heldPage(request.language, person.names[0] ?? '', held, links))
    })

    app.get(`${path}/data.json`, seen, async (request: Ask, reply: FastifyReply) => {
      const person = await personOf(request)
      return person ? sendJson(reply, await findAll(app.db, person, { within: person.houseId })) : reply.callNotFound()
    })

    app.get(`${path}/erasure`, page, async (request: Ask, reply: FastifyReply) => {
      const person = await personOf(request)
      if (!person) return reply.callNotFound()
      const to = { action: `${at(request)}/erasure`, back: `${at(request)}/data` }
      return reply.page('privacy/erasure', erasurePage(request.language, person.names[0] ?? '', to))
    })

    app.post(`${path}/erasure`, page, async (request: Ask, reply: FastifyReply) => {
      const actor = actorOf(request)
      const before = await personOf(request)
      const { secret, dataDir } = app.config
      const form = sentForm(request, app.now())
      const done = await erasePerson(
        app.db,
        { secret, dataDir },
        actor,
        async trx => {
          const person =
            before &&
            (before.is === 'speaker'
              ? await findSpeakerPerson(trx, actor.houseId, before.id)
              : await findContactOf(trx, actor.houseId, numberOf(request.params.id) ?? 0))
          return person
        },
        back,
        form,
      )
      if ('location' in done) return reply.redirect(done.location, 303)
      if (done.refused === 'missing' || !before) return reply.callNotFound()
      const to = { action: `${at(request)}/erasure`, back: `${at(request)}/data` }
      return reply.code(409).page('privacy/erasure', erasurePage(request.language, before.names[0] ?? '', to, done))
    })
  }
}

export const sendJson = (reply: FastifyReply, held: unknown): FastifyReply =>
  reply
    .header('content-disposition', 'attachment; filename="data.json"')
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(held, null, 2))
