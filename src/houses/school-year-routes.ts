import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { findAnswer } from '../base/db/once.ts'
import { Type } from '../base/http/schema.ts'
import { answerSent, sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { dropSchoolYear, keepSchoolYear } from './school-year-actions.ts'
import { breakNames, schoolYearPage, schoolYearTexts } from './school-year-pages.ts'
import { readSchoolYear, schoolYearFields } from './school-year-rules.ts'
import { findSchoolYear } from './school-year-store.ts'

const access = { config: { access: 'administrator' } } as const
const one = { ...access, schema: { params: Type.Object({ id: Type.String() }) } }
const base = '/app/calendar/years'

/** School years come by an order for the whole country: an administrator keeps them. */
export const schoolYearRoutes: FastifyPluginAsyncTypebox = async app => {
  const rowOf = async (id: string) => (/^\d{4}-\d{2}$/.test(id) ? findSchoolYear(app.db, id) : undefined)

  app.get(`${base}/new`, access, async (request, reply) =>
    reply.page('houses/school-year', schoolYearPage(request.language, undefined, typed({}, schoolYearFields).texts)),
  )
  app.post(`${base}/new`, access, async (request, reply) => save(request, reply, undefined))

  app.get(`${base}/:id`, one, async (request, reply) => {
    const row = await rowOf(request.params.id)
    if (!row) return reply.callNotFound()
    return reply.page('houses/school-year', schoolYearPage(request.language, row.id, schoolYearTexts(row)))
  })
  app.post(`${base}/:id`, one, async (request, reply) => {
    const row = await rowOf(request.params.id)
    if (row) return save(request, reply, row.id)
    const first = await findAnswer(app.db, sentForm(request, app.now()))
    return first ? reply.redirect(first.location, 303) : reply.callNotFound()
  })
  app.post(`${base}/:id/removal`, one, async (request, reply) => {
    const { id } = request.params
    if (!/^\d{4}-\d{2}$/.test(id)) return reply.callNotFound()
    const done = await dropSchoolYear(app.db, sentForm(request, app.now()), actorOf(request), id)
    return 'location' in done ? reply.redirect(done.location, 303) : reply.callNotFound()
  })

  async function save(request: FastifyRequest, reply: FastifyReply, id: string | undefined) {
    const sent = typed(request.body, schoolYearFields)
    const { value, problems } = readSchoolYear(sent)
    const done = value
      ? await keepSchoolYear(app.db, sentForm(request, app.now()), actorOf(request), id, value, breakNames)
      : { refused: problems }
    return answerSent(reply, done, again =>
      reply.page('houses/school-year', schoolYearPage(request.language, id, sent.texts, again)),
    )
  }
}
