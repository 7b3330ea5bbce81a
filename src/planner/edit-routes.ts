import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { isUuid, numberOf } from '../base/text.ts'
import { turns } from '../base/turns.ts'
import { findNames } from '../matching/names-store.ts'
import { sayOf } from '../matching/pages.ts'
import { momentFrom, seated } from '../matching/seat-rules.ts'
import { chosenOf } from '../series/choice-rules.ts'
import { edit } from './actions.ts'
import { type Diary, diaryOf, withoutStanding, worldIn } from './diary-rules.ts'
import { judged, leftOver, waivedFor, waysBeside, withPinned } from './draft-rules.ts'
import { editPage, out } from './edit-pages.ts'
import type { Case } from './plan-rules.ts'
import { findLines, findPlan, type LineRow, type PlanRow } from './store.ts'
import { findCases } from './world-store.ts'

const one = {
  config: { access: 'coordinator' },
  schema: { params: Type.Object({ id: Type.String(), number: Type.String() }) },
} as const
type Found = { plan: PlanRow; line: LineRow; its: Case | undefined; diary: Diary }

/** One proposal of a draft, changed by hand. */
export const editRoutes: FastifyPluginAsyncTypebox = async app => {
  // the whole draft is put into the world: everybody else comes in between
  const inTurn = turns(2)

  app.get('/app/planner/:id/talks/:number', one, async (request, reply) => {
    const found = await inTurn(() => lineOf(request, request.params))
    return found ? show(request, reply, found) : reply.callNotFound()
  })

  app.post('/app/planner/:id/talks/:number', one, async (request, reply) => {
    const found = await inTurn(() => lineOf(request, request.params))
    if (!found) return reply.callNotFound()
    const { plan, line, its, diary } = found
    const { way: picked } = typed(request.body, ['way']).texts
    const me = actorOf(request)
    const form = sentForm(request, app.now())
    if (picked === out)
      return answer(reply, plan, await edit(app.db, me, plan.id, leftOver(line.request_id, [], false), true, form))
    const choice = chosenOf(0, picked)
    if (!choice || !its) return show(request, reply.code(422), found, { picked, nothing: true })
    const world = worldIn(diary, its)
    const moment = momentFrom(world, its.request, choice.startsAt)
    const said = judged(diary, its, moment, seated(world, choice.speakers), waivedFor(its))
    if ('refusals' in said) return show(request, reply.code(409), found, { picked, refusals: said.refusals })
    return answer(reply, plan, await edit(app.db, me, plan.id, said.line, false, form))
  })

  function answer(reply: FastifyReply, plan: PlanRow, done: Awaited<ReturnType<typeof edit>>) {
    if ('refused' in done && done.refused === 'missing') return reply.callNotFound()
    return reply.redirect(`/app/planner/${plan.id}`, 303)
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { plan, line, its, diary }: Found,
    again?: Parameters<typeof editPage>[5],
  ) {
    const { language } = request
    const say = sayOf(language, await findNames(app.db, actorOf(request).houseId, language))
    const range = { from: plan.from_on, to: plan.to_on }
    const ways = its ? waysBeside(diary, its, line.moment && { moment: line.moment, team: line.team }, range) : []
    return reply.page('planner/edit', editPage(language, plan, line, ways, say, again))
  }

  /** The line with the world that all the other lines of the draft leave to it. */
  async function lineOf(request: FastifyRequest, { id, number }: { id: string; number: string }) {
    const { houseId } = actorOf(request)
    const plan = isUuid(id) ? await findPlan(app.db, houseId, id) : undefined
    if (!plan || (plan.state !== 'done' && plan.state !== 'stopped')) return
    const lines = await findLines(app.db, plan.id, request.language)
    const line = lines.find(each => each.number === numberOf(number))
    if (!line) return
    const requestIds = lines.filter(({ talk_id }) => talk_id === null).map(({ request_id }) => request_id)
    const talks = lines.some(({ talk_id }) => talk_id !== null)
    const range = { from: plan.from_on, to: plan.to_on }
    const cases = await findCases(app.db, houseId, { requestIds, talks, range }, app.now())
    const byId = new Map(cases.map(its => [its.requestId, its]))
    const others = lines.filter(each => each !== line && !each.excluded && each.kind !== 'unplaced')
    const pinned = others.map(({ request_id, moment, team }) => ({ requestId: request_id, moment, team }))
    const its = byId.get(line.request_id)
    const diary = withPinned(diaryOf(cases, plan.away, plan.leftOut), byId, pinned)
    return { plan, line, its, diary: its ? withoutStanding(diary, its) : diary }
  }
}
