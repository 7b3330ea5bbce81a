import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { isUuid } from '../base/text.ts'
import { isDay, plusDays, wallOf } from '../base/time.ts'
import { findZone } from '../houses/zone-store.ts'
import { findNames } from '../matching/names-store.ts'
import { inOrder } from '../talks/inbox-pages.ts'
import { findWaiting } from '../talks/inbox-store.ts'
import { begin } from './actions.ts'
import { beginPage } from './begin-pages.ts'
import { draftRoutes } from './draft-routes.ts'
import { editRoutes } from './edit-routes.ts'
import { emptyForm, type PlanProblem, type PlanTyped, planFields, planLists, readPlan } from './form-rules.ts'
import { mostRequests } from './plan-rules.ts'
import { progressRoutes } from './progress-routes.ts'
import { findChosen, findPlans, findPostponed } from './store.ts'
import { startPlanner } from './work.ts'

const access = { config: { access: 'coordinator' } } as const

/** The planner: drafts of a term, made and looked at, changed by hand, and released. */
export const plannerRoutes: FastifyPluginAsyncTypebox = async app => {
  const { db, jobs, config } = app
  const planner = startPlanner({
    ...{ db, jobs, secret: config.secret, now: () => app.now() },
    onFault: error => app.log.error({ err: error, route: '/app/planner' }, 'a plan broke off'),
  })
  // before connections are waited for: a search ends with the best so far
  app.addHook('preClose', planner.stop)
  await app.register(progressRoutes)
  await app.register(draftRoutes, { planner })
  await app.register(editRoutes)

  app.get('/app/planner', access, async (request, reply) => {
    const given = await givenFor(request)
    return reply.page('planner/begin', beginPage(request.language, given, await wishedBy(request, given), []))
  })

  app.post('/app/planner', access, async (request, reply) => {
    const { houseId, accountId } = actorOf(request)
    const sent = typed(request.body, planFields, planLists, mostRequests + 1)
    const given = await givenFor(request)
    const known = {
      today: given.today,
      waiting: new Set(given.waiting.map(({ number }) => number)),
      speakers: new Set(given.speakers.keys()),
    }
    const { value, problems } = readPlan(sent, known)
    if (!value) return again(request, reply.code(422), given, sent, problems)
    const order = new Map(given.waiting.map(({ id }, at) => [id, at]))
    const chosen = await findChosen(app.db, houseId, value.numbers)
    const requestIds = chosen.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
    const { numbers, ...rest } = value
    if (requestIds.length < numbers.length)
      return again(request, reply.code(422), given, sent, [{ field: 'requests', code: 'gone' }])
    const holder = crypto.randomUUID()
    const plan = { ...rest, houseId, accountId, requestIds }
    const done = await begin(app.db, plan, holder, sentForm(request, app.now()))
    if ('refused' in done) return again(request, reply.code(409), given, sent, [], true)
    planner.start(done.location.split('/').at(-1) ?? '', holder)
    return reply.redirect(done.location, 303)
  })

  async function again(
    request: FastifyRequest,
    reply: FastifyReply,
    given: Awaited<ReturnType<typeof givenFor>>,
    sent: PlanTyped,
    problems: PlanProblem[],
    refused = false,
  ) {
    return reply.page('planner/begin', beginPage(request.language, given, sent, problems, refused))
  }

  async function givenFor(request: FastifyRequest) {
    const { houseId } = actorOf(request)
    const { language } = request
    const now = app.now()
    const zone = await findZone(app.db, houseId)
    const today = wallOf(now, zone).day
    const waiting = inOrder(await findWaiting(app.db, houseId, language), today)
    const { speakers } = await findNames(app.db, houseId, language)
    return { plans: await findPlans(app.db, houseId, language), waiting, speakers, zone, now, today }
  }

  /** What the way here has chosen: requests, what a closure has put off, somebody who is away; else all that waits. */
  async function wishedBy(request: FastifyRequest, given: Awaited<ReturnType<typeof givenFor>>): Promise<PlanTyped> {
    const { texts, lists } = typed(request.query, ['closure', 'speaker', 'from', 'to'], planLists, mostRequests)
    const all = given.waiting.map(({ number }) => number)
    const named = new Set(lists.requests)
    const { today, speakers } = given
    if (isUuid(texts.speaker) && speakers.has(texts.speaker)) {
      const from = isDay(texts.from) && texts.from >= today ? texts.from : today
      const to = isDay(texts.to) && texts.to >= from ? texts.to : plusDays(from, 6)
      return emptyForm(today, [], { speakerId: texts.speaker, from, to })
    }
    if (isUuid(texts.closure))
      return emptyForm(today, await findPostponed(app.db, actorOf(request).houseId, texts.closure))
    return emptyForm(today, named.size > 0 ? all.filter(number => named.has(String(number))) : all)
  }
}
