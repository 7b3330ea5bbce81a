import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { actorOf } from '../base/auth.ts'
import { transact } from '../base/db/transact.ts'
import { isLanguage } from '../base/i18n/language.ts'
import { sessionLines } from './pages.ts'
import { isTheme, themes } from './rules.ts'
import { endOtherSessions, endSession, saveManner, sessionsOf, zoneOf } from './store.ts'
import { words } from './words.ts'

const staff = { access: 'signed-in' } as const
const typed = Type.Optional(Type.String({ maxLength: 200 }))

/** A member of staff's own page: language, look, sessions. */
export const accountRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/account', { config: staff }, async (request, reply) => {
    const actor = actorOf(request)
    if (actor.role === 'speaker') return reply.redirect('/me/profile', 303)
    const say = words[request.language]
    const sessions = await sessionsOf(app.db, actor.accountId, app.now())
    return reply.page('accounts/account', {
      title: say.account,
      say,
      name: actor.name,
      role: say.roles[actor.role],
      action: '/account',
      sessions: sessionLines(request.language, sessions, actor.sessionHash, await zoneOf(app.db, actor.houseId)),
      own: actor.language,
      theme: actor.theme,
      themes,
      keysOn: actor.keysOn,
    })
  })

  app.post(
    '/account',
    { config: staff, schema: { body: Type.Object({ language: typed, theme: typed, keys: typed }) } },
    async (request, reply) => {
      const actor = actorOf(request)
      const { language, theme, keys } = request.body
      const manner = {
        language: isLanguage(language) ? language : actor.language,
        theme: isTheme(theme) ? theme : actor.theme,
        keysOn: keys === '1',
      }
      await transact(app.db, trx => saveManner(trx, actor.accountId, manner))
      return reply.redirect('/account', 303)
    },
  )

  app.post(
    '/account/sessions',
    { config: staff, schema: { body: Type.Object({ session: typed }) } },
    async (request, reply) => {
      const { accountId, sessionHash, role } = actorOf(request)
      const { session = '' } = request.body
      if (session === 'others') await endOtherSessions(app.db, accountId, sessionHash)
      else if (!(await endSession(app.db, accountId, session))) return reply.callNotFound()
      return reply.redirect(role === 'speaker' ? '/me/profile' : '/account', 303)
    },
  )
}
