import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { answerSent, sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { isUuid } from '../base/text.ts'
import { keepPolicy } from './policy-actions.ts'
import { houseLines, policyPage, policyTexts } from './policy-pages.ts'
import { policyFields, readPolicy } from './policy-rules.ts'
import { findPolicy, housesOf } from './policy-store.ts'
import { words } from './policy-words.ts'

const access = { config: { access: 'administrator' } } as const
const one = { ...access, schema: { params: Type.Object({ id: Type.String({ maxLength: 100 }) }) } }

/** The Houses of an administrator, and how each works. */
export const policyRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/admin/houses', access, async (request, reply) => {
    const { language } = request
    const { accountId, houseId } = actorOf(request)
    const rows = await housesOf(app.db, accountId, language)
    return reply.page('houses/list', {
      title: words[language].title,
      say: words[language],
      houses: houseLines(rows, houseId),
    })
  })

  app.get('/admin/houses/:id', one, async (request, reply) => {
    const { id } = request.params
    const row = isUuid(id) ? await findPolicy(app.db, actorOf(request).accountId, id) : undefined
    return row ? reply.page('houses/policy', policyPage(request.language, id, policyTexts(row))) : reply.callNotFound()
  })

  app.post('/admin/houses/:id', one, async (request, reply) => {
    const { id } = request.params
    const { accountId } = actorOf(request)
    if (!isUuid(id) || !(await findPolicy(app.db, accountId, id))) return reply.callNotFound()
    const { texts, repeated } = typed(request.body, policyFields)
    const { value, problems } = readPolicy(texts, repeated)
    const done = value
      ? await keepPolicy(app.db, sentForm(request, app.now()), accountId, id, value)
      : { refused: problems }
    return answerSent(reply, done, again => reply.page('houses/policy', policyPage(request.language, id, texts, again)))
  })
}
