import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { words } from '../houses/public-words.ts'
import { termsSaid } from './pages.ts'
import { termsFrom } from './retention-rules.ts'
import { findTerms } from './retention-store.ts'

/** What is held and for how long, said to everybody. */
export const openPrivacyRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/privacy', { config: { access: 'open' } }, async (request, reply) => {
    const { language } = request
    const page = words[language].privacy
    const terms = termsSaid(language, termsFrom(await findTerms(app.db)))
    const sections = page.sections.map(it => ('terms' in it ? { ...it, lines: [...it.lines, ...terms] } : it))
    return reply.page('houses/plain', { ...page, sections })
  })
}
