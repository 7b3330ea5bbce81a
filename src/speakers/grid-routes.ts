import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { weeklyOf } from './busy-store.ts'
import { paintOwnWeek } from './grid-actions.ts'
import { gridPart } from './grid-pages.ts'
import { type Grid, gridAsked, gridOf, gridSent, mostCells } from './grid-rules.ts'
import { hoursFrom } from './grid-store.ts'
import { words } from './grid-words.ts'
import { countInvitations } from './store.ts'

const speaker = { config: { access: 'speaker' } } as const

/** The week of a speaker, painted by themself. */
export const ownGridRoutes: FastifyPluginAsyncTypebox = async app => {
  const show = async (request: FastifyRequest, reply: FastifyReply, speakerId: string, grid: Grid, wrong = false) => {
    const { language } = request
    const say = words[language]
    return reply.page('speakers/my-grid', {
      title: say.own,
      invitations: await countInvitations(app.db, speakerId, app.now()),
      grid: gridPart(language, '/me/busy/week', grid, wrong),
      errors: wrong ? [{ href: '#week', text: say.none }] : [],
    })
  }

  app.get('/me/busy/week', speaker, async (request, reply) => {
    const { speakerId } = actorOf(request)
    if (!speakerId) return reply.callNotFound()
    const kept = gridOf(hoursFrom(await weeklyOf(app.db, speakerId)))
    return show(request, reply, speakerId, gridAsked(typed(request.query, ['paint']).texts.paint, kept))
  })

  app.post('/me/busy/week', speaker, async (request, reply) => {
    const { speakerId, accountId, houseId } = actorOf(request)
    if (!speakerId) return reply.callNotFound()
    const { texts, lists } = typed(request.body, ['outside'], ['cell'], mostCells)
    const grid = gridSent({ outside: texts.outside, cells: lists.cell })
    const done = await paintOwnWeek(app.db, sentForm(request, app.now()), { speakerId, accountId, houseId }, grid)
    if ('refused' in done) return show(request, reply.code(422), speakerId, grid, true)
    return reply.redirect(done.location, 303)
  })
}
