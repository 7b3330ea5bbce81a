import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { findAnswer } from '../base/db/once.ts'
import { Type } from '../base/http/schema.ts'
import { answerSent, sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { isDay } from '../base/time.ts'
import { dropSwap, keepSwap } from './calendar-actions.ts'
import { swapPage, swapTexts } from './calendar-form-pages.ts'
import { readSwap, swapFields } from './calendar-rules.ts'
import { findDays, type SwapRow } from './calendar-store.ts'
import type { Problem } from './field-rules.ts'

const access = { config: { access: 'administrator' } } as const
const one = { ...access, schema: { params: Type.Object({ off: Type.String() }) } }
const base = '/app/calendar/swaps'

/** Swapped days come by an order for the whole country: an administrator keeps them. */
export const swapRoutes: FastifyPluginAsyncTypebox = async app => {
  const rowOf = async (off: string) => (await findDays(app.db)).swaps.find(row => row.off_on === off)

  app.get(`${base}/new`, access, async (request, reply) => show(request, reply, undefined, typed({}, swapFields).texts))
  app.post(`${base}/new`, access, async (request, reply) => save(request, reply, undefined))

  app.get(`${base}/:off`, one, async (request, reply) => {
    const row = await rowOf(request.params.off)
    return row ? show(request, reply, row, swapTexts(row)) : reply.callNotFound()
  })
  app.post(`${base}/:off`, one, async (request, reply) => {
    const row = await rowOf(request.params.off)
    if (row) return save(request, reply, row)
    const first = await findAnswer(app.db, sentForm(request, app.now()))
    return first ? reply.redirect(first.location, 303) : reply.callNotFound()
  })
  app.post(`${base}/:off/removal`, one, async (request, reply) => {
    const { off } = request.params
    if (!isDay(off)) return reply.callNotFound()
    const done = await dropSwap(app.db, sentForm(request, app.now()), actorOf(request), off)
    return 'location' in done ? reply.redirect(done.location, 303) : reply.callNotFound()
  })

  async function save(request: FastifyRequest, reply: FastifyReply, row: SwapRow | undefined) {
    const sent = typed(request.body, swapFields)
    const { value, problems } = readSwap(sent)
    const done = value
      ? await keepSwap(app.db, sentForm(request, app.now()), actorOf(request), row?.off_on, value)
      : { refused: problems }
    return answerSent(reply, done, again => show(request, reply, row, sent.texts, again))
  }
}

function show(
  request: FastifyRequest,
  reply: FastifyReply,
  row: SwapRow | undefined,
  texts: Record<string, string>,
  problems: Problem[] = [],
) {
  const action = row ? `${base}/${row.off_on}` : `${base}/new`
  return reply.page('houses/calendar-swap', swapPage(request.language, { texts, lists: {}, problems }, action, !row))
}
