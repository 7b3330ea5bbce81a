import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { actorOf } from '../base/auth.ts'
import { transact } from '../base/db/transact.ts'
import { isUuid } from '../base/text.ts'
import { findPublicHouse } from '../houses/public-store.ts'
import { linesSaid } from './pages.ts'
import { findLines, markChecked } from './store.ts'
import { words } from './words.ts'

const inAlmaty = 'Asia/Almaty'

export const supportRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/:l(^(?:kk|ru|en)$)/help', { config: { access: 'open' } }, async (request, reply) => {
    const { language } = request
    const now = app.now()
    const house = await findPublicHouse(app.db, now)
    const lines = await findLines(app.db, language, house?.id)
    return reply.page('support/help', {
      title: words[language].title,
      say: words[language],
      lines: linesSaid(language, lines, house?.zone ?? inAlmaty, now),
    })
  })

  app.get('/app/support', { config: { access: 'viewer' } }, async (request, reply) => {
    const { language } = request
    const { houseId, role } = actorOf(request)
    const lines = await findLines(app.db, language, houseId)
    return reply.page('support/staff', {
      title: words[language].directory,
      here: 'support',
      say: words[language],
      lines: linesSaid(language, lines, inAlmaty, app.now()),
      mayCheck: role !== 'viewer',
    })
  })

  app.post(
    '/app/support/:id/check',
    { config: { access: 'coordinator' }, schema: { params: Type.Object({ id: Type.String() }) } },
    async (request, reply) => {
      const { houseId, accountId } = actorOf(request)
      const { id } = request.params
      const found = isUuid(id) && (await transact(app.db, trx => markChecked(trx, id, houseId, accountId, app.now())))
      return found ? reply.redirect('/app/support', 303) : reply.callNotFound()
    },
  )
}
