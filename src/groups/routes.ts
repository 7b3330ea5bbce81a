import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { answerSent, sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { isUuid } from '../base/text.ts'
import { wallOf } from '../base/time.ts'
import { findOwnDistricts } from '../houses/travel-store.ts'
import { findZone } from '../houses/zone-store.ts'
import { addGroup, keepGroup } from './actions.ts'
import { groupFilled, groupList, groupPage } from './pages.ts'
import { groupFields, groupLists, readGroup } from './rules.ts'
import { findGroups, findPeople } from './store.ts'

const access = { config: { access: 'coordinator' } } as const
const one = { ...access, schema: { params: Type.Object({ id: Type.String() }) } }
/** A city's central group holds more people than a form usually has boxes. */
const mostMembers = 1000

/** The standing groups of a House: where they go and who belongs to them. */
export const groupRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/groups', access, async (request, reply) => {
    const { houseId } = actorOf(request)
    const { districts, people } = await knownOf(houseId)
    return reply.page('groups/list', groupList(request.language, await findGroups(app.db, houseId), districts, people))
  })

  app.get('/app/groups/new', access, async (request, reply) => {
    const { districts, people } = await knownOf(actorOf(request).houseId)
    return reply.page(
      'groups/edit',
      groupPage(
        request.language,
        { ...typed({}, groupFields, groupLists), problems: [] },
        districts,
        people,
        undefined,
      ),
    )
  })
  app.post('/app/groups/new', access, async (request, reply) => {
    const actor = actorOf(request)
    const { districts, people, codes, ids } = await knownOf(actor.houseId)
    const sent = typed(request.body, groupFields, groupLists, mostMembers)
    const { value, problems } = readGroup(sent, { districts: codes, speakers: ids })
    const done = value ? await addGroup(app.db, sentForm(request, app.now()), actor, value) : { refused: problems }
    return answerSent(reply, done, again =>
      reply.page(
        'groups/edit',
        groupPage(request.language, { ...sent, problems: again }, districts, people, undefined),
      ),
    )
  })

  app.get('/app/groups/:id', one, async (request, reply) => {
    const { houseId } = actorOf(request)
    const group = await groupOf(houseId, request.params.id)
    if (!group) return reply.callNotFound()
    const { districts, people } = await knownOf(houseId)
    return reply.page('groups/edit', groupPage(request.language, groupFilled(group), districts, people, group.id))
  })
  app.post('/app/groups/:id', one, async (request, reply) => {
    const actor = actorOf(request)
    const group = await groupOf(actor.houseId, request.params.id)
    if (!group) return reply.callNotFound()
    const { districts, people, codes, ids } = await knownOf(actor.houseId)
    const sent = typed(request.body, groupFields, groupLists, mostMembers)
    const { value, problems } = readGroup(sent, { districts: codes, speakers: ids })
    const done = value
      ? await keepGroup(app.db, sentForm(request, app.now()), actor, group.id, value, ids)
      : { refused: problems }
    return answerSent(reply, done, again =>
      reply.page('groups/edit', groupPage(request.language, { ...sent, problems: again }, districts, people, group.id)),
    )
  })

  const groupOf = async (houseId: string, id: string) =>
    isUuid(id) ? (await findGroups(app.db, houseId)).find(group => group.id === id) : undefined

  async function knownOf(houseId: string) {
    const districts = await findOwnDistricts(app.db, houseId)
    const people = await findPeople(app.db, houseId, wallOf(app.now(), await findZone(app.db, houseId)).day)
    return { districts, people, codes: districts.map(({ kato }) => kato), ids: people.map(({ id }) => id) }
  }
}
