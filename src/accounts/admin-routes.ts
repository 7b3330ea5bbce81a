import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { isUuid } from '../base/text.ts'
import { addAccount, changeRole, resetFactors, setAccess } from './admin-actions.ts'
import { accountRows, mistakesSaid, roleChoices } from './admin-pages.ts'
import { type AccessRefusal, type AccountMistake, accountFields, readAccount, roleOf } from './admin-rules.ts'
import { accountsOf } from './admin-store.ts'
import { words } from './admin-words.ts'
import { zoneOf } from './store.ts'

const page = { config: { access: 'administrator', fresh: true } } as const
const sent = { config: { access: 'administrator', fresh: '/admin/accounts' } } as const
const one = { ...sent, schema: { params: Type.Object({ id: Type.String({ maxLength: 100 }) }) } }
const empty = { name_kk: '', name_ru: '', name_en: '', email: '', role: '', language: 'kk' }

/** Who may sign in for a House, and as what. */
export const adminRoutes: FastifyPluginAsyncTypebox = async app => {
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    values = empty,
    mistakes: AccountMistake[] = [],
    refused?: Exclude<AccessRefusal, 'missing'>,
  ) => {
    const { language } = request
    const { accountId, houseId } = actorOf(request)
    const say = words[language]
    const rows = await accountsOf(app.db, houseId, language)
    return reply.page('accounts/admin', {
      title: say.title,
      say,
      rows: accountRows(language, rows, accountId, await zoneOf(app.db, houseId)),
      values,
      roles: roleChoices(language, values.role),
      problem: refused && say.mistakes[refused],
      ...mistakesSaid(language, mistakes),
    })
  }

  app.get('/admin/accounts', page, async (request, reply) => show(request, reply))

  app.post('/admin/accounts', sent, async (request, reply) => {
    const { texts, repeated } = typed(request.body, accountFields)
    const account = repeated.length > 0 ? { mistakes: ['role' as const] } : readAccount(texts)
    if ('mistakes' in account) return show(request, reply.code(422), texts, account.mistakes)
    const done = await addAccount(app.db, app.jobs, actorOf(request), account, sentForm(request, app.now()))
    return 'refused' in done ? show(request, reply.code(422), texts, done.refused) : reply.redirect(done.location, 303)
  })

  app.post('/admin/accounts/:id/role', one, async (request, reply) => {
    const role = roleOf(typed(request.body, ['role']).texts.role)
    if (!role || !isUuid(request.params.id)) return reply.callNotFound()
    return answered(
      request,
      reply,
      await changeRole(app.db, actorOf(request), request.params.id, role, sentForm(request, app.now())),
    )
  })

  app.post('/admin/accounts/:id/access', one, async (request, reply) => {
    const { open } = typed(request.body, ['open']).texts
    if (!isUuid(request.params.id) || (open !== '0' && open !== '1')) return reply.callNotFound()
    return answered(
      request,
      reply,
      await setAccess(app.db, actorOf(request), request.params.id, open === '1', sentForm(request, app.now())),
    )
  })

  app.post('/admin/accounts/:id/factors', one, async (request, reply) => {
    if (!isUuid(request.params.id)) return reply.callNotFound()
    return answered(
      request,
      reply,
      await resetFactors(app.db, app.jobs, actorOf(request), request.params.id, sentForm(request, app.now())),
    )
  })

  const answered = (
    request: FastifyRequest,
    reply: FastifyReply,
    done: { location: string } | { refused: AccessRefusal },
  ) => {
    if ('location' in done) return reply.redirect(done.location, 303)
    return done.refused === 'missing' ? reply.callNotFound() : show(request, reply.code(409), empty, [], done.refused)
  }
}
