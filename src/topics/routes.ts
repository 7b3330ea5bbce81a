import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { actorOf } from '../base/auth.ts'
import { wallOf } from '../base/time.ts'
import { findZone } from '../houses/zone-store.ts'
import { words as editWords } from './edit-words.ts'
import { approvalSaid, cardOf, lawSaid, topicRows } from './pages.ts'
import { lawIsStale } from './rules.ts'
import { findAudiences, findProfessions, findTopics } from './store.ts'
import { words } from './words.ts'

export const topicRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/topics', { config: { access: 'viewer' } }, async (request, reply) => {
    const { language } = request
    const say = words[language]
    const { houseId, role } = actorOf(request)
    const topics = await findTopics(app.db, houseId)
    const today = wallOf(app.now(), await findZone(app.db, houseId)).day
    const audiences = await findAudiences(app.db)
    const professions = await findProfessions(app.db)
    return reply.page('topics/staff', {
      title: say.topics,
      here: 'topics',
      say,
      mayEdit: role !== 'viewer',
      add: editWords[language].add,
      topics: topics.map(topic => ({
        ...cardOf(language, topic, audiences, professions, `/app/topics/${topic.slug}`),
        open: topic.open,
        stale: lawIsStale(topic, today) ? lawSaid(language, topic) : undefined,
        approval: approvalSaid(language, topic, today),
        rows: topicRows(language, topic, audiences)
          .slice(2)
          .filter(row => row.label !== '' || !lawIsStale(topic, today))
          .map(row => (row.label ? `${row.label}: ${row.text}` : row.text)),
      })),
    })
  })
}
