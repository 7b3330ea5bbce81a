import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { isUuid } from '../base/text.ts'
import { findNames } from '../matching/names-store.ts'
import { sayOf } from '../matching/pages.ts'
import { drop, mark, type Refused, release, takeBack } from './actions.ts'
import { findBooked } from './booked-store.ts'
import { draftPage } from './draft-pages.ts'
import { markLists, marksOf } from './form-rules.ts'
import { findLines } from './line-store.ts'
import { mostRequests } from './plan-rules.ts'
import { progressPage } from './progress-pages.ts'
import { releasedPage } from './released-pages.ts'
import { askToStop, findPlan, type PlanRow } from './store.ts'
import { words } from './words.ts'
import type { Planner } from './work.ts'

const one = { config: { access: 'coordinator' }, schema: { params: Type.Object({ id: Type.String() }) } } as const
type OfPlan = FastifyRequest<{ Params: { id: string } }>

/** One plan: at work, as a draft, and when it is released; and what a coordinator does with it. */
export const draftRoutes: FastifyPluginAsyncTypebox<{ planner: Planner }> = async (app, { planner }) => {
  app.get('/app/planner/:id', one, async (request, reply) => {
    const plan = await planOf(request)
    return plan ? show(request, reply, plan) : reply.callNotFound()
  })

  // three marks a line, and a House may plan hundreds
  const marking = { ...one, bodyLimit: 262_144 }
  for (const part of ['marks', 'search'] as const)
    app.post(`/app/planner/:id/${part}`, marking, async (request, reply) => {
      const me = actorOf(request)
      const { id } = request.params
      if (!isUuid(id)) return reply.callNotFound()
      const { lists } = typed(request.body, [], markLists, 2 * mostRequests)
      const { speakers } = await findNames(app.db, me.houseId, request.language)
      const marks = marksOf(lists, new Set(speakers.keys()))
      const holder = part === 'search' ? crypto.randomUUID() : undefined
      const done = await mark(app.db, me, id, marks, holder, sentForm(request, app.now()))
      if ('location' in done && holder) planner.start(id, holder)
      return answer(request, reply, done)
    })

  app.post('/app/planner/:id/stop', one, async (request, reply) => {
    const plan = await planOf(request)
    if (!plan) return reply.callNotFound()
    await askToStop(app.db, plan.house_id, plan.id)
    return reply.redirect(`/app/planner/${plan.id}`, 303)
  })

  for (const [part, act] of Object.entries({ release, 'taking-back': takeBack }))
    app.post(`/app/planner/:id/${part}`, one, async (request, reply) => {
      const { id } = request.params
      if (!isUuid(id)) return reply.callNotFound()
      const holder = crypto.randomUUID()
      const done = await act(app.db, actorOf(request), id, holder, sentForm(request, app.now()))
      // only the first press has given the plan to this holder
      if ('location' in done) planner.start(id, holder)
      return answer(request, reply, done)
    })

  app.post('/app/planner/:id/removal', one, async (request, reply) => {
    const { id } = request.params
    if (!isUuid(id)) return reply.callNotFound()
    return answer(request, reply, await drop(app.db, actorOf(request), id, sentForm(request, app.now())))
  })

  /** Done, not there, or somebody else was faster: then the plan as it is by now. */
  async function answer(request: OfPlan, reply: FastifyReply, done: { location: string } | Refused) {
    if ('location' in done) return reply.redirect(done.location, 303)
    const plan = done.refused === 'missing' ? undefined : await planOf(request)
    return plan ? show(request, reply.code(409), plan, true) : reply.callNotFound()
  }

  async function show(request: OfPlan, reply: FastifyReply, plan: PlanRow, refused = false) {
    const { language } = request
    const { houseId } = actorOf(request)
    if (plan.state === 'running' || plan.state === 'releasing')
      return reply.page('planner/progress', progressPage(language, plan, app.now(), refused))
    const names = await findNames(app.db, houseId, language)
    const say = sayOf(language, names)
    const lines = await findLines(app.db, plan.id, language)
    if (plan.state === 'released') {
      const back = { now: app.now(), refused }
      return reply.page('planner/released', releasedPage(language, plan, lines, say, back))
    }
    const range = { from: plan.from_on, to: plan.to_on }
    const together = typed(request.query, ['booked']).texts.booked === '1'
    const booked = together ? await findBooked(app.db, houseId, range, language) : undefined
    const given = { lines, booked, speakers: names.speakers, say }
    return reply.page('planner/draft', draftPage(language, plan, given, refused ? words[language].atWork : ''))
  }

  const planOf = async (request: OfPlan) =>
    isUuid(request.params.id) ? findPlan(app.db, actorOf(request).houseId, request.params.id) : undefined
}
