import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { typed } from '../base/http/typed.ts'
import { findZone } from '../houses/zone-store.ts'
import { csvLines } from './csv.ts'
import { filterOf, momentsOf, wishes } from './filter-rules.ts'
import { namesOf } from './name-store.ts'
import { idsIn, journalPage, lineOf } from './pages.ts'
import { journalOf, pageSize } from './store.ts'
import { words } from './words.ts'

const seen = { config: { access: 'coordinator', sight: 'journal' } } as const
const atOnce = 1000

/** The journal of a House: read by its coordinators, written by the commands alone. */
export const auditRoutes: FastifyPluginAsyncTypebox = async app => {
  const asked = async (request: FastifyRequest) => {
    const { houseId } = actorOf(request)
    const zone = await findZone(app.db, houseId)
    const filter = filterOf(typed(request.query, wishes).texts)
    return { houseId, zone, filter, between: momentsOf(filter, zone) }
  }

  app.get('/admin/audit', seen, async (request, reply) => {
    const { language } = request
    const { houseId, zone, filter, between } = await asked(request)
    const rows = await journalOf(app.db, houseId, filter, between)
    const names = await namesOf(app.db, houseId, idsIn(rows))
    return reply.page('audit/journal', journalPage(rows, names, filter, { language, zone, size: pageSize }))
  })

  app.get('/admin/audit.csv', seen, async (request, reply) => {
    const { language } = request
    const { houseId, zone, filter, between } = await asked(request)
    async function* parts() {
      for (let before = filter.before; ; ) {
        const rows = await journalOf(app.db, houseId, { ...filter, before }, between, atOnce)
        const names = await namesOf(app.db, houseId, idsIn(rows))
        yield rows.map(row => lineOf(row, names, language, zone))
        before = rows.at(-1)?.n
        if (rows.length < atOnce) return
      }
    }
    const say = words[language]
    const { n, when, who, what, thing, place } = say.columns
    const heads = [n, when, who, '', what, thing, say.id, say.was, say.now, place]
    reply.header('content-disposition', 'attachment; filename="journal.csv"').type('text/csv; charset=utf-8')
    return reply.send(Readable.from(csvLines(heads, parts())))
  })
}
