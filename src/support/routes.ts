import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { isAway } from '../base/db/errors.ts'
import { helpPage, sheetPage } from './pages.ts'
import { findLines } from './store.ts'

const inAlmaty = 'Asia/Almaty'
const quiet = { config: { access: 'open', quiet: true } } as const
// the same for everybody: a phone that loses the network shows what it has, and asks again when it can
const shared = 'public, max-age=600, stale-while-revalidate=86400, stale-if-error=604800'

/** Where there is help. Nobody is asked who they are, and nothing is kept of who looked. */
export const supportRoutes: FastifyPluginAsyncTypebox = async app => {
  const { publicUrl } = app.config
  // while the database is away the numbers are still said, as they were last
  const last = new Map<string, string>()

  async function keeping(reply: FastifyReply, name: string, make: () => Promise<string>): Promise<string> {
    let page: string
    try {
      page = await make()
      last.set(name, page)
    } catch (error) {
      const before = last.get(name)
      if (before === undefined || !isAway(error)) throw error
      page = before
    }
    reply.type('text/html; charset=utf-8').header('cache-control', shared)
    return page
  }

  app.get('/help', quiet, async (request, reply) => {
    const { language, house, home } = request
    return keeping(reply, home, async () => {
      const now = app.now()
      const lines = await findLines(app.db, language, house?.id)
      return reply.page('support/help', helpPage(language, lines, house?.zone ?? inAlmaty, now))
    })
  })

  app.get('/help/sheet', quiet, async (request, reply) => {
    const { language, home } = request
    return keeping(reply, `${home} sheet`, async () => {
      const lines = { kk: await findLines(app.db, 'kk', undefined), ru: await findLines(app.db, 'ru', undefined) }
      return reply.page('support/sheet', sheetPage(language, lines, `${publicUrl}${home}/help`))
    })
  })
}
