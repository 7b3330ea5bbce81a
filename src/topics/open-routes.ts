import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '../base/http/schema.ts'
import { dateDigits } from '../base/i18n/dates.ts'
import { findHelpLines } from '../houses/help-store.ts'
import { bandOf, bandsOf, cardOf, filtersOf, isFor, seatsOf, topicRows } from './pages.ts'
import { findAudiences, findMaterials, findProfessions, findPublicTopic, findPublicTopics } from './store.ts'
import { words } from './words.ts'

/** The topics that everybody may ask for. */
export const openTopicRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(
    '/topics',
    {
      config: { access: 'open' },
      schema: {
        querystring: Type.Object({ audience: Type.Optional(Type.Unknown()), grades: Type.Optional(Type.Unknown()) }),
      },
    },
    async (request, reply) => {
      const { language, house, home } = request
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
        filters: filtersOf(language, topics, audiences, chosen, `${home}/topics`),
        bands: bandsOf(language, topics, { audience: chosen, band }, `${home}/topics`),
        topics: topics
          .filter(topic => (band ? isFor(topic, band) : chosen === undefined || topic.audiences.includes(chosen)))
          .map(topic => cardOf(language, topic, audiences, professions, `${home}/topics/${topic.slug}`)),
      })
    },
  )

  app.get(
    '/topics/:slug',
    { config: { access: 'open' }, schema: { params: Type.Object({ slug: Type.String() }) } },
    async (request, reply) => {
      const { language, house, home } = request
      const topic = house && (await findPublicTopic(app.db, house.id, request.params.slug.replaceAll('\0', '')))
      if (!topic) return reply.callNotFound()
      const say = words[language]
      const materials = await findMaterials(app.db, topic.id)
      return reply.page('topics/show', {
        title: topic.title[language],
        description: topic.summary[language],
        say,
        ask: `${home}/request/topic?topic=${topic.slug}`,
        all: `${home}/topics`,
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
}
