import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { typed } from '../base/http/typed.ts'
import { isUuid } from '../base/text.ts'
import { findHostRow } from '../hosts/store.ts'
import { draftHere, keepHere } from './draft.ts'
import { emptyHost, sentTopic } from './draft-pages.ts'
import { onward, show } from './going.ts'
import { readTopic } from './topic-rules.ts'
import { emptyTopic, findCatalogue, showList, showTopic } from './topic-step.ts'
import { wayOf } from './way-rules.ts'

/** The first step of a visitor's request: a topic, then who will listen. */
export const topicStepRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/request/topic', { config: { access: 'open' } }, async (request, reply) => {
    await takePlace(request, reply)
    return show(app, request, reply, 'topic', request.query)
  })

  /** A letter that offers a talk leads here with its place, which then need not be looked for. */
  async function takePlace(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { place } = typed(request.query, ['place']).texts
    const { house } = request
    const host = house && isUuid(place) ? await findHostRow(app.db, house.id, place) : undefined
    if (host && host.kind !== 'custody')
      keepHere(reply, { ...draftHere(request), host: { ...emptyHost, host: host.id } })
  }

  app.post('/request/topic', { config: { access: 'open' } }, async (request, reply) => {
    const catalogue = await findCatalogue(app, request)
    const { topics, audiences } = catalogue
    const draft = draftHere(request)
    const sent = sentTopic(request.body)
    const asked = hasAnswers(request.body)
    const { texts } = typed(request.body, ['do'])
    const { texts: query } = typed(request.query, ['audience'])
    const here = asked ? { topic: sent.typed.topic } : { all: '1', ...(query.audience ? query : {}) }
    const way = wayOf(texts.do, { step: 'topic', query: here })
    if (way) {
      const before = draft?.topic ?? emptyTopic
      const topic = asked ? sent.typed : { ...before, topic: sent.typed.topic || before.topic }
      keepHere(reply, { ...draft, topic })
      return onward(app, request, reply, way)
    }
    const topic = topics.find(({ slug }) => slug === sent.typed.topic)
    const reading = readTopic(sent.typed, topics)
    const problems = [...sent.problems, ...reading.problems]
    if (!topic || sent.problems.some(({ field }) => field === 'topic'))
      return showList(request, reply.code(422), catalogue, query.audience, sent.typed.topic, problems)
    if (problems.length === 0) {
      keepHere(reply, { ...draft, topic: { ...sent.typed, audience: reading.value?.audience ?? '' } })
      return onward(app, request, reply, { step: 'when' })
    }
    // from the list a topic comes alone: who listens is asked on the next page
    if (!asked) return onward(app, request, reply, { step: 'topic', query: { topic: topic.slug } })
    return showTopic(request, reply.code(422), topic, audiences, sent.typed, problems)
  })
}

/** The page that asks who listens says so itself, so that an empty answer there is told apart from the list. */
const hasAnswers = (body: unknown): boolean => typeof body === 'object' && body !== null && 'asked' in body
