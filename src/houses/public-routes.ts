import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type {} from './public-pages.ts'
import { words } from './public-words.ts'

/** What a visitor should know of the pages themselves; of personal data it is said with the terms that hold (privacy/routes). */
export const publicRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/accessibility', { config: { access: 'open' } }, async (request, reply) =>
    reply.page('houses/plain', words[request.language].accessibility),
  )
}
