import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type {} from './public-pages.ts'
import { words } from './public-words.ts'

/** What a visitor should know of personal data and of the pages themselves. */
export const publicRoutes: FastifyPluginAsyncTypebox = async app => {
  for (const page of ['privacy', 'accessibility'] as const)
    app.get(`/:l(^(?:kk|ru|en)$)/${page}`, { config: { access: 'open' } }, async (request, reply) =>
      reply.page('houses/plain', words[request.language][page]),
    )
}
