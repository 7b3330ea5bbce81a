import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, actorOf } from '../base/auth.ts'
import { transact } from '../base/db/transact.ts'
import { Type } from '../base/http/schema.ts'
import { isLanguage } from '../base/i18n/language.ts'
import { isUuid, phoneOf } from '../base/text.ts'
import { channelOf } from '../messages/channel-rules.ts'
import { hasGateway } from '../messages/channel-store.ts'
import { factorSummary, houseLines } from './factor-pages.ts'
import { factorsOf } from './factor-store.ts'
import { words as factorWords } from './factor-words.ts'
import { reachPart, sessionLines } from './pages.ts'
import { isTheme, landing, themes } from './rules.ts'
import { endSessions, goToHouse } from './session-actions.ts'
import { findReach, housesOf, saveManner, saveReach, sessionsOf, zoneOf } from './store.ts'
import { words } from './words.ts'

const staff = { access: 'signed-in' } as const
const typed = Type.Optional(Type.String({ maxLength: 200 }))

/** A member of staff's own page: language, look, sessions. */
export const accountRoutes: FastifyPluginAsyncTypebox = async app => {
  const show = async (request: FastifyRequest, reply: FastifyReply, sent?: { phone: string; channel: string }) => {
    const actor = actorOf(request)
    const say = words[request.language]
    const sessions = await sessionsOf(app.db, actor.accountId, app.now())
    const { phone, channel } = await findReach(app.db, actor.accountId)
    const reach = (await isAskedHow(actor))
      ? reachPart(request.language, sent ?? { phone: phone ?? '', channel }, sent !== undefined)
      : undefined
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
      factorSay: factorWords[request.language],
      factors: factorSummary(request.language, await factorsOf(app.db, actor.accountId)),
      demonstration: app.letterSuffices === true,
      houses: houseLines(request.language, await housesOf(app.db, actor.accountId, request.language), actor.houseId),
      reach,
      errors: reach?.phone.error ? [{ href: '#phone', text: reach.phone.error }] : [],
    })
  }
  // of the House coordinators alone are told of what happens
  const isAskedHow = async ({ role, houseId }: Actor) => role === 'coordinator' && (await hasGateway(app.db, houseId))

  app.get('/account', { config: staff }, async (request, reply) =>
    actorOf(request).role === 'speaker' ? reply.redirect('/me/profile', 303) : show(request, reply),
  )

  app.post(
    '/account',
    {
      config: staff,
      schema: { body: Type.Object({ language: typed, theme: typed, keys: typed, channel: typed, phone: typed }) },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { language, theme, keys, channel: chosen, phone: number = '' } = request.body
      const channel = (await isAskedHow(actor)) ? channelOf(chosen) : undefined
      const phone = phoneOf(number)
      if (channel && (number.trim() === '' ? channel === 'webhook' : phone === undefined))
        return show(request, reply.code(422), { phone: number, channel })
      const manner = {
        language: isLanguage(language) ? language : actor.language,
        theme: isTheme(theme) ? theme : actor.theme,
        keysOn: keys === '1',
      }
      await transact(app.db, async trx => {
        await saveManner(trx, actor.accountId, manner)
        if (channel) await saveReach(trx, actor.accountId, { phone: phone ?? null, channel })
      })
      return reply.redirect('/account', 303)
    },
  )

  app.post(
    '/account/house',
    { config: { ...staff, weak: true }, schema: { body: Type.Object({ house: typed }) } },
    async (request, reply) => {
      const { house = '' } = request.body
      const role = isUuid(house) ? await goToHouse(app.db, actorOf(request), house, app.now()) : undefined
      return role ? reply.redirect(landing[role], 303) : reply.callNotFound()
    },
  )

  const pageOf = ({ role }: Actor) => (role === 'speaker' ? '/me/profile' : '/account')

  // the way back from the proof: sessions are listed on a page that each role has of its own
  app.get('/account/sessions', { config: { ...staff, weak: true, fresh: true } }, async (request, reply) =>
    reply.redirect(pageOf(actorOf(request)), 303),
  )

  app.post(
    '/account/sessions',
    { config: { ...staff, weak: true, fresh: '/account/sessions' }, schema: { body: Type.Object({ session: typed }) } },
    async (request, reply) => {
      const actor = actorOf(request)
      const { session = '' } = request.body
      if (!(await endSessions(app.db, actor, session, app.now()))) return reply.callNotFound()
      return reply.redirect(pageOf(actor), 303)
    },
  )
}
