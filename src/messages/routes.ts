import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { settingOf } from '../base/db/settings.ts'
import { Type } from '../base/http/schema.ts'
import { sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { isUuid } from '../base/text.ts'
import { oldestWait } from './delivery-store.ts'
import { releaseMail, sendAgain } from './ledger-actions.ts'
import { filterOf, type LedgerFilter, ledgerAddress, recipientOf } from './ledger-rules.ts'
import { ledgerOf, zoneOf } from './ledger-store.ts'
import { ledgerWords } from './ledger-words.ts'
import { ledgerPage } from './pages.ts'
import { findReaders } from './person-store.ts'

const Id = Type.Object({ id: Type.String() })
const wishes = ['state', 'kind', 'talk', 'person', 'q', 'page'] as const

/** The ledger as a coordinator sees it: what was told to whom, what waits, and what went wrong. */
export const messageRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/messages', { config: { access: 'coordinator', sight: 'messages' } }, async (request, reply) => {
    const { filter, unknown } = filterOf(typed(request.query, wishes).texts)
    return unknown ? reply.callNotFound() : show(request, reply, filter)
  })

  app.post(
    '/app/messages/:id/again',
    { config: { access: 'coordinator' }, schema: { params: Id } },
    async (request, reply) => {
      const { id } = request.params
      const { filter } = filterOf(typed(request.body, wishes).texts)
      if (!isUuid(id)) return reply.callNotFound()
      // the letter is in another state now, and the newest stand on the first page
      const after = ledgerAddress({ ...filter, state: undefined, page: 1 })
      const done = await sendAgain(app, sentForm(request, app.now()), actorOf(request), id, after)
      if ('location' in done) return reply.redirect(done.location, 303)
      if (done.refused === 'missing') return reply.callNotFound()
      reply.code(422)
      return show(request, reply, filter, ledgerWords[request.language].refused[done.refused])
    },
  )

  app.post('/app/messages/release', { config: { access: 'administrator' } }, async (_, reply) => {
    await releaseMail(app.db)
    return reply.redirect('/app/messages', 303)
  })

  async function show(request: FastifyRequest, reply: FastifyReply, filter: LedgerFilter, problem = '') {
    const { houseId, role } = actorOf(request)
    const now = app.now()
    const ledger = await ledgerOf(app.db, houseId, filter, now)
    const person = filter.person && recipientOf(filter.person)
    const recipients = [...ledger.planned, ...ledger.rows].map(row => row.recipient)
    const readers = await findReaders(app.db, houseId, [...new Set([...recipients, ...(person ? [person] : [])])])
    if (person && !readers.has(person)) return reply.callNotFound()
    const administrator = role === 'administrator'
    const zone = await zoneOf(app.db, houseId)
    const page = ledgerPage(ledger, filter, { language: request.language, zone, now, readers, administrator })
    const minutes = Math.floor((await oldestWait(app.db, now, houseId)) / 60)
    return reply.page('messages/ledger', {
      ...page,
      problem,
      oldest: minutes > 0 ? page.say.oldest(String(minutes)) : '',
      hold: (await settingOf(app.db, 'mail_hold')) !== undefined,
      mayRelease: administrator,
    })
  }
}
