import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { actorOf } from '../base/auth.ts'
import { settings } from './settings-pages.ts'
import { words } from './settings-words.ts'

/** Where everything that coordinators keep is found. */
export const settingsRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/settings', { config: { access: 'coordinator' } }, async (request, reply) => {
    const { language } = request
    return reply.page('houses/settings', {
      title: words[language].title,
      here: 'admin',
      entries: settings(language, actorOf(request).role === 'administrator'),
    })
  })
}
