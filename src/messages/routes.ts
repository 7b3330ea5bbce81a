import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { actorOf } from '../base/auth.ts'
import { settingOf } from '../base/db/settings.ts'
import { isUuid } from '../base/text.ts'
import { oldestWait } from './delivery-store.ts'
import { releaseMail, sendAgain } from './ledger-actions.ts'
import { type LedgerFilter, ledgerOf, zoneOf } from './ledger-store.ts'
import { ledgerPage, states } from './pages.ts'
import { isMessageKind } from './rules.ts'

const Query = Type.Object({
  state: Type.Optional(Type.String()),
  kind: Type.Optional(Type.String()),
  talk: Type.Optional(Type.String()),
  page: Type.Optional(Type.String()),
})
const Id = Type.Object({ id: Type.String() })

/** The ledger as a coordinator sees it: what was told to whom, what waits, and what went wrong. */
export const messageRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(
    '/app/messages',
    { config: { access: 'coordinator' }, schema: { querystring: Query } },
    async (request, reply) => {
      const { houseId, role } = actorOf(request)
      const filter = filterOf(request.query)
      const [rows, zone, hold, oldest] = [
        await ledgerOf(app.db, houseId, filter),
        await zoneOf(app.db, houseId),
        await settingOf(app.db, 'mail_hold'),
        await oldestWait(app.db, app.now(), houseId),
      ]
      const page = ledgerPage(rows, filter, request.language, zone)
      const minutes = Math.floor(oldest / 60)
      return reply.page('messages/ledger', {
        ...page,
        oldest: minutes > 0 ? page.say.oldest(String(minutes)) : '',
        hold: hold !== undefined,
        mayRelease: role === 'administrator',
      })
    },
  )

  app.post(
    '/app/messages/:id/again',
    { config: { access: 'coordinator' }, schema: { params: Id } },
    async (request, reply) => {
      const { id } = request.params
      if (!isUuid(id) || !(await sendAgain(app.db, app.jobs, actorOf(request).houseId, id))) return reply.callNotFound()
      return reply.redirect('/app/messages', 303)
    },
  )

  app.post('/app/messages/release', { config: { access: 'administrator' } }, async (_, reply) => {
    await releaseMail(app.db)
    return reply.redirect('/app/messages', 303)
  })
}

function filterOf({
  state,
  kind,
  talk,
  page,
}: {
  state?: string
  kind?: string
  talk?: string
  page?: string
}): LedgerFilter {
  const number = Number(page)
  return {
    state: states.find(it => it === state),
    kind: kind !== undefined && isMessageKind(kind) ? kind : undefined,
    talkId: talk !== undefined && isUuid(talk) ? talk : undefined,
    page: Number.isSafeInteger(number) && number > 1 && number < 10_000 ? number : 1,
  }
}
