import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { eta } from '../base/http/pages.ts'
import { typed } from '../base/http/typed.ts'
import { fold } from '../base/i18n/fold.ts'
import { allowed } from '../base/limits.ts'
import { searchHosts } from '../hosts/store.ts'
import { emptyHost } from './draft-pages.ts'
import { resolveDraft } from './draft-store.ts'
import { longestKept } from './when-step.ts'
import { hostsPart } from './where-pages.ts'

/** The places that fit what is being typed, as the part of the page that lists them: for the script of the second step. */
export const hostsRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/request/hosts', { config: { access: 'static' } }, async (request, reply) => {
    const { texts } = typed(request.query, ['q', 'audience'])
    const may = await allowed(app.db, app.config.secret, 'host-search-ip', request.ip, app.now())
    if (!('ok' in may))
      return reply.code(429).header('retry-after', String(may.retryAfterSeconds)).type('text/plain').send('429\n')
    const { house } = request
    const q = texts.q.slice(0, longestKept)
    if (!house || fold(q).length < 2) return reply.code(204).send()
    const resolved = await resolveDraft(app.db, house, {})
    const audience = resolved.audiences.find(({ slug }) => slug === texts.audience)
    const hits = await searchHosts(app.db, house.id, q, { open: true, typing: true })
    const part = hostsPart(request.language, resolved, audience, { ...emptyHost, q }, hits, {})
    return reply.type('text/html; charset=utf-8').send(eta.render('/parts/host-choices', part))
  })
}
