import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { isUuid } from '../base/text.ts'
import { countInvitations } from '../speakers/store.ts'
import { wishesOf } from '../speakers/wish-rules.ts'
import { joinHouse, limitHouse } from './houses-actions.ts'
import { housesPage, type LimitsTyped } from './houses-pages.ts'
import { findHouses, findOverlaps } from './houses-store.ts'

const one = { config: { access: 'speaker' }, schema: { params: Type.Object({ id: Type.String() }) } } as const

/** In which Houses a person speaks, as the person says it: only they join the rows that Houses keep of them. */
export const housesRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/me/houses', { config: { access: 'speaker' } }, async (request, reply) => show(request, reply))
  for (const [act, join] of [
    ['joining', true],
    ['parting', false],
  ] as const) {
    // a language link or a reload after a refused form comes here
    app.get(`/me/houses/:id/${act}`, one, async (_, reply) => reply.redirect('/me/houses', 303))
    app.post(`/me/houses/:id/${act}`, one, async (request, reply) => {
      const { id } = request.params
      const { accountId, houseId, speakerId } = actorOf(request)
      if (!speakerId || !isUuid(id)) return reply.callNotFound()
      const me = { accountId, houseId, speakerId }
      const done = await joinHouse(app.db, sentForm(request, app.now()), me, id, join)
      if ('location' in done) return reply.redirect(done.location, 303)
      return done.refused === 'missing' ? reply.callNotFound() : show(request, reply.code(409), id)
    })
  }

  app.get('/me/houses/:id/limits', one, async (_, reply) => reply.redirect('/me/houses', 303))
  app.post('/me/houses/:id/limits', one, async (request, reply) => {
    const { id } = request.params
    const { accountId, houseId, speakerId } = actorOf(request)
    if (!speakerId || !isUuid(id)) return reply.callNotFound()
    const { texts } = typed(request.body, ['day', 'week', 'month'])
    const wished = wishesOf(texts)
    if ('mistakes' in wished) {
      const mistakes = (['day', 'week', 'month'] as const).filter(field => wished.mistakes.includes(field))
      return show(request, reply.code(422), undefined, { of: id, fields: texts, mistakes })
    }
    const me = { accountId, houseId, speakerId }
    const done = await limitHouse(app.db, sentForm(request, app.now()), me, id, wished.limits)
    return 'location' in done ? reply.redirect(done.location, 303) : reply.callNotFound()
  })

  async function show(request: FastifyRequest, reply: FastifyReply, overlapping?: string, limits?: LimitsTyped) {
    const { language } = request
    const { speakerId } = actorOf(request)
    if (!speakerId) return reply.callNotFound()
    return reply.page('speakers/houses', {
      ...housesPage(
        language,
        await findHouses(app.db, speakerId, language),
        overlapping === undefined ? undefined : await findOverlaps(app.db, speakerId, overlapping, language),
        limits,
      ),
      invitations: await countInvitations(app.db, speakerId, app.now()),
    })
  }
}
