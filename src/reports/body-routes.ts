import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { languages, type Said } from '../base/i18n/language.ts'
import { isUuid } from '../base/text.ts'
import { findBodies } from '../talks/reporter-store.ts'
import { addBody, sayReporters, turnBody } from './body-actions.ts'
import { bodiesPage, reportersPage } from './body-pages.ts'
import { bodyNameOf } from './body-rules.ts'
import { findReported } from './body-store.ts'
import { words } from './coverage-words.ts'

const access = { access: 'coordinator' } as const
const One = Type.Object({ id: Type.String({ maxLength: 60 }) })
const empty: Said = { kk: '', ru: '', en: '' }

/** Who else reports talks of the House: the list of bodies, and the ticks of one talk. */
export const bodyRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/reports/bodies', { config: access }, async (request, reply) => show(request, reply, empty, ''))

  app.post('/app/reports/bodies', { config: access }, async (request, reply) => {
    const { texts } = typed(request.body, languages)
    const name = bodyNameOf(texts)
    const say = words[request.language].bodies
    if (!name) return show(request, reply.code(422), texts, say.wrong)
    const done = await addBody(app.db, actorOf(request).houseId, name, sentForm(request, app.now()))
    return 'location' in done ? reply.redirect(done.location, 303) : show(request, reply.code(422), texts, say.twice)
  })

  app.post('/app/reports/bodies/:id', { config: access, schema: { params: One } }, async (request, reply) => {
    const { id } = request.params
    if (!isUuid(id)) return reply.callNotFound()
    const gone = typed(request.body, ['gone']).texts.gone === '1'
    const done = await turnBody(app.db, actorOf(request).houseId, { id, gone }, sentForm(request, app.now()))
    if ('location' in done) return reply.redirect(done.location, 303)
    return done.refused === 'missing'
      ? reply.callNotFound()
      : show(request, reply.code(422), empty, words[request.language].bodies.twice)
  })

  app.get('/app/talks/:id/reporters', { config: access, schema: { params: One } }, async (request, reply) => {
    const { id } = request.params
    const { houseId } = actorOf(request)
    const talk = isUuid(id) ? await findReported(app.db, houseId, id) : undefined
    if (!talk) return reply.callNotFound()
    return reply.page('reports/reporters', reportersPage(request.language, talk, await findBodies(app.db, houseId)))
  })

  app.post('/app/talks/:id/reporters', { config: access, schema: { params: One } }, async (request, reply) => {
    const { id } = request.params
    const bodies = typed(request.body, [], ['body']).lists.body
    if (!isUuid(id) || !bodies.every(isUuid)) return reply.callNotFound()
    const form = sentForm(request, app.now())
    const done = await sayReporters(app.db, actorOf(request), { talkId: id, bodies }, form, app.now())
    return 'location' in done ? reply.redirect(done.location, 303) : reply.callNotFound()
  })

  async function show(request: FastifyRequest, reply: FastifyReply, name: Said, error: string) {
    const bodies = await findBodies(app.db, actorOf(request).houseId)
    const done = typed(request.query, ['done']).texts.done === '1'
    return reply.page('reports/bodies', bodiesPage(request.language, bodies, { name, error, done }))
  }
}
