import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { actorOf } from '../base/auth.ts'
import { answerSent, sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { keepTravel } from './travel-actions.ts'
import { travelPage, travelTexts } from './travel-pages.ts'
import { isTransport, readTravel, travelFields } from './travel-rules.ts'
import { findOwnDistricts, findTravelTable } from './travel-store.ts'

/** How long the ways through the city take: by a table that coordinators know better, else by distance. */
export const travelRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/travel', { config: { access: 'coordinator' } }, async (request, reply) => {
    const { houseId } = actorOf(request)
    const { transport } = typed(request.query, ['transport']).texts
    const shown = isTransport(transport) ? transport : 'transit'
    const districts = await findOwnDistricts(app.db, houseId)
    const travel = await findTravelTable(app.db, houseId, districts)
    return reply.page(
      'houses/travel',
      travelPage(request.language, districts, travel, shown, travelTexts(travel, shown)),
    )
  })

  app.post('/app/travel', { config: { access: 'coordinator' } }, async (request, reply) => {
    const { houseId, accountId } = actorOf(request)
    const districts = await findOwnDistricts(app.db, houseId)
    const codes = districts.map(({ kato }) => kato)
    const sent = typed(request.body, travelFields(codes))
    const { value, problems } = readTravel(sent, codes)
    const done = value
      ? await keepTravel(app.db, sentForm(request, app.now()), { houseId, accountId }, codes, value)
      : { refused: problems }
    return answerSent(reply, done, async again => {
      const { transport = '' } = sent.texts
      const travel = await findTravelTable(app.db, houseId, districts)
      return reply.page(
        'houses/travel',
        travelPage(
          request.language,
          districts,
          travel,
          isTransport(transport) ? transport : 'transit',
          sent.texts,
          again,
        ),
      )
    })
  })
}
