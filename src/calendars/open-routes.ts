import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { openCalendar, openDays } from '../requests/open-talks-pages.ts'
import { findOpenTalks } from '../requests/open-talks-store.ts'
import { words } from '../requests/open-talks-words.ts'
import type {} from './open-pages.ts'
import { waysTo } from './subscription-pages.ts'

const talksShown = 40

/** The open calendar of the House as a page: what programs subscribe to at `/public/:house.ics`. */
export const openCalendarRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/calendar', { config: { access: 'open' } }, async (request, reply) => {
    const { language, house, home } = request
    if (!house) return reply.callNotFound()
    const talks = await findOpenTalks(app.db, house.id, house.today)
    const { https } = openCalendar(app.config.publicUrl, house.slug, language)
    const { qr, ...ways } = waysTo(https, '')
    return reply.page('calendars/open', {
      title: words[language].title,
      description: words[language].description,
      say: words[language],
      days: openDays(language, home, talks, house, talksShown),
      ways,
      ask: `${home}/request/topic`,
    })
  })
}
