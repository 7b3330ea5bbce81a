import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { draftOf, keepDraft } from '../base/http/draft.ts'
import { typed } from '../base/http/typed.ts'
import { findPublicHouse } from '../houses/public-store.ts'
import { capital, filtersOf, forWhom } from '../topics/pages.ts'
import { type AudienceRow, findAudiences, findPublicTopics, type TopicRow } from '../topics/store.ts'
import { words as topicWords } from '../topics/words.ts'
import { Draft, sentTopic } from './draft-pages.ts'
import { askPage } from './pages.ts'
import type { Problem, TypedTopic } from './rules.ts'
import { readTopic } from './topic-rules.ts'
import { words } from './words.ts'

const empty: TypedTopic = { topic: '', audience: '', grades: [] }

/** The first step of a visitor's request: a topic, then who will listen. */
export const topicStepRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/:l(^(?:kk|ru|en)$)/request/topic', { config: { access: 'open' } }, async (request, reply) => {
    const { texts } = typed(request.query, ['topic', 'audience', 'all'])
    const { topics, audiences } = await catalogue()
    const draft = draftOf(request, Draft)?.topic ?? empty
    const asked = texts.topic
      ? { ...empty, ...(draft.topic === texts.topic ? draft : { topic: texts.topic, audience: texts.audience }) }
      : draft
    const topic = texts.all ? undefined : topics.find(({ slug }) => slug === asked.topic)
    return topic
      ? showTopic(request, reply, topic, audiences, asked, [])
      : showList(request, reply, topics, audiences, texts.audience, asked.topic, [])
  })

  app.post('/:l(^(?:kk|ru|en)$)/request/topic', { config: { access: 'open' } }, async (request, reply) => {
    const { language } = request
    const { topics, audiences } = await catalogue()
    const sent = sentTopic(request.body)
    const topic = topics.find(({ slug }) => slug === sent.typed.topic)
    const reading = readTopic(sent.typed, topics)
    if (!topic || sent.problems.some(({ field }) => field === 'topic'))
      return showList(request, reply.code(422), topics, audiences, '', sent.typed.topic, [
        ...sent.problems,
        ...reading.problems,
      ])
    const problems = [...sent.problems, ...reading.problems]
    if (problems.length === 0) {
      keepDraft(reply, {
        ...draftOf(request, Draft),
        topic: { ...sent.typed, audience: reading.value?.audience ?? '' },
      })
      return reply.redirect(`/${language}/request/when`, 303)
    }
    // from the list a topic comes alone: who listens is asked on the next page
    if (!hasAnswers(request.body)) return reply.redirect(`/${language}/request/topic?topic=${topic.slug}`, 303)
    return showTopic(request, reply.code(422), topic, audiences, sent.typed, problems)
  })

  async function catalogue() {
    const house = await findPublicHouse(app.db, app.now())
    return {
      topics: house ? await findPublicTopics(app.db, house.id) : [],
      audiences: (await findAudiences(app.db)).filter(({ closed }) => !closed),
    }
  }
}

/** The page that asks who listens says so itself, so that an empty answer there is told apart from the list. */
const hasAnswers = (body: unknown): boolean => typeof body === 'object' && body !== null && 'asked' in body

function showList(
  request: FastifyRequest,
  reply: FastifyReply,
  topics: TopicRow[],
  audiences: AudienceRow[],
  audience: string,
  chosen: string,
  problems: Problem[],
) {
  const { language } = request
  const known = audiences.find(({ slug }) => slug === audience)?.slug
  const path = `/${language}/request/topic`
  return reply.page('requests/topic-list', {
    ...askPage(language, 'topic', words[language].topic.heading, problems),
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

function showTopic(
  request: FastifyRequest,
  reply: FastifyReply,
  topic: TopicRow,
  audiences: AudienceRow[],
  asked: TypedTopic,
  problems: Problem[],
) {
  const { language } = request
  const say = words[language]
  const audience = topic.audiences.length === 1 ? topic.audiences[0] : asked.audience
  const { from, to } = topic.grades ?? { from: 0, to: -1 }
  return reply.page('requests/topic', {
    ...askPage(language, 'topic', say.topic.heading, problems),
    topic: {
      slug: topic.slug,
      title: topic.title[language],
      summary: topic.summary[language],
      facts: factsOf(request, topic, audiences),
    },
    other: `/${language}/request/topic?all=1`,
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
