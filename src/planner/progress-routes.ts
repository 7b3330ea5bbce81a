import { PassThrough } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { isUuid } from '../base/text.ts'
import { movingSaid } from './progress-pages.ts'
import { findPlan } from './store.ts'

// a connection that is silent for a quarter of a minute is closed
const [everyMs, heartbeats, longest, most] = [1000, 5, 900, 40]

/** How far a plan is, second by second, until it is over (server-sent events). */
export const progressRoutes: FastifyPluginAsyncTypebox = async app => {
  const open = new Set<PassThrough>()
  // a connection that stays open would hold up the end of the process
  app.addHook('preClose', async () => {
    for (const stream of open) stream.end()
  })

  app.get(
    '/app/planner/:id/progress',
    { config: { access: 'coordinator' }, schema: { params: Type.Object({ id: Type.String() }) } },
    async (request, reply) => {
      const { houseId } = actorOf(request)
      const { language } = request
      const { id } = request.params
      const plan = isUuid(id) ? await findPlan(app.db, houseId, id) : undefined
      if (!plan) return reply.callNotFound()
      if (open.size >= most) return reply.away(5)
      const stream = new PassThrough()
      open.add(stream)
      let [ticks, last]: [number, string] = [0, '']
      const tell = async (now: typeof plan | undefined) => {
        if (!now || (now.state !== 'running' && now.state !== 'releasing')) {
          stream.end('event: over\ndata: {}\n\n')
          return
        }
        const said = JSON.stringify(movingSaid(language, now))
        if (said !== last) stream.write(`data: ${said}\n\n`)
        else if (ticks % heartbeats === 0) stream.write(': still here\n\n')
        last = said
        if (ticks++ > longest) stream.end()
      }
      let asking = false
      const timer = setInterval(async () => {
        if (asking) return
        asking = true
        try {
          await tell(await findPlan(app.db, houseId, id))
        } catch {
          stream.end()
        } finally {
          asking = false
        }
      }, everyMs)
      const over = () => {
        clearInterval(timer)
        open.delete(stream)
      }
      stream.once('finish', over)
      stream.once('close', over)
      reply.raw.once('close', () => stream.destroy())
      await tell(plan)
      return reply
        .type('text/event-stream; charset=utf-8')
        .header('cache-control', 'no-store, no-transform')
        .header('x-accel-buffering', 'no')
        .send(stream)
    },
  )
}
