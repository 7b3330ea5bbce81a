import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { actorOf } from '../base/auth.ts'
import { sentForm } from '../base/http/sent.ts'
import { isUuid } from '../base/text.ts'
import { countInvitations } from '../speakers/store.ts'
import { joinHouse } from './houses-actions.ts'
import { housesPage } from './houses-pages.ts'
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

  async function show(request: FastifyRequest, reply: FastifyReply, overlapping?: string) {
    const { language } = request
    const { speakerId } = actorOf(request)
    if (!speakerId) return reply.callNotFound()
    return reply.page('speakers/houses', {
      ...housesPage(
        language,
        await findHouses(app.db, speakerId, language),
        overlapping === undefined ? undefined : await findOverlaps(app.db, speakerId, overlapping, language),
      ),
      invitations: await countInvitations(app.db, speakerId, app.now()),
    })
  }
}
