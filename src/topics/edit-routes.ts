import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { answerSent, sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { wallOf } from '../base/time.ts'
import { findZone } from '../houses/zone-store.ts'
import { addTopic, keepTopic } from './edit-actions.ts'
import { topicBlank, topicPage, topicTexts } from './edit-pages.ts'
import { readTopicForm, topicFields, topicLists } from './edit-rules.ts'
import { approvalSaid } from './pages.ts'
import { lawIsStale } from './rules.ts'
import { findAudiences, findMaterials, findProfessions, findTopics } from './store.ts'

const access = { config: { access: 'coordinator' } } as const
const fresh = { slug: undefined, stale: false }
const one = { ...access, schema: { params: Type.Object({ slug: Type.String() }) } } as const

/** One topic of the House, all that is said and asked of it. */
export const topicEditRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/topics/new', access, async (request, reply) => {
    const known = await choicesOf(actorOf(request).houseId)
    return reply.page('topics/edit', topicPage(request.language, { ...known, ...fresh }, topicBlank))
  })

  app.post('/app/topics/new', access, async (request, reply) => {
    const actor = actorOf(request)
    const known = await choicesOf(actor.houseId)
    const sent = typed(request.body, topicFields, topicLists)
    const { value, problems } = readTopicForm(sent, codesOf(known))
    const done = value ? await addTopic(app.db, sentForm(request, app.now()), actor, value) : { refused: problems }
    return answerSent(reply, done, again =>
      reply.page('topics/edit', topicPage(request.language, { ...known, ...fresh }, sent, again)),
    )
  })

  app.get('/app/topics/:slug', one, async (request, reply) => {
    const known = await knownOf(actorOf(request).houseId, request)
    if (!known) return reply.callNotFound()
    return reply.page(
      'topics/edit',
      topicPage(request.language, known, topicTexts(known.topic, await findMaterials(app.db, known.topic.id))),
    )
  })

  app.post('/app/topics/:slug', one, async (request, reply) => {
    const actor = actorOf(request)
    const known = await knownOf(actor.houseId, request)
    if (!known) return reply.callNotFound()
    const sent = typed(request.body, topicFields, topicLists)
    const { value, problems } = readTopicForm(sent, codesOf(known))
    const done = value
      ? await keepTopic(app.db, sentForm(request, app.now()), actor, known.slug, value)
      : { refused: problems }
    return answerSent(reply, done, again => reply.page('topics/edit', topicPage(request.language, known, sent, again)))
  })

  async function knownOf(houseId: string, { language, params }: FastifyRequest<{ Params: { slug: string } }>) {
    const [topic] = await findTopics(app.db, houseId, params.slug.replaceAll('\0', ''))
    if (!topic) return
    const known = await choicesOf(houseId)
    return {
      ...known,
      topic,
      slug: topic.slug,
      stale: lawIsStale(topic, known.today),
      approval: approvalSaid(language, topic, known.today),
    }
  }

  async function choicesOf(houseId: string) {
    return {
      today: wallOf(app.now(), await findZone(app.db, houseId)).day,
      audiences: await findAudiences(app.db),
      professions: await findProfessions(app.db),
    }
  }
}

type Coded = { slug: string }[]
const codesOf = ({ audiences, professions, today }: { audiences: Coded; professions: Coded; today: string }) => ({
  audiences: audiences.map(({ slug }) => slug),
  professions: professions.map(({ slug }) => slug),
  today,
})
