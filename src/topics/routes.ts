import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { dateDigits } from '../base/i18n/dates.ts'
import { wallOf } from '../base/time.ts'
import { findHelpLines } from '../houses/help-store.ts'
import { findPublicHouse } from '../houses/public-store.ts'
import { findZone } from '../houses/zone-store.ts'
import { words as editWords } from './edit-words.ts'
import { approvalSaid, bandOf, bandsOf, cardOf, filtersOf, isFor, lawSaid, seatsOf, topicRows } from './pages.ts'
import { lawIsStale } from './rules.ts'
import {
  findAudiences,
  findMaterials,
  findProfessions,
  findPublicTopic,
  findPublicTopics,
  findTopics,
} from './store.ts'
import { words } from './words.ts'

export const topicRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(
    '/:l(^(?:kk|ru|en)$)/topics',
    {
      config: { access: 'open' },
      schema: {
        querystring: Type.Object({ audience: Type.Optional(Type.Unknown()), grades: Type.Optional(Type.Unknown()) }),
      },
    },
    async (request, reply) => {
      const { language } = request
      const house = await findPublicHouse(app.db, app.now())
      const topics = house ? await findPublicTopics(app.db, house.id) : []
      const audiences = (await findAudiences(app.db)).filter(({ closed }) => !closed)
      const professions = await findProfessions(app.db)
      const band = bandOf(request.query.grades)
      const chosen = band ? 'pupils' : audiences.find(({ slug }) => slug === request.query.audience)?.slug
      const say = words[language]
      return reply.page('topics/list', {
        title: say.topics,
        description: say.description,
        say,
        filters: filtersOf(language, topics, audiences, chosen, `/${language}/topics`),
        bands: bandsOf(language, topics, { audience: chosen, band }, `/${language}/topics`),
        topics: topics
          .filter(topic => (band ? isFor(topic, band) : chosen === undefined || topic.audiences.includes(chosen)))
          .map(topic => cardOf(language, topic, audiences, professions, `/${language}/topics/${topic.slug}`)),
      })
    },
  )

  app.get(
    '/:l(^(?:kk|ru|en)$)/topics/:slug',
    { config: { access: 'open' }, schema: { params: Type.Object({ slug: Type.String() }) } },
    async (request, reply) => {
      const { language } = request
      const house = await findPublicHouse(app.db, app.now())
      const topic = house && (await findPublicTopic(app.db, house.id, request.params.slug.replaceAll('\0', '')))
      if (!topic) return reply.callNotFound()
      const say = words[language]
      const materials = await findMaterials(app.db, topic.id)
      return reply.page('topics/show', {
        title: topic.title[language],
        description: topic.summary[language],
        say,
        ask: `/${language}/request/topic?topic=${topic.slug}`,
        all: `/${language}/topics`,
        rows: topicRows(language, topic, await findAudiences(app.db)),
        seats: seatsOf(language, topic, await findProfessions(app.db)),
        needs: [topic.equipment[language], topic.rules.includes('staff-present') ? say.staffPresent : ''].filter(
          text => text !== '',
        ),
        materials: materials.map(it => ({
          title: it.version ? `${it.title}, ${say.version(it.version)}` : it.title,
          link: it.link ?? '',
          approved: say.approved(it.approved_by, it.approval_number, dateDigits(it.approved_on)),
        })),
        help: await findHelpLines(app.db, language),
      })
    },
  )

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
