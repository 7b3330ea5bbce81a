import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { answerSent, sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import type { Language } from '../base/i18n/language.ts'
import { isUuid } from '../base/text.ts'
import { regionsIn, zonesIn } from '../houses/founding-store.ts'
import { foundAnother } from './house-actions.ts'
import { housePage } from './house-pages.ts'
import { houseFields, readHouse } from './house-rules.ts'
import { landing } from './rules.ts'
import { goToHouse } from './session-actions.ts'

const access = { config: { access: 'administrator' } } as const
const one = { ...access, schema: { params: Type.Object({ id: Type.String({ maxLength: 100 }) }) } }
const usual = { opens_at: '09:00', closes_at: '18:00', language: 'kk' }

/** One more House of an installation, and the way of its administrator from one to the other. */
export const houseAddRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/admin/houses/new', access, async (request, reply) => {
    const { texts } = typed(usual, houseFields)
    return reply.page('accounts/house', housePage(request.language, await knownIn(request.language), texts))
  })

  app.post('/admin/houses/new', access, async (request, reply) => {
    const known = await knownIn(request.language)
    const sent = typed(request.body, houseFields)
    const { value, problems } = readHouse(sent, { ...known, regions: known.regions.map(({ kato }) => kato) })
    const done = value
      ? await foundAnother(app.db, app.jobs, sentForm(request, app.now()), actorOf(request).accountId, value)
      : { refused: problems }
    return answerSent(reply, done, again =>
      reply.page('accounts/house', housePage(request.language, known, sent.texts, again)),
    )
  })

  app.post('/admin/houses/:id/entry', one, async (request, reply) => {
    const { id } = request.params
    const role = isUuid(id) ? await goToHouse(app.db, actorOf(request), id, app.now()) : undefined
    return role ? reply.redirect(landing[role], 303) : reply.callNotFound()
  })

  const knownIn = async (language: Language) => ({
    regions: await regionsIn(app.db, language),
    zones: await zonesIn(app.db),
  })
}
