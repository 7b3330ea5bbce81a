import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { typed } from '../base/http/typed.ts'
import { capital, filtersOf, forWhom } from '../topics/pages.ts'
import { type AudienceRow, findAudiences, findPublicTopics, type TopicRow } from '../topics/store.ts'
import { words as topicWords } from '../topics/words.ts'
import { draftOrBegun } from './again.ts'
import { askPage } from './pages.ts'
import type { Problem, TypedTopic } from './rules.ts'
import { words } from './words.ts'

export const emptyTopic: TypedTopic = { topic: '', audience: '', grades: [] }
type Catalogue = { topics: TopicRow[]; audiences: AudienceRow[] }

export async function findCatalogue(app: FastifyInstance, { house }: FastifyRequest): Promise<Catalogue> {
  return {
    topics: house ? await findPublicTopics(app.db, house.id) : [],
    audiences: (await findAudiences(app.db)).filter(({ closed }) => !closed),
  }
}

/** The first step: the list of topics, or one of them with the question who will listen. */
export async function showTopicStep(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  query: unknown,
): Promise<string> {
  const { texts } = typed(query, ['topic', 'audience', 'all', 'lost'])
  const catalogue = await findCatalogue(app, request)
  const draft = draftOrBegun(request, reply).topic ?? emptyTopic
  const asked =
    texts.topic && texts.topic !== draft.topic
      ? { ...emptyTopic, topic: texts.topic, audience: texts.audience || draft.audience }
      : draft
  const topic = texts.all ? undefined : catalogue.topics.find(({ slug }) => slug === asked.topic)
  const told = texts.lost ? words[request.language].lost : ''
  return topic
    ? showTopic(request, reply, topic, catalogue.audiences, asked, [], told)
    : showList(request, reply, catalogue, texts.audience, asked.topic, [], told)
}

export function showList(
  request: FastifyRequest,
  reply: FastifyReply,
  { topics, audiences }: Catalogue,
  audience: string,
  chosen: string,
  problems: Problem[],
  told = '',
): Promise<string> {
  const { language, home } = request
  const known = audiences.find(({ slug }) => slug === audience)?.slug
  const path = `${home}/request/topic`
  return reply.page('requests/topic-list', {
    ...askPage(language, 'topic', words[language].topic.heading, problems),
    told,
    filters: filtersOf(language, topics, audiences, known, path).map(filter => ({
      ...filter,
      href: `${filter.href}${filter.href.includes('?') ? '&' : '?'}all=1`,
    })),
    topics: topics
      .filter(topic => known === undefined || topic.audiences.includes(known))
      .map(topic => ({
        value: topic.slug,
        text: topic.title[language],
        note: factsOf(request, topic, audiences),
        checked: topic.slug === chosen,
      })),
  })
}

export function showTopic(
  request: FastifyRequest,
  reply: FastifyReply,
  topic: TopicRow,
  audiences: AudienceRow[],
  asked: TypedTopic,
  problems: Problem[],
  told = '',
): Promise<string> {
  const { language } = request
  const say = words[language]
  const audience = topic.audiences.length === 1 ? topic.audiences[0] : asked.audience
  const { from, to } = topic.grades ?? { from: 0, to: -1 }
  return reply.page('requests/topic', {
    ...askPage(language, 'topic', say.topic.heading, problems),
    told,
    topic: {
      slug: topic.slug,
      title: topic.title[language],
      summary: topic.summary[language],
      facts: factsOf(request, topic, audiences),
    },
    audiences: audiences
      .filter(({ slug }) => topic.audiences.includes(slug))
      .map(({ slug, name }) => ({ value: slug, text: capital(name[language]), checked: slug === audience })),
    grades: topic.audiences.includes('pupils')
      ? Array.from({ length: to - from + 1 }, (_, at) => ({
          value: String(from + at),
          text: say.topic.grade(from + at),
          checked: asked.grades.includes(String(from + at)),
        }))
      : [],
  })
}

const factsOf = ({ language }: FastifyRequest, topic: TopicRow, audiences: AudienceRow[]): string =>
  `${topicWords[language].minutes(topic.minutes)} · ${forWhom(language, topic, audiences)}`
