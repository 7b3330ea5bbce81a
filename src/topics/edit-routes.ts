import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { actorOf } from '../base/auth.ts'
import { answerSent, sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { wallOf } from '../base/time.ts'
import { findZone } from '../houses/zone-store.ts'
import { keepTopic } from './edit-actions.ts'
import { topicPage, topicTexts } from './edit-pages.ts'
import { readTopicForm, topicFields, topicLists } from './edit-rules.ts'
import { lawIsStale } from './rules.ts'
import { findAudiences, findMaterials, findProfessions, findTopics } from './store.ts'

const one = { config: { access: 'coordinator' }, schema: { params: Type.Object({ slug: Type.String() }) } } as const

/** One topic of the House, all that is said and asked of it. */
export const topicEditRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/topics/:slug', one, async (request, reply) => {
    const known = await knownOf(actorOf(request).houseId, request.params.slug)
    if (!known) return reply.callNotFound()
    return reply.page(
      'topics/edit',
      topicPage(request.language, known, topicTexts(known.topic, await findMaterials(app.db, known.topic.id))),
    )
  })

  app.post('/app/topics/:slug', one, async (request, reply) => {
    const actor = actorOf(request)
    const known = await knownOf(actor.houseId, request.params.slug)
    if (!known) return reply.callNotFound()
    const sent = typed(request.body, topicFields, topicLists)
    const { value, problems } = readTopicForm(sent, {
      audiences: known.audiences.map(({ slug }) => slug),
      professions: known.professions.map(({ slug }) => slug),
      today: known.today,
    })
    const done = value
      ? await keepTopic(app.db, sentForm(request, app.now()), actor, known.slug, value)
      : { refused: problems }
    return answerSent(reply, done, again => reply.page('topics/edit', topicPage(request.language, known, sent, again)))
  })

  async function knownOf(houseId: string, slug: string) {
    const [topic] = await findTopics(app.db, houseId, slug.replaceAll('\0', ''))
    if (!topic) return
    const today = wallOf(app.now(), await findZone(app.db, houseId)).day
    return {
      topic,
      slug: topic.slug,
      today,
      stale: lawIsStale(topic, today),
      audiences: await findAudiences(app.db),
      professions: await findProfessions(app.db),
    }
  }
}
