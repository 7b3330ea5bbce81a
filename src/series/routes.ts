import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { isUuid, numberOf } from '../base/text.ts'
import { wallOf } from '../base/time.ts'
import { findNames } from '../matching/names-store.ts'
import { sayOf } from '../matching/pages.ts'
import { findRequestHead } from '../matching/request-store.ts'
import { findAsked } from '../matching/store.ts'
import { classNames } from '../requests/class-rules.ts'
import { findTopics } from '../topics/store.ts'
import { seriesForm } from './form-pages.ts'
import { readSeries, type SeriesProblem, seriesFields, type TypedSeries } from './form-rules.ts'
import { makeSeries } from './making-actions.ts'
import { seriesPage } from './pages.ts'
import { seriesKindOf } from './rules.ts'
import { findDates, findSeries } from './store.ts'
import { words } from './words.ts'

const access = { access: 'coordinator' } as const
const ofRequest = { config: access, schema: { params: Type.Object({ number: Type.String() }) } }
const ofSeries = { config: access, schema: { params: Type.Object({ id: Type.String() }) } }

/** A request is made into a series, and the series is shown. */
export const seriesRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/requests/:number/series', ofRequest, async (request, reply) => {
    const known = await knownOf(request, request.params.number)
    if (!known) return reply.callNotFound()
    const { texts } = typed(request.query, ['kind'])
    return reply.page('series/new', form(request, known, { kind: texts.kind, ...suggested(known) }, []))
  })

  app.post('/app/requests/:number/series', ofRequest, async (request, reply) => {
    const known = await knownOf(request, request.params.number)
    if (!known) return reply.callNotFound()
    const { texts } = typed(request.body, seriesFields)
    const now = app.now()
    const { value, problems } = readSeries(texts, {
      today: wallOf(now, known.head.zone).day,
      topics: known.topics.map(({ id }) => id),
    })
    if (!value) return reply.code(422).page('series/new', form(request, known, texts, problems))
    const making = { actor: actorOf(request), requestNumber: known.head.number, series: value }
    const done = await makeSeries(app.db, app.config.secret, making, sentForm(request, now), now)
    if ('location' in done) return reply.redirect(done.location, 303)
    if (done.refused === 'missing') return reply.callNotFound()
    return refused(request, reply, known, texts, words[request.language].refused[done.refused])
  })

  app.get('/app/series/:id', ofSeries, async (request, reply) => {
    const { houseId } = actorOf(request)
    const { language } = request
    const { id } = request.params
    const series = isUuid(id) ? await findSeries(app.db, houseId, id) : undefined
    if (!series) return reply.callNotFound()
    const say = sayOf(language, await findNames(app.db, houseId, language))
    return reply.page('series/show', seriesPage(language, series, await findDates(app.db, series.id, language), say))
  })

  type Known = NonNullable<Awaited<ReturnType<typeof knownOf>>>

  async function knownOf(request: FastifyRequest, text: string) {
    const { houseId } = actorOf(request)
    const number = numberOf(text)
    const head = number === undefined ? undefined : await findRequestHead(app.db, houseId, number, request.language)
    const asked = head && (await findAsked(app.db, houseId, { id: head.id }))
    if (!head || !asked) return
    const topics = (await findTopics(app.db, houseId)).filter(({ audiences }) => audiences.includes(head.audience))
    return { head, asked, topics: topics.map(({ id, title }) => ({ id, title: title[request.language] })) }
  }

  const form = (request: FastifyRequest, known: Known, texts: TypedSeries, problems: SeriesProblem[]) =>
    seriesForm(request.language, known.head, seriesKindOf(texts['kind'] ?? '') ?? 'day', texts, known.topics, problems)

  /** What the request says already stands in the form. */
  function suggested({ head, asked }: Known): TypedSeries {
    const [wish] = asked.request.windows
    return {
      name: head.topic,
      first: wish?.from ?? '',
      weeks: '',
      every: '1',
      ...classesAsked(head),
      'topic-1': asked.topicId,
    }
  }

  /** A line for each of the parallel classes that were asked for, else one with the grade. */
  function classesAsked({ class_count: count, class_names: names, grades, heads }: Known['head']): TypedSeries {
    const classes = count > 1 ? classNames({ count, names }, grades) : [grades.length === 1 ? String(grades[0]) : '']
    return Object.fromEntries(
      classes.flatMap((name, at) => [
        [`class-${at + 1}`, name],
        [`heads-${at + 1}`, String(heads)],
      ]),
    )
  }

  /** 409: the request became something else meanwhile; what was typed is still there. */
  function refused(request: FastifyRequest, reply: FastifyReply, known: Known, texts: TypedSeries, why: string) {
    const page = form(request, known, texts, [])
    return reply.code(409).page('series/new', { ...page, errors: [{ href: '#name', text: why }] })
  }
}
